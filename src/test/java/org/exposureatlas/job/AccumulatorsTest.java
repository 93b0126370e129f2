package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.AccumulatorV2;
import org.exposureatlas.source.SnapshotCounts;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An executor sends accumulators to the driver now and then, also while tasks add to them. */
@ExtendWith(SparkExtension.class)
class AccumulatorsTest {

  private static final int ENTRIES = 20_000;
  private static final Date DATE = Date.valueOf("2022-07-21");

  @Test
  void unusableRecordsAreSentWhileTheyAreGathered(SparkSession spark) throws Exception {
    UnusableRecords sent =
        sentWhileFilled(
            spark,
            new UnusableRecords(),
            i ->
                new UnusableRecords.Entry(
                    new SnapshotCounts.Unusable(
                        new SnapshotCounts.Snapshot(DATE, "source-" + i % 4_000), "malformed"),
                    RowFactory.create(i)));
    assertThat(sent.rejected()).hasSize(ENTRIES);
    assertThat(sent.value().values()).hasSize(4_000).containsOnly(ENTRIES / 4_000L);
  }

  @Test
  void unknownVersionsAreSentWhileTheyAreNoted(SparkSession spark) throws Exception {
    UnknownVersions sent =
        sentWhileFilled(
            spark,
            new UnknownVersions(),
            i -> new UnknownVersions.Version(DATE, "source-" + i / 10, "version " + i % 10));
    assertThat(sent.value()).hasSize(ENTRIES / 10);
    assertThat(sent.of(DATE, "source-7")).hasSize(10);
  }

  private static UnusableRecords rejected(int count) {
    UnusableRecords records = new UnusableRecords();
    SnapshotCounts.Unusable kind =
        new SnapshotCounts.Unusable(new SnapshotCounts.Snapshot(DATE, "leakix"), "malformed");
    for (int i = 0; i < count; i++) {
      records.add(new UnusableRecords.Entry(kind, RowFactory.create(i)));
    }
    return records;
  }

  private static UnusableRecords merged(int... counts) {
    UnusableRecords all = new UnusableRecords();
    for (int count : counts) {
      all.merge(rejected(count));
    }
    return all;
  }

  @Test
  void asManyRejectedRecordsAreKeptAsMayBeAndAllAreCounted() {
    int most = UnusableRecords.MAX_KEPT;
    assertThat(merged(most - 1, 1))
        .returns(false, UnusableRecords::isTruncated)
        .returns(most, records -> records.rejected().size());
    for (UnusableRecords tooMany :
        List.of(
            rejected(most + 2), merged(most - 1, 3), merged(1, most + 1), merged(most + 1, 1))) {
      assertThat(tooMany)
          .returns(true, UnusableRecords::isTruncated)
          .returns(most, records -> records.rejected().size());
      assertThat(tooMany.value().values()).containsExactly(most + 2L);
    }
  }

  /** What arrives in the end; it is sent all the time until then. */
  private static <T, A extends AccumulatorV2<T, ?>> A sentWhileFilled(
      SparkSession spark, A accumulator, IntFunction<T> entries) throws Exception {
    spark.sparkContext().register(accumulator);
    A ofTask = sent(accumulator);
    CompletableFuture<Void> task =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < ENTRIES; i++) {
                ofTask.add(entries.apply(i));
              }
            });
    while (!task.isDone()) {
      sent(ofTask);
    }
    task.get();
    return sent(ofTask);
  }

  @SuppressWarnings("unchecked")
  private static <A> A sent(A accumulator) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(accumulator);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (A) in.readObject();
    }
  }
}

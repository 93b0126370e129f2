package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.Date;
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

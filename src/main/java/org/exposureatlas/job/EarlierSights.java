package org.exposureatlas.job;

import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.exposure.History;
import org.exposureatlas.release.CodeDigest;
import org.exposureatlas.schema.EarlierSight;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.store.Publication;
import org.exposureatlas.store.StoredDay;

/**
 * When stores were seen before, found without reading every night all days that are remembered: the
 * exposures of the last day tell it of most stores, and {@link EarlierSight} of the others.
 */
final class EarlierSights {

  /** Exposures that take no longer to read than {@link EarlierSight} to publish. */
  private static final long FEW_ROWS = 500_000;

  private static final List<Class<?>> CODE = List.of(History.class, EarlierSights.class);

  private final JobContext context;
  private final SnapshotRange range;
  private final int memoryDays;
  private final long fewRows;
  private final NavigableMap<LocalDate, StoredDay> exposures;

  private EarlierSights(JobContext context, int memoryDays, long fewRows) {
    this.context = context;
    this.range = context.config().dates();
    this.memoryDays = memoryDays;
    this.fewRows = fewRows;
    exposures = context.days(Exposure.TABLE);
  }

  /** {@link History#lastSights} of the {@code memoryDays} days before the dates of the job. */
  static Dataset<Row> remembered(JobContext context, int memoryDays) {
    return remembered(context, memoryDays, FEW_ROWS);
  }

  /**
   * The same.
   *
   * @param fewRows so many exposures are read as they are
   */
  static Dataset<Row> remembered(JobContext context, int memoryDays, long fewRows) {
    return new EarlierSights(context, memoryDays, fewRows).remembered();
  }

  private Dataset<Row> remembered() {
    SnapshotRange memory = range.before(memoryDays);
    NavigableMap<LocalDate, StoredDay> days = within(exposures, memory);
    if (days.values().stream().mapToLong(StoredDay::rowCount).sum() <= fewRows) {
      return History.lastSights(sightsOf(memory));
    }
    LocalDate last = days.lastKey();
    Optional<LocalDate> base = base(last);
    if (!base.equals(Optional.of(last))) {
      publish(base, last);
    }
    return told(last).where(memory.contains(EarlierSight.SNAPSHOT_DATE.col()));
  }

  /** The last day up to {@code last} whose rows were found from what is still there unchanged. */
  private Optional<LocalDate> base(LocalDate last) {
    NavigableSet<LocalDate> stored =
        within(context.days(EarlierSight.TABLE), memory(last)).navigableKeySet();
    return stored.descendingSet().stream()
        .filter(
            day ->
                InputsDigest.stored(read(day), EarlierSight.INPUTS)
                    .equals(Optional.of(inputs(day))))
        .findFirst();
  }

  /** Keeps what {@code last} does not tell, and nothing of days before it. */
  private void publish(Optional<LocalDate> base, LocalDate last) {
    SnapshotRange memory = memory(last);
    Dataset<Row> sights =
        base.map(day -> told(day).union(sightsOf(new SnapshotRange(day.plusDays(1), last))))
            .orElseGet(() -> sightsOf(memory));
    SnapshotRange before = new SnapshotRange(memory.from(), last.minusDays(1));
    context.publish(
        memory,
        Publication.of(
            EarlierSight.TABLE,
            History.lastSights(sights)
                .where(before.contains(EarlierSight.SNAPSHOT_DATE.col()))
                .withColumn(EarlierSight.AS_OF_DATE.name(), lit(Date.valueOf(last)))
                .withColumn(EarlierSight.INPUTS.name(), lit(inputs(last)))));
  }

  /** What the exposures of {@code day} tell, and the sights that complement them. */
  private Dataset<Row> told(LocalDate day) {
    return History.sights(read(day)).union(sightsOf(SnapshotRange.day(day)));
  }

  private Dataset<Row> read(LocalDate asOf) {
    return context.read(EarlierSight.TABLE, SnapshotRange.day(asOf));
  }

  private Dataset<Row> sightsOf(SnapshotRange days) {
    return History.sights(context.read(Exposure.TABLE, days));
  }

  /** Days up to {@code last} that may matter to the days after it. */
  private SnapshotRange memory(LocalDate last) {
    return new SnapshotRange(last.minusDays(memoryDays - 1L), last);
  }

  private String inputs(LocalDate day) {
    return InputsDigest.of(memoryDays + " " + CodeDigest.of(CODE) + within(exposures, memory(day)));
  }

  private static NavigableMap<LocalDate, StoredDay> within(
      NavigableMap<LocalDate, StoredDay> days, SnapshotRange range) {
    return days.subMap(range.from(), true, range.to(), true);
  }
}

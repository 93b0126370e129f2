package org.exposureatlas.job;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.release.CodeDigest;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.StoreLife;
import org.exposureatlas.store.Publication;
import org.exposureatlas.store.StoredDay;
import org.exposureatlas.trend.StoreLives;

/**
 * Keeps {@link StoreLife} up to a day: from the last day before it whose rows were found from what
 * is still there unchanged, else from the start of the records.
 */
final class FollowedLives {

  private final JobContext context;
  private final LocalDate asOf;
  private final int missed;
  private final NavigableSet<LocalDate> snapshots;

  /** Of each day with snapshots: what the lives up to it are found from. */
  private final NavigableMap<LocalDate, String> inputs = new TreeMap<>();

  /**
   * @param missed a store missed in as many whole snapshots in a row is gone
   */
  FollowedLives(JobContext context, LocalDate asOf, int missed) {
    this.context = context;
    this.asOf = asOf;
    this.missed = missed;
    NavigableMap<LocalDate, StoredDay> exposures = context.days(Exposure.TABLE);
    NavigableMap<LocalDate, StoredDay> quality = context.days(SnapshotQuality.TABLE);
    String digest = missed + " " + CodeDigest.of(StoreLives.CODE);
    for (Map.Entry<LocalDate, StoredDay> day : quality.headMap(asOf, true).entrySet()) {
      digest = InputsDigest.of(digest + day + exposures.get(day.getKey()));
      inputs.put(day.getKey(), digest);
    }
    SnapshotRange records = new SnapshotRange(inputs.firstKey(), asOf);
    snapshots = new TreeSet<>(Inputs.wholeDays(context, records));
  }

  /** Whole snapshots from {@code first} to the day. */
  NavigableSet<LocalDate> snapshotsFrom(LocalDate first) {
    return snapshots.tailSet(first, true);
  }

  /** Publishes the lives up to the day. */
  void publish() {
    NavigableSet<LocalDate> stored = context.days(StoreLife.TABLE).navigableKeySet();
    Optional<LocalDate> base =
        stored.headSet(asOf, false).descendingSet().stream().filter(this::isCurrent).findFirst();
    LocalDate first = base.map(day -> day.plusDays(1)).orElse(inputs.firstKey());
    Dataset<Row> followed =
        StoreLives.follow(
            base.map(day -> read(day).where(not(StoreLife.IS_ENDED.col()))).orElseGet(this::none),
            context.read(Exposure.TABLE, snapshotsFrom(first)),
            snapshots,
            missed,
            asOf);
    Dataset<Row> lives = base.flatMap(this::movedOn).map(followed::unionByName).orElse(followed);
    context.publish(
        base.isPresent() ? new SnapshotRange(first, asOf) : allDays(stored),
        Publication.of(
            StoreLife.TABLE,
            lives.withColumn(StoreLife.INPUTS.name(), lit(inputs.lastEntry().getValue()))));
  }

  /** The lives as of the day, and those that ended from {@code first} on or before it. */
  Dataset<Row> since(LocalDate first) {
    Set<LocalDate> stored =
        context.days(StoreLife.TABLE).subMap(first.withDayOfMonth(1), true, asOf, true).keySet();
    return context
        .read(StoreLife.TABLE, StoreLives.keptDays(stored, asOf))
        .where(StoreLife.IS_ENDED.col().or(StoreLife.AS_OF_DATE.col().equalTo(Date.valueOf(asOf))));
  }

  private boolean isCurrent(LocalDate day) {
    Map.Entry<LocalDate, String> expected = inputs.floorEntry(day);
    return expected != null
        && InputsDigest.isThatOf(read(day), StoreLife.INPUTS, expected.getValue());
  }

  /** Lives that ended earlier in the month of {@code base}, where a later day keeps them now. */
  private Optional<Dataset<Row>> movedOn(LocalDate base) {
    LocalDate later = StoreLives.keptDays(snapshots, asOf).higher(base);
    return YearMonth.from(later).equals(YearMonth.from(base))
        ? Optional.of(
            read(base)
                .where(StoreLife.IS_ENDED.col())
                .withColumn(StoreLife.AS_OF_DATE.name(), lit(Date.valueOf(later)))
                .drop(StoreLife.INPUTS.name()))
        : Optional.empty();
  }

  /** All days of the records, and those with rows, which are not true any more. */
  private SnapshotRange allDays(NavigableSet<LocalDate> stored) {
    NavigableSet<LocalDate> days = new TreeSet<>(stored);
    days.add(inputs.firstKey());
    days.add(asOf);
    return new SnapshotRange(days.first(), days.last());
  }

  private Dataset<Row> read(LocalDate day) {
    return context.read(StoreLife.TABLE, SnapshotRange.day(day));
  }

  private Dataset<Row> none() {
    return context.spark().createDataFrame(List.of(), StoreLife.TABLE.relaxed());
  }
}

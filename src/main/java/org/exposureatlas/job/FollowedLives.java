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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.release.CodeDigest;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.StoreLife;
import org.exposureatlas.source.PartialDays;
import org.exposureatlas.store.Publication;
import org.exposureatlas.store.StoredDay;
import org.exposureatlas.trend.StoreLives;

/**
 * Keeps {@link StoreLife} up to a day: from the last day before it whose rows were found from what
 * is still there unchanged, else from the start of the records. What that day knew of partial days
 * is not asked again: there is a file for each.
 */
final class FollowedLives {

  /** The classes that decide what is followed, and through which days. */
  private static final List<Class<?>> CODE =
      Stream.concat(StoreLives.CODE.stream(), Stream.of(PartialDays.class, FollowedLives.class))
          .toList();

  /** Between the digest of inputs and the partial days among them. */
  private static final String SEPARATOR = " ";

  /**
   * A day to go on from.
   *
   * @param partial the partial days up to it
   */
  private record Base(LocalDate day, Set<LocalDate> partial) {}

  private final JobContext context;
  private final LocalDate asOf;
  private final int missed;
  private final Optional<Base> base;
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
    String digest = missed + " " + CodeDigest.of(CODE);
    for (Map.Entry<LocalDate, StoredDay> day : quality.headMap(asOf, true).entrySet()) {
      digest = InputsDigest.of(digest + day + exposures.get(day.getKey()));
      inputs.put(day.getKey(), digest);
    }
    base = base();
    snapshots = new TreeSet<>(inputs.keySet());
    base.ifPresent(found -> snapshots.removeAll(found.partial));
    snapshots.removeAll(Inputs.partialDays(context, new SnapshotRange(first(), asOf)));
  }

  /** Whole snapshots from {@code first} to the day. */
  NavigableSet<LocalDate> snapshotsFrom(LocalDate first) {
    return snapshots.tailSet(first, true);
  }

  /** Publishes the lives up to the day. */
  void publish() {
    Dataset<Row> followed =
        StoreLives.follow(
            base.map(found -> read(found.day).where(not(StoreLife.IS_ENDED.col())))
                .orElseGet(this::none),
            context.read(Exposure.TABLE, snapshotsFrom(first())),
            snapshots,
            missed,
            asOf);
    Dataset<Row> lives =
        base.flatMap(found -> movedOn(found.day)).map(followed::unionByName).orElse(followed);
    context.publish(
        base.isPresent() ? new SnapshotRange(first(), asOf) : allDays(),
        Publication.of(StoreLife.TABLE, lives.withColumn(StoreLife.INPUTS.name(), lit(found()))));
  }

  /** The lives as of the day, and those that ended from {@code first} on or before it. */
  Dataset<Row> since(LocalDate first) {
    Set<LocalDate> stored =
        context.days(StoreLife.TABLE).subMap(first.withDayOfMonth(1), true, asOf, true).keySet();
    return context
        .read(StoreLife.TABLE, StoreLives.keptDays(stored, asOf))
        .where(StoreLife.IS_ENDED.col().or(StoreLife.AS_OF_DATE.col().equalTo(Date.valueOf(asOf))));
  }

  private Optional<Base> base() {
    NavigableMap<LocalDate, StoredDay> stored = context.days(StoreLife.TABLE);
    return stored.subMap(inputs.firstKey(), true, asOf, false).descendingMap().keySet().stream()
        .map(this::base)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Base> base(LocalDate day) {
    String digest = inputs.floorEntry(day).getValue();
    return InputsDigest.stored(read(day), StoreLife.INPUTS)
        .map(found -> List.of(found.split(SEPARATOR)))
        .filter(found -> found.get(0).equals(digest))
        .map(
            found ->
                new Base(
                    day, found.stream().skip(1).map(LocalDate::parse).collect(Collectors.toSet())));
  }

  /** What the lives are found from: the digest, and the partial days. */
  private String found() {
    Stream<String> partial =
        inputs.keySet().stream().filter(day -> !snapshots.contains(day)).map(LocalDate::toString);
    return Stream.concat(Stream.of(inputs.lastEntry().getValue()), partial)
        .collect(Collectors.joining(SEPARATOR));
  }

  /** The first day that is not followed yet. */
  private LocalDate first() {
    return base.map(found -> found.day.plusDays(1)).orElse(inputs.firstKey());
  }

  /** Lives that ended earlier in the month of {@code day}, where a later day keeps them now. */
  private Optional<Dataset<Row>> movedOn(LocalDate day) {
    LocalDate later = StoreLives.keptDays(snapshots, asOf).higher(day);
    return YearMonth.from(later).equals(YearMonth.from(day))
        ? Optional.of(
            read(day)
                .where(StoreLife.IS_ENDED.col())
                .withColumn(StoreLife.AS_OF_DATE.name(), lit(Date.valueOf(later)))
                .drop(StoreLife.INPUTS.name()))
        : Optional.empty();
  }

  /** All days of the records, and those with rows, which are not true any more. */
  private SnapshotRange allDays() {
    NavigableSet<LocalDate> days = new TreeSet<>(context.days(StoreLife.TABLE).keySet());
    days.add(inputs.firstKey());
    days.add(asOf);
    return new SnapshotRange(days.first(), days.last());
  }

  private Dataset<Row> read(LocalDate day) {
    return context.read(StoreLife.TABLE, SnapshotRange.day(day));
  }

  private Dataset<Row> none() {
    return StoreLife.TABLE.empty(context.spark());
  }
}

package org.exposureatlas.source;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;

/**
 * Whether a snapshot is whole, by comparison with the trailing snapshots of its source: in total,
 * and in each country and service that is large enough to tell.
 */
public final class SnapshotVerdicts {

  /** Days before a snapshot whose snapshots it is compared with. */
  public static final int TRAILING_DAYS = 28;

  /** Measures of the day are not published. */
  public static final String PARTIAL = "partial";

  private static final String SUSPICIOUS = "suspicious";
  private static final String COMPLETE = "complete";

  private static final int LEAST_SNAPSHOTS = 7;
  private static final double LEAST_MEDIAN = 20;
  private static final double LEAST_DEVIATION = 1;
  private static final double LEAST_RELATIVE_DEVIATION = 0.03;
  private static final double UNUSUAL_DEVIATIONS = 5;
  private static final double SHORT_RATIO = 0.8;
  private static final double LOST_RATIO = 0.5;
  private static final double PARTIAL_LOST_SHARE = 0.2;
  private static final double SUSPICIOUS_LOST_SHARE = 0.05;

  /** A count, and what it was in the snapshots before; without any, the last two are NaN. */
  private record Comparison(long count, int snapshots, double median, double deviation) {

    static Comparison of(long count, LongStream before) {
      double[] trailing = before.asDoubleStream().toArray();
      Usual usual = Usual.of(trailing);
      double least = Math.max(usual.median() * LEAST_RELATIVE_DEVIATION, Math.sqrt(usual.median()));
      double deviation =
          (count - usual.median()) / Math.max(usual.spread(), Math.max(least, LEAST_DEVIATION));
      return new Comparison(count, trailing.length, usual.median(), deviation);
    }

    boolean tells() {
      return snapshots >= LEAST_SNAPSHOTS;
    }

    double ratio() {
      return median == 0 ? Double.NaN : count / median;
    }

    boolean isLost() {
      return count < median * LOST_RATIO && deviation < -UNUSUAL_DEVIATIONS;
    }
  }

  private final Map<String, SortedMap<LocalDate, Long>> sizes = new HashMap<>();
  private final CellHistory cells;

  private SnapshotVerdicts(List<Row> counted, List<Row> earlier, CellHistory cells) {
    this.cells = cells;
    counted.forEach(this::addSize);
    earlier.forEach(this::addSize);
  }

  private void addSize(Row counted) {
    sizes
        .computeIfAbsent(source(counted), source -> new TreeMap<>())
        .put(day(counted), SnapshotVerdicts.<Long>of(counted, SnapshotQuality.OBSERVATION_COUNT));
  }

  private static LocalDate day(Row counted) {
    return SnapshotVerdicts.<Date>of(counted, SnapshotQuality.SNAPSHOT_DATE).toLocalDate();
  }

  private static String source(Row counted) {
    return of(counted, SnapshotQuality.SOURCE);
  }

  private static <T> T of(Row counted, Field field) {
    return counted.<T>getAs(SnapshotCounts.COUNTED.fieldIndex(field.name()));
  }

  /**
   * Adds the comparison and the verdict.
   *
   * @param counted new snapshots with their counts, as {@link SnapshotCounts#quality}
   * @param earlier the same columns of the {@link #TRAILING_DAYS} days before
   * @param cells {@link SnapshotCell} of the new snapshots and the same days before
   * @return {@link SnapshotQuality} of the new snapshots
   */
  public static List<Row> judge(List<Row> counted, List<Row> earlier, CellHistory cells) {
    SnapshotVerdicts verdicts = new SnapshotVerdicts(counted, earlier, cells);
    return counted.stream().map(verdicts::judged).toList();
  }

  private Row judged(Row counted) {
    LocalDate day = day(counted);
    String source = source(counted);
    SortedMap<LocalDate, Long> trailing =
        sizes.get(source).subMap(day.minusDays(TRAILING_DAYS), day);
    Comparison size =
        Comparison.of(
            sizes.get(source).get(day), trailing.values().stream().mapToLong(Long::longValue));
    double lostShare = lostShare(day, source, trailing.keySet());
    Map<String, Object> found = new HashMap<>();
    found.put(SnapshotQuality.TRAILING_SNAPSHOT_COUNT.name(), size.snapshots());
    found.put(SnapshotQuality.TRAILING_MEDIAN_COUNT.name(), orNull(size.median()));
    found.put(SnapshotQuality.TRAILING_SIZE_RATIO.name(), orNull(size.ratio()));
    found.put(SnapshotQuality.SIZE_DEVIATION.name(), orNull(size.deviation()));
    found.put(SnapshotQuality.LOST_SHARE.name(), orNull(lostShare));
    found.put(SnapshotQuality.VERDICT.name(), verdict(size, lostShare));
    return RowFactory.create(
        SnapshotQuality.TABLE.fields().stream()
            .map(
                field ->
                    found.containsKey(field.name()) ? found.get(field.name()) : of(counted, field))
            .toArray());
  }

  /**
   * What cells have less than usual, of what those large enough have usually; NaN where none is. A
   * cell that a snapshot does not have counts as 0 in it.
   */
  private double lostShare(LocalDate day, String source, Collection<LocalDate> trailing) {
    int[] before = trailing.stream().mapToInt(cells::index).toArray();
    double lost = 0;
    double usual = 0;
    for (long[] counts : cells.counts(source)) {
      Comparison cell =
          Comparison.of(counts[cells.index(day)], Arrays.stream(before).mapToLong(i -> counts[i]));
      if (cell.tells() && cell.median() >= LEAST_MEDIAN) {
        lost += cell.isLost() ? cell.median() - cell.count() : 0;
        usual += cell.median();
      }
    }
    return lost / usual;
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static String verdict(Comparison size, double lostShare) {
    if (!size.tells()) {
      return COMPLETE;
    }
    boolean isShort = size.ratio() < SHORT_RATIO && size.deviation() < -UNUSUAL_DEVIATIONS;
    if (isShort || lostShare >= PARTIAL_LOST_SHARE) {
      return PARTIAL;
    }
    boolean isUnusual = Math.abs(size.deviation()) > UNUSUAL_DEVIATIONS;
    return isUnusual || lostShare >= SUSPICIOUS_LOST_SHARE ? SUSPICIOUS : COMPLETE;
  }
}

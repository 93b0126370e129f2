package org.exposureatlas.config;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The snapshot dates that a job works on.
 *
 * @param from first UTC day
 * @param to last UTC day, inclusive
 */
public record SnapshotRange(LocalDate from, LocalDate to) {

  public SnapshotRange {
    if (to.isBefore(from)) {
      throw new ConfigException("--to", to, "a date not before --from " + from);
    }
  }

  /** One snapshot. */
  public static SnapshotRange day(LocalDate date) {
    return new SnapshotRange(date, date);
  }

  /** All days, first to last. */
  public List<LocalDate> days() {
    return from.datesUntil(to.plusDays(1)).toList();
  }

  /** The {@code days} days before the first. */
  public SnapshotRange before(int days) {
    return new SnapshotRange(from.minusDays(days), from.minusDays(1));
  }

  /** True where {@code date} lies in the range. */
  public Column contains(Column date) {
    return date.between(java.sql.Date.valueOf(from), java.sql.Date.valueOf(to));
  }

  /**
   * True where {@code date} is one of {@code days}. Of a history nearly without gaps it names the
   * gaps: Spark goes over every date that is named in every step of planning.
   */
  public static Column isAmong(Column date, Set<LocalDate> days) {
    if (days.isEmpty()) {
      return functions.lit(false);
    }
    SnapshotRange range = new SnapshotRange(Collections.min(days), Collections.max(days));
    List<LocalDate> gaps = range.days().stream().filter(day -> !days.contains(day)).toList();
    return gaps.size() < days.size()
        ? range.contains(date).and(functions.not(date.isInCollection(gaps)))
        : date.isInCollection(days);
  }

  @Override
  public String toString() {
    return from.equals(to) ? from.toString() : from + " to " + to;
  }
}

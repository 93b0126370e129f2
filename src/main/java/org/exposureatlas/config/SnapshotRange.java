package org.exposureatlas.config;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;

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

  @Override
  public String toString() {
    return from.equals(to) ? from.toString() : from + " to " + to;
  }
}

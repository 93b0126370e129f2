package org.exposureatlas.job;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.source.PartialDays;
import org.exposureatlas.source.SnapshotVerdicts;

/** What a job needs before it can start. */
final class Inputs {

  private Inputs() {}

  /**
   * The ingested snapshots of {@code range}, a row of snapshot_date and geo_edition each. They are
   * few, and asked for once: plans hold the rows, not the way to find them.
   *
   * @throws MissingInputException when there is none
   */
  static Dataset<Row> requireSnapshots(JobContext context, SnapshotRange range) {
    Dataset<Row> found =
        context
            .read(SnapshotQuality.TABLE, range)
            .select(SnapshotQuality.SNAPSHOT_DATE.col(), SnapshotQuality.GEO_EDITION.col());
    List<Row> snapshots = found.collectAsList().stream().distinct().toList();
    if (snapshots.isEmpty()) {
      throw new MissingInputException(
          "ingested snapshot", range.toString(), context.config().warehouse());
    }
    return context.spark().createDataFrame(snapshots, found.schema());
  }

  /** Days of {@code range} on which not all is seen that usually is, ascending. */
  static List<LocalDate> partialDays(JobContext context, SnapshotRange range) {
    return days(context, range).entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Days of {@code range} with snapshots, and all of them, ascending. */
  static List<LocalDate> wholeDays(JobContext context, SnapshotRange range) {
    return days(context, range).entrySet().stream()
        .filter(day -> !day.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Days with snapshots, and whether they are partial. */
  private static Map<LocalDate, Boolean> days(JobContext context, SnapshotRange range) {
    SnapshotRange looked =
        new SnapshotRange(range.from().minusDays(SnapshotVerdicts.TRAILING_DAYS), range.to());
    List<PartialDays.Snapshot> snapshots =
        context
            .read(SnapshotQuality.TABLE, looked)
            .select(
                SnapshotQuality.SNAPSHOT_DATE.col(),
                SnapshotQuality.SOURCE.col(),
                SnapshotQuality.VERDICT.col())
            .collectAsList()
            .stream()
            .map(
                row ->
                    new PartialDays.Snapshot(
                        row.getDate(0).toLocalDate(), row.getString(1), row.getString(2)))
            .toList();
    return PartialDays.among(snapshots, range);
  }
}

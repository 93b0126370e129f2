package org.exposureatlas.job;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.source.PartialDays;
import org.exposureatlas.source.SnapshotVerdicts;

/** What a job needs before it can start. */
final class Inputs {

  private static final StructType SNAPSHOT =
      new StructType()
          .add(SnapshotQuality.SNAPSHOT_DATE.name(), SnapshotQuality.SNAPSHOT_DATE.type())
          .add(SnapshotQuality.GEO_EDITION.name(), SnapshotQuality.GEO_EDITION.type());

  private Inputs() {}

  /**
   * The ingested snapshots of {@code range}, a row of snapshot_date and geo_edition each. They are
   * few, and asked for once: plans hold the rows, not the way to find them.
   *
   * @throws MissingInputException when there is none
   */
  static Dataset<Row> requireSnapshots(JobContext context, SnapshotRange range) {
    List<Row> snapshots =
        context.rows(SnapshotQuality.TABLE, range).stream()
            .map(
                row ->
                    RowFactory.create(
                        row.<Date>getAs(SnapshotQuality.SNAPSHOT_DATE.name()),
                        row.<String>getAs(SnapshotQuality.GEO_EDITION.name())))
            .distinct()
            .toList();
    if (snapshots.isEmpty()) {
      throw new MissingInputException(
          "ingested snapshot", range.toString(), context.config().warehouse());
    }
    return context.spark().createDataFrame(snapshots, SNAPSHOT);
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
        context.rows(SnapshotQuality.TABLE, looked).stream()
            .map(
                row ->
                    new PartialDays.Snapshot(
                        row.<Date>getAs(SnapshotQuality.SNAPSHOT_DATE.name()).toLocalDate(),
                        row.getAs(SnapshotQuality.SOURCE.name()),
                        row.getAs(SnapshotQuality.VERDICT.name())))
            .toList();
    return PartialDays.among(snapshots, range);
  }
}

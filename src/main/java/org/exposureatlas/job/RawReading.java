package org.exposureatlas.job;

import java.sql.Date;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.exposureatlas.schema.Rejected;
import org.exposureatlas.source.Ingestion;
import org.exposureatlas.source.SnapshotCounts;

/**
 * The records of raw files, read once: the usable ones are written, the few others gathered on the
 * way. Counting on the way makes the reconciliation independent of what arrived in the tables.
 */
final class RawReading {

  private static final String COUNTED = "counted";

  private final Dataset<Row> records;
  private final LongAccumulator read = new LongAccumulator();
  private final UnusableRecords unusable = new UnusableRecords();
  private final UnknownVersions unknown = new UnknownVersions();

  RawReading(Dataset<Row> records) {
    this.records = records;
    records.sparkSession().sparkContext().register(read);
    records.sparkSession().sparkContext().register(unusable);
    records.sparkSession().sparkContext().register(unknown);
  }

  /** The usable records; reading them to the end makes all else known. */
  Dataset<Row> usable() {
    return records
        .withColumn(COUNTED, counted(read))
        .where(
            functions
                .col(COUNTED)
                .and(Ingestion.isUsable().or(gathered(unusable)))
                .and(Ingestion.isOfKnownVersion().or(noted(unknown))))
        .drop(COUNTED);
  }

  /**
   * Counts a record and is always true. It says another thing each time it is asked, so Spark does
   * not work out beneath it, a second time, whether a record is usable.
   */
  private static Column counted(LongAccumulator read) {
    UDF0<Boolean> count =
        () -> {
          read.add(1);
          return true;
        };
    return functions.udf(count, DataTypes.BooleanType).asNondeterministic().apply();
  }

  /** Notes what a record names that is not known, and is always true. */
  private static Column noted(UnknownVersions unknown) {
    UDF3<Date, String, String, Boolean> note =
        (date, source, version) -> {
          unknown.add(new UnknownVersions.Version(date, source, version));
          return true;
        };
    return functions
        .udf(note, DataTypes.BooleanType)
        .asNondeterministic()
        .apply(Rejected.SNAPSHOT_DATE.col(), Rejected.SOURCE.col(), Ingestion.unknownVersion());
  }

  /** Gathers a record and is never true. */
  private static Column gathered(UnusableRecords unusable) {
    UDF6<Date, String, String, Long, String, String, Boolean> gather =
        (date, source, file, line, reason, detail) -> {
          unusable.add(
              new UnusableRecords.Entry(
                  new SnapshotCounts.Unusable(new SnapshotCounts.Snapshot(date, source), reason),
                  RowFactory.create(date, source, file, line, reason, detail)));
          return false;
        };
    return functions
        .udf(gather, DataTypes.BooleanType)
        .asNondeterministic()
        .apply(Rejected.TABLE.columns());
  }

  /** The rejected records; files are read again only when there were too many to keep. */
  Dataset<Row> rejected() {
    if (unusable.isTruncated()) {
      return Ingestion.rejected(records);
    }
    List<Row> kept =
        unusable.rejected().stream()
            .sorted(
                Comparator.comparing((Row row) -> row.getDate(0))
                    .thenComparing(row -> row.getString(1))
                    .thenComparing(row -> row.getString(2))
                    .thenComparing(row -> row.getLong(3)))
            .toList();
    return Ingestion.rejected(
        records.sparkSession().createDataFrame(kept, Rejected.TABLE.relaxed()));
  }

  /** Numbers of the records that are no observations, by snapshot and reason. */
  Map<SnapshotCounts.Unusable, Long> unusableCounts() {
    return unusable.value();
  }

  /** What the records of a snapshot name that is not known, sorted. */
  List<String> unknownVersions(Date date, String source) {
    return unknown.of(date, source);
  }

  /** Records read, blank lines too. */
  long recordCount() {
    return read.value();
  }

  /** Blank lines and ports that are not open. */
  long passedOverCount() {
    return unusable.value().entrySet().stream()
        .filter(entry -> !Ingestion.isRejection(entry.getKey().reason()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}

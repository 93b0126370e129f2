package org.exposureatlas.source;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;

/** Record counts per snapshot and source, reconciled, and per country and service type. */
public final class SnapshotCounts {

  private static final String ENTRY_COUNT = "entry_count";

  /** Numbers of records that are no observations: snapshot_date, source, reason, entry_count. */
  public static final StructType UNUSABLE =
      new StructType()
          .add(SnapshotQuality.SNAPSHOT_DATE.name(), DataTypes.DateType)
          .add(SnapshotQuality.SOURCE.name(), DataTypes.StringType)
          .add(SourceRecord.REASON.name(), DataTypes.StringType)
          .add(ENTRY_COUNT, DataTypes.LongType);

  private static final String UNKNOWN_COUNTRY = "ZZ";

  private SnapshotCounts() {}

  /**
   * One row per snapshot and source: {@link SnapshotQuality} without the comparison, which {@link
   * SnapshotVerdicts} adds.
   *
   * @param snapshots snapshot_date, source, file_count, geo_edition and code_version of every
   *     snapshot read
   * @param cells numbers of the accepted records: {@link SnapshotCell}
   * @param unusable numbers of all others, blank lines and shut ports too: {@link #UNUSABLE}
   */
  public static Dataset<Row> quality(
      Dataset<Row> snapshots, Dataset<Row> cells, Dataset<Row> unusable) {
    String[] key = {SnapshotQuality.SNAPSHOT_DATE.name(), SnapshotQuality.SOURCE.name()};
    Column[] keyColumns = {SnapshotQuality.SNAPSHOT_DATE.col(), SnapshotQuality.SOURCE.col()};
    Dataset<Row> accepted =
        cells
            .groupBy(keyColumns)
            .agg(
                SnapshotQuality.OBSERVATION_COUNT.from(sum(SnapshotCell.OBSERVATION_COUNT.col())),
                SnapshotQuality.UNLOCATED_COUNT.from(
                    sum(
                        when(
                            SnapshotCell.COUNTRY_CODE.col().equalTo(UNKNOWN_COUNTRY),
                            SnapshotCell.OBSERVATION_COUNT.col()))));
    Dataset<Row> others =
        unusable
            .groupBy(keyColumns)
            .agg(
                SnapshotQuality.BLANK_LINE_COUNT.from(entries(has(SourceRecord.BLANK))),
                SnapshotQuality.NOT_OPEN_COUNT.from(entries(has(SourceRecord.NOT_OPEN))),
                SnapshotQuality.REJECTED_COUNT.from(entries(not(SourceRecord.isPassedOver()))));
    Dataset<Row> joined =
        snapshots
            .join(accepted, key, "left")
            .join(others, key, "left")
            .join(byReason(unusable, keyColumns), key, "left");
    Dataset<Row> counted =
        joined
            .withColumn(
                SnapshotQuality.OBSERVATION_COUNT.name(), orZero(SnapshotQuality.OBSERVATION_COUNT))
            .withColumn(
                SnapshotQuality.UNLOCATED_COUNT.name(), orZero(SnapshotQuality.UNLOCATED_COUNT))
            .withColumn(
                SnapshotQuality.BLANK_LINE_COUNT.name(), orZero(SnapshotQuality.BLANK_LINE_COUNT))
            .withColumn(
                SnapshotQuality.NOT_OPEN_COUNT.name(), orZero(SnapshotQuality.NOT_OPEN_COUNT))
            .withColumn(
                SnapshotQuality.REJECTED_COUNT.name(), orZero(SnapshotQuality.REJECTED_COUNT))
            .withColumn(
                SnapshotQuality.REJECTED_BY_REASON.name(),
                coalesce(
                    SnapshotQuality.REJECTED_BY_REASON.col(),
                    functions.map().cast(SnapshotQuality.REJECTED_BY_REASON.type())));
    return counted.withColumn(
        SnapshotQuality.LINE_COUNT.name(),
        SnapshotQuality.OBSERVATION_COUNT
            .col()
            .plus(SnapshotQuality.REJECTED_COUNT.col())
            .plus(SnapshotQuality.BLANK_LINE_COUNT.col())
            .plus(SnapshotQuality.NOT_OPEN_COUNT.col()));
  }

  /** {@link SnapshotCell} of accepted records. */
  public static Dataset<Row> cells(Dataset<Row> observations) {
    return SnapshotCell.TABLE.conform(
        observations
            .groupBy(
                SnapshotCell.SNAPSHOT_DATE.col(),
                SnapshotCell.SOURCE.col(),
                SnapshotCell.COUNTRY_CODE.col(),
                SnapshotCell.SERVICE_TYPE.col())
            .agg(
                SnapshotCell.OBSERVATION_COUNT.from(count(lit(1))),
                SnapshotCell.GIVEN_COUNTS.from(GivenFields.counts())));
  }

  private static Dataset<Row> byReason(Dataset<Row> unusable, Column... key) {
    return unusable
        .where(not(SourceRecord.isPassedOver()))
        .groupBy(key)
        .agg(
            map_from_entries(
                    array_sort(collect_list(struct(SourceRecord.REASON.col(), col(ENTRY_COUNT)))))
                .as(SnapshotQuality.REJECTED_BY_REASON.name()));
  }

  private static Column has(String reason) {
    return SourceRecord.REASON.col().equalTo(reason);
  }

  private static Column entries(Column which) {
    return sum(when(which, col(ENTRY_COUNT)));
  }

  /** Number of observations that no range of the edition covers. */
  static Column unlocatedCount() {
    return count_if(Observation.COUNTRY_CODE.col().equalTo(UNKNOWN_COUNTRY));
  }

  static Column orZero(Field count) {
    return coalesce(count.col(), lit(0L));
  }
}

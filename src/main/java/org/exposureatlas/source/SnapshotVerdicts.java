package org.exposureatlas.source;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
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

  private static final int LEAST_SNAPSHOTS = 7;
  private static final double LEAST_MEDIAN = 20;
  private static final double MAD_TO_DEVIATION = 1.4826;
  private static final double LEAST_RELATIVE_DEVIATION = 0.03;
  private static final double UNUSUAL_DEVIATIONS = 5;
  private static final double SHORT_RATIO = 0.8;
  private static final double LOST_RATIO = 0.5;
  private static final double PARTIAL_LOST_SHARE = 0.2;
  private static final double SUSPICIOUS_LOST_SHARE = 0.05;

  private static final String TRAILING = "trailing";
  private static final String MEDIAN = "median";
  private static final String DEVIATION = "deviation";

  private SnapshotVerdicts() {}

  /**
   * Adds the comparison and the verdict.
   *
   * @param counted new snapshots with their counts, as {@link SnapshotCounts#quality}
   * @param earlier {@link SnapshotQuality} of the {@link #TRAILING_DAYS} days before
   * @param cells {@link SnapshotCell} of the new snapshots
   * @param earlierCells {@link SnapshotCell} of the same days before
   * @return {@link SnapshotQuality} of the new snapshots
   */
  public static Dataset<Row> judge(
      Dataset<Row> counted, Dataset<Row> earlier, Dataset<Row> cells, Dataset<Row> earlierCells) {
    String[] key = {SnapshotQuality.SNAPSHOT_DATE.name(), SnapshotQuality.SOURCE.name()};
    Dataset<Row> sizes = sizes(counted).union(sizes(earlier));
    Dataset<Row> compared =
        compare(sizes, SnapshotQuality.SOURCE.col())
            .select(
                SnapshotQuality.SNAPSHOT_DATE.col(),
                SnapshotQuality.SOURCE.col(),
                SnapshotQuality.TRAILING_SNAPSHOT_COUNT.from(size(col(TRAILING))),
                SnapshotQuality.TRAILING_MEDIAN_COUNT.from(col(MEDIAN)),
                SnapshotQuality.TRAILING_SIZE_RATIO.from(
                    SnapshotQuality.OBSERVATION_COUNT.col().divide(col(MEDIAN))),
                SnapshotQuality.SIZE_DEVIATION.from(col(DEVIATION)));
    Dataset<Row> lost = lostShares(sizes, cells.union(earlierCells));
    return SnapshotQuality.TABLE.conform(
        counted
            .join(compared, key)
            .join(lost, key, "left")
            .withColumn(SnapshotQuality.VERDICT.name(), verdict()));
  }

  private static Dataset<Row> sizes(Dataset<Row> quality) {
    return quality.select(
        SnapshotQuality.SNAPSHOT_DATE.col(),
        SnapshotQuality.SOURCE.col(),
        SnapshotQuality.OBSERVATION_COUNT.col());
  }

  /** A cell that a snapshot does not have counts as 0 in it. */
  private static Dataset<Row> lostShares(Dataset<Row> sizes, Dataset<Row> cells) {
    Column[] cell = {
      SnapshotCell.SOURCE.col(), SnapshotCell.COUNTRY_CODE.col(), SnapshotCell.SERVICE_TYPE.col()
    };
    String[] cellAndDate = {
      SnapshotCell.SNAPSHOT_DATE.name(),
      SnapshotCell.SOURCE.name(),
      SnapshotCell.COUNTRY_CODE.name(),
      SnapshotCell.SERVICE_TYPE.name()
    };
    Dataset<Row> everyDay =
        sizes
            .drop(SnapshotQuality.OBSERVATION_COUNT.name())
            .join(cells.select(cell).distinct(), SnapshotCell.SOURCE.name())
            .join(cells, cellAndDate, "left")
            .withColumn(
                SnapshotCell.OBSERVATION_COUNT.name(),
                coalesce(SnapshotCell.OBSERVATION_COUNT.col(), lit(0L)));
    Column isLost =
        SnapshotCell.OBSERVATION_COUNT
            .col()
            .lt(col(MEDIAN).multiply(LOST_RATIO))
            .and(col(DEVIATION).lt(-UNUSUAL_DEVIATIONS));
    return compare(everyDay, cell)
        .where(size(col(TRAILING)).geq(LEAST_SNAPSHOTS).and(col(MEDIAN).geq(LEAST_MEDIAN)))
        .groupBy(SnapshotCell.SNAPSHOT_DATE.col(), SnapshotCell.SOURCE.col())
        .agg(
            SnapshotQuality.LOST_SHARE.from(
                sum(when(isLost, col(MEDIAN).minus(SnapshotCell.OBSERVATION_COUNT.col()))
                        .otherwise(0))
                    .divide(sum(col(MEDIAN)))));
  }

  /** Adds the trailing counts of the same key, their median and the distance from it. */
  private static Dataset<Row> compare(Dataset<Row> counts, Column... key) {
    WindowSpec before =
        Window.partitionBy(key)
            .orderBy(unix_date(SnapshotQuality.SNAPSHOT_DATE.col()))
            .rangeBetween(-TRAILING_DAYS, -1);
    Column count = SnapshotQuality.OBSERVATION_COUNT.col();
    Column distances = transform(col(TRAILING), value -> abs(value.minus(col(MEDIAN))));
    Column deviation =
        greatest(
            median(distances).multiply(MAD_TO_DEVIATION),
            col(MEDIAN).multiply(LEAST_RELATIVE_DEVIATION),
            sqrt(col(MEDIAN)),
            lit(1.0));
    return counts
        .withColumn(TRAILING, collect_list(count).over(before))
        .withColumn(MEDIAN, median(col(TRAILING)))
        .withColumn(DEVIATION, count.minus(col(MEDIAN)).divide(deviation));
  }

  /** Median, the mean of the middle two where there are two; NULL of none. */
  private static Column median(Column values) {
    Column sorted = array_sort(values);
    Column count = size(values);
    Column lower = element_at(sorted, floor(count.plus(1).divide(2)).cast("int"));
    Column upper = element_at(sorted, floor(count.divide(2)).plus(1).cast("int"));
    return when(count.gt(0), lower.plus(upper).divide(2));
  }

  private static Column verdict() {
    Column isKnown = SnapshotQuality.TRAILING_SNAPSHOT_COUNT.col().geq(LEAST_SNAPSHOTS);
    Column deviation = SnapshotQuality.SIZE_DEVIATION.col();
    Column lost = coalesce(SnapshotQuality.LOST_SHARE.col(), lit(0.0));
    Column isShort =
        SnapshotQuality.TRAILING_SIZE_RATIO
            .col()
            .lt(SHORT_RATIO)
            .and(deviation.lt(-UNUSUAL_DEVIATIONS));
    Column isUnusual = abs(deviation).gt(UNUSUAL_DEVIATIONS);
    return when(isKnown.and(isShort.or(lost.geq(PARTIAL_LOST_SHARE))), PARTIAL)
        .when(isKnown.and(isUnusual.or(lost.geq(SUSPICIOUS_LOST_SHARE))), "suspicious")
        .otherwise("complete");
  }
}

package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.StoreLife;

/**
 * Follows the lives of stores from one day to another: {@link StoreLife}.
 *
 * <p>A store is known over time by its exposure key where the store itself gives one that lasts,
 * else by its first address and service type. Decoys and pseudo-services are left out.
 *
 * <p>Each row is found from the rows of the day before and the snapshots since, so that a night
 * reads what is new, however long the history is. Lives that ended are counted together and kept
 * with the last day of each month, which is all that is read of them.
 */
public final class StoreLives {

  /** The classes that decide what the lives of stores are. */
  public static final List<Class<?>> CODE = List.of(StoreLives.class, Followed.class, Lives.class);

  private static final double HONEYPOT_FROM = 0.5;

  /** Evenly spread, so that rows sort by it without a look at stores, which begin alike. */
  private static final String ORDER = "store_hash";

  private static final StructType LIFE =
      new StructType(
          Arrays.stream(StoreLife.TABLE.relaxed().fields())
              .filter(field -> !field.name().equals(StoreLife.INPUTS.name()))
              .toArray(StructField[]::new));

  private StoreLives() {}

  /**
   * The lives that ended since a day, and those that may go on.
   *
   * @param open {@link StoreLife} rows of that day that have not ended; none at the start of the
   *     records
   * @param exposures {@link Exposure} of the whole snapshots since
   * @param snapshots days of all whole snapshots up to {@code asOf}
   * @param missed a store missed in as many whole snapshots in a row is gone
   * @return {@link StoreLife} without what the lives were found from
   */
  public static Dataset<Row> follow(
      Dataset<Row> open,
      Dataset<Row> exposures,
      NavigableSet<LocalDate> snapshots,
      int missed,
      LocalDate asOf) {
    int[] days = snapshots.stream().mapToInt(day -> (int) day.toEpochDay()).toArray();
    Lives lives = new Lives(days, missed);
    TreeSet<LocalDate> kept = new TreeSet<>(keptDays(snapshots, asOf));
    MapPartitionsFunction<Row, Row> follow = sights -> new Followed(sights, lives, kept);
    return going(open)
        .union(sights(exposures))
        .withColumn(ORDER, xxhash64(StoreLife.STORE.col()))
        .repartition(col(ORDER))
        .sortWithinPartitions(
            col(ORDER),
            StoreLife.STORE.col(),
            StoreLife.LAST_SEEN_DATE.col(),
            StoreLife.COUNTRY_CODE.col(),
            StoreLife.SERVICE_TYPE.col())
        .drop(ORDER)
        .mapPartitions(follow, Encoders.row(LIFE));
  }

  /** The days with which lives that end in a month are kept, up to {@code asOf}. */
  public static NavigableSet<LocalDate> keptDays(Set<LocalDate> snapshots, LocalDate asOf) {
    Map<YearMonth, LocalDate> days = new HashMap<>();
    new TreeSet<>(snapshots).forEach(day -> days.put(YearMonth.from(day), day));
    days.put(YearMonth.from(asOf), asOf);
    return new TreeSet<>(days.values());
  }

  private static Dataset<Row> going(Dataset<Row> open) {
    return open.select(
        StoreLife.STORE.col(),
        StoreLife.COUNTRY_CODE.col(),
        StoreLife.SERVICE_TYPE.col(),
        day(StoreLife.UNSEEN_BEFORE_DATE.col(), StoreLife.UNSEEN_BEFORE_DATE),
        day(StoreLife.FIRST_SEEN_DATE.col(), StoreLife.FIRST_SEEN_DATE),
        day(StoreLife.LAST_SEEN_DATE.col(), StoreLife.LAST_SEEN_DATE));
  }

  private static Dataset<Row> sights(Dataset<Row> exposures) {
    Column isLasting = Exposure.CLUSTER_KEY_QUALITY.col().isin("uuid", "run_id");
    Column address =
        concat(Exposure.SERVICE_TYPE.col(), lit(" "), element_at(Exposure.HOSTS.col(), 1));
    Column none = lit(null).cast(DataTypes.DateType);
    return exposures
        .where(Exposure.HONEYPOT_SCORE.col().lt(HONEYPOT_FROM))
        .where(not(Exposure.PSEUDO_SERVICE.col()))
        .select(
            when(isLasting, Exposure.EXPOSURE_KEY.col())
                .otherwise(address)
                .as(StoreLife.STORE.name()),
            Exposure.COUNTRY_CODE.col(),
            Exposure.SERVICE_TYPE.col(),
            day(none, StoreLife.UNSEEN_BEFORE_DATE),
            day(none, StoreLife.FIRST_SEEN_DATE),
            day(Exposure.SNAPSHOT_DATE.col(), StoreLife.LAST_SEEN_DATE));
  }

  private static Column day(Column date, Field field) {
    return unix_date(date).as(field.name());
  }
}

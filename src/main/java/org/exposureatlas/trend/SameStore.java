package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;

/**
 * Which exposures of two snapshots are the same store.
 *
 * <p>First those with the same exposure key. Of the others, those of the same service type that
 * share addresses: each takes the one with most shared addresses, then the closest size, then in
 * order of the keys; two are the same when they take each other.
 */
final class SameStore {

  /** The exposure of the earlier snapshot; NULL where there is none. */
  static final String BEFORE = "before";

  /** The exposure of the later snapshot; NULL where there is none. */
  static final String AFTER = "after";

  /** Clean volume in an exposure's struct; 0 where none is known. */
  static final String VALUE = "value";

  /** Kind of size that the value is in an exposure's struct; NULL where none is known. */
  static final String METHOD = "method";

  /** How often a row of {@link #linked} counts; -1 takes back what another row tells. */
  static final String WEIGHT = "weight";

  private static final String[] PAIR = {
    CountryChurn.SNAPSHOT_DATE.name(), CountryChurn.FROM_DATE.name()
  };
  private static final String DAY = "day";
  private static final String KEY = "key";
  private static final String SHARED = "shared";
  private static final String DISTANCE = "distance";
  private static final String PLACE = "_place";

  /** Evenly spread, so that rows sort by it without a look at their keys, which begin alike. */
  private static final String ORDER = "key_hash";

  private SameStore() {}

  /**
   * The exposures of one side of the pairs, with the columns of {@code pairs}.
   *
   * @param exposures {@link Exposure} of all days of that side
   * @param pairs snapshot_date and from_date of the snapshots to compare
   * @param side {@link #BEFORE} or {@link #AFTER}, the column of the exposure
   */
  static Dataset<Row> sights(Dataset<Row> exposures, Dataset<Row> pairs, String side) {
    Field day = side.equals(BEFORE) ? CountryChurn.FROM_DATE : CountryChurn.SNAPSHOT_DATE;
    Column value = when(Exposure.IS_CLEAN.col(), Exposure.SIZE_BYTES.col());
    Column store =
        struct(
            Exposure.EXPOSURE_KEY.col().as(KEY),
            Exposure.COUNTRY_CODE.col(),
            Exposure.SERVICE_TYPE.col(),
            Exposure.HOSTS.col(),
            coalesce(value, lit(0L)).as(VALUE),
            when(value.isNotNull(), Exposure.SIZE_SEMANTICS.col()).as(METHOD));
    return exposures
        .select(Exposure.SNAPSHOT_DATE.col().as(DAY), store.as(side))
        .join(functions.broadcast(pairs.withColumn(DAY, day.col())), DAY)
        .drop(DAY);
  }

  /**
   * The stores of either snapshot. One that is known by its addresses only has two rows, as if it
   * had left and entered, two that take these back, and the one that holds.
   *
   * @param before {@link #sights} of the earlier snapshots
   * @param after those of the later ones
   * @return {@link #BEFORE}, {@link #AFTER} and {@link #WEIGHT}
   */
  static Dataset<Row> linked(Dataset<Row> before, Dataset<Row> after) {
    String[] keys = {ORDER, KEY, PAIR[0], PAIR[1]};
    Dataset<Row> byKey = keyed(before, BEFORE).join(keyed(after, AFTER), keys, "full_outer");
    Column none = lit(null);
    Dataset<Row> links =
        sameByAddress(byKey)
            .select(
                col(PAIR[0]),
                col(PAIR[1]),
                inline(
                    array(
                        link(col(BEFORE), col(AFTER), 1),
                        link(col(BEFORE), none, -1),
                        link(none, col(AFTER), -1))));
    return byKey
        .select(col(PAIR[0]), col(PAIR[1]), col(BEFORE), col(AFTER), lit(1).as(WEIGHT))
        .unionByName(links);
  }

  private static Column link(Column before, Column after, int weight) {
    return struct(before.as(BEFORE), after.as(AFTER), lit(weight).as(WEIGHT));
  }

  private static Dataset<Row> keyed(Dataset<Row> sights, String side) {
    return sights.withColumn(KEY, of(side, KEY)).withColumn(ORDER, xxhash64(col(KEY)));
  }

  /** Stores seen before only, each with the one seen after only that is the same. */
  private static Dataset<Row> sameByAddress(Dataset<Row> byKey) {
    Column store = coalesce(col(BEFORE), col(AFTER));
    return byKey
        .where(col(BEFORE).isNull().or(col(AFTER).isNull()))
        .select(
            col(PAIR[0]),
            col(PAIR[1]),
            of(store, Exposure.SERVICE_TYPE.name()).as(Exposure.SERVICE_TYPE.name()),
            col(BEFORE),
            col(AFTER),
            explode(of(store, Exposure.HOSTS.name())).as(Exposure.HOSTS.name()))
        .groupBy(columns(with(PAIR, Exposure.SERVICE_TYPE.name(), Exposure.HOSTS.name())))
        .agg(collect_list(col(BEFORE)).as(BEFORE), collect_list(col(AFTER)).as(AFTER))
        .where(size(col(BEFORE)).gt(0).and(size(col(AFTER)).gt(0)))
        .select(col(PAIR[0]), col(PAIR[1]), explode(col(BEFORE)).as(BEFORE), col(AFTER))
        .withColumn(AFTER, explode(col(AFTER)))
        .groupBy(columns(with(PAIR, BEFORE, AFTER)))
        .agg(count(lit(1)).as(SHARED))
        .withColumn(DISTANCE, abs(of(BEFORE, VALUE).minus(of(AFTER, VALUE))))
        .withColumn(BEFORE + PLACE, place(BEFORE, AFTER))
        .withColumn(AFTER + PLACE, place(AFTER, BEFORE))
        .where(col(BEFORE + PLACE).equalTo(1).and(col(AFTER + PLACE).equalTo(1)))
        .select(col(PAIR[0]), col(PAIR[1]), col(BEFORE), col(AFTER));
  }

  private static Column place(String side, String other) {
    return row_number()
        .over(
            Window.partitionBy(col(PAIR[0]), col(PAIR[1]), of(side, KEY))
                .orderBy(col(SHARED).desc(), col(DISTANCE), of(other, KEY)));
  }

  private static Column of(Column store, String field) {
    return store.getField(field);
  }

  static Column of(String side, String field) {
    return of(col(side), field);
  }

  private static String[] with(String[] names, String... more) {
    String[] all = Arrays.copyOf(names, names.length + more.length);
    System.arraycopy(more, 0, all, names.length, more.length);
    return all;
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(functions::col).toArray(Column[]::new);
  }
}

package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.Exposure;

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

  private static final String[] PAIR = {
    CountryChurn.SNAPSHOT_DATE.name(), CountryChurn.FROM_DATE.name()
  };
  private static final String DAY = "day";
  private static final String SIDE = "side";
  private static final String STORE = "store";
  private static final String KEY = "key";
  private static final String SAME_KEY = "same_key";
  private static final String SHARED = "shared";
  private static final String DISTANCE = "distance";
  private static final String PLACE = "_place";

  private SameStore() {}

  /**
   * One row per store and side it was seen on, with the columns of {@code pairs} and either {@link
   * #BEFORE} or {@link #AFTER}.
   *
   * @param exposures {@link Exposure} of all days of the pairs
   * @param pairs snapshot_date and from_date of the snapshots to compare
   */
  static Dataset<Row> sights(Dataset<Row> exposures, Dataset<Row> pairs) {
    Column value = when(Exposure.IS_CLEAN.col(), Exposure.SIZE_BYTES.col());
    Column store =
        struct(
            Exposure.EXPOSURE_KEY.col(),
            Exposure.COUNTRY_CODE.col(),
            Exposure.SERVICE_TYPE.col(),
            Exposure.HOSTS.col(),
            coalesce(value, lit(0L)).as(VALUE),
            when(value.isNotNull(), Exposure.SIZE_SEMANTICS.col()).as(METHOD));
    Dataset<Row> days =
        pairs.select(
            col(PAIR[0]),
            col(PAIR[1]),
            inline(array(day(PAIR[1], BEFORE), day(PAIR[0], AFTER))).as(new String[] {DAY, SIDE}));
    return exposures
        .select(Exposure.SNAPSHOT_DATE.col().as(DAY), store.as(STORE))
        .join(functions.broadcast(days), DAY)
        .select(col(PAIR[0]), col(PAIR[1]), on(BEFORE), on(AFTER));
  }

  private static Column day(String date, String side) {
    return struct(col(date).as(DAY), lit(side).as(SIDE));
  }

  private static Column on(String side) {
    return when(col(SIDE).equalTo(side), col(STORE)).as(side);
  }

  /** One row per store of either snapshot, from its {@link #sights}. */
  static Dataset<Row> linked(Dataset<Row> sights) {
    Dataset<Row> keyed =
        sights.withColumn(KEY, of(coalesce(col(BEFORE), col(AFTER)), Exposure.EXPOSURE_KEY.name()));
    Dataset<Row> byKey =
        keyed
            .join(sameByAddress(joined(keyed)), with(PAIR, KEY), "left")
            .withColumn(KEY, coalesce(col(SAME_KEY), col(KEY)));
    return joined(byKey).drop(KEY);
  }

  /** Both sides of equal keys in one row. */
  private static Dataset<Row> joined(Dataset<Row> keyed) {
    return keyed
        .groupBy(columns(with(PAIR, KEY)))
        .agg(first(col(BEFORE), true).as(BEFORE), first(col(AFTER), true).as(AFTER));
  }

  /** Keys seen after only, each with the key seen before only that is the same store. */
  private static Dataset<Row> sameByAddress(Dataset<Row> byKey) {
    Column store = coalesce(col(BEFORE), col(AFTER));
    Column entry = struct(col(KEY), of(store, VALUE).as(VALUE));
    return byKey
        .where(col(BEFORE).isNull().or(col(AFTER).isNull()))
        .select(
            col(PAIR[0]),
            col(PAIR[1]),
            of(store, Exposure.SERVICE_TYPE.name()).as(Exposure.SERVICE_TYPE.name()),
            when(col(BEFORE).isNotNull(), entry).as(BEFORE),
            when(col(AFTER).isNotNull(), entry).as(AFTER),
            explode(of(store, Exposure.HOSTS.name())).as(Exposure.HOSTS.name()))
        .groupBy(columns(with(PAIR, Exposure.SERVICE_TYPE.name(), Exposure.HOSTS.name())))
        .agg(collect_list(col(BEFORE)).as(BEFORE), collect_list(col(AFTER)).as(AFTER))
        .where(size(col(BEFORE)).gt(0).and(size(col(AFTER)).gt(0)))
        .select(col(PAIR[0]), col(PAIR[1]), explode(col(BEFORE)).as(BEFORE), col(AFTER))
        .withColumn(AFTER, explode(col(AFTER)))
        .groupBy(columns(with(PAIR, BEFORE, AFTER)))
        .agg(count(lit(1)).as(SHARED))
        .withColumn(DISTANCE, abs(of(col(BEFORE), VALUE).minus(of(col(AFTER), VALUE))))
        .withColumn(BEFORE + PLACE, place(BEFORE, AFTER))
        .withColumn(AFTER + PLACE, place(AFTER, BEFORE))
        .where(col(BEFORE + PLACE).equalTo(1).and(col(AFTER + PLACE).equalTo(1)))
        .select(
            col(PAIR[0]),
            col(PAIR[1]),
            of(col(AFTER), KEY).as(KEY),
            of(col(BEFORE), KEY).as(SAME_KEY));
  }

  private static Column place(String side, String other) {
    return row_number()
        .over(
            Window.partitionBy(col(PAIR[0]), col(PAIR[1]), of(col(side), KEY))
                .orderBy(col(SHARED).desc(), col(DISTANCE), of(col(other), KEY)));
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

package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
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
  private static final String KEY = "key";
  private static final String HOST = "host";
  private static final String SHARED = "shared";
  private static final String OTHERS = "others";

  private SameStore() {}

  /**
   * One row per store of either snapshot, with the columns of {@code pairs}, {@link #BEFORE} and
   * {@link #AFTER}.
   *
   * @param exposures {@link Exposure} of all days of the pairs
   * @param pairs snapshot_date and from_date of the snapshots to compare
   */
  static Dataset<Row> linked(Dataset<Row> exposures, Dataset<Row> pairs) {
    Dataset<Row> before = side(exposures, pairs, CountryChurn.FROM_DATE.name(), BEFORE);
    Dataset<Row> after = side(exposures, pairs, CountryChurn.SNAPSHOT_DATE.name(), AFTER);
    Dataset<Row> byKey = before.join(after, with(PAIR, KEY), "full").drop(KEY);
    Dataset<Row> byAddress = byAddress(byKey);
    return byKey
        .where(col(BEFORE).isNotNull().and(col(AFTER).isNotNull()))
        .unionByName(byAddress)
        .unionByName(without(byKey.where(col(AFTER).isNull()), byAddress, BEFORE))
        .unionByName(without(byKey.where(col(BEFORE).isNull()), byAddress, AFTER));
  }

  private static Dataset<Row> side(
      Dataset<Row> exposures, Dataset<Row> pairs, String day, String side) {
    Column value = when(Exposure.IS_CLEAN.col(), Exposure.SIZE_BYTES.col());
    Dataset<Row> stores =
        exposures.select(
            Exposure.SNAPSHOT_DATE.col().as(OTHERS),
            Exposure.EXPOSURE_KEY.col().as(KEY),
            struct(
                    Exposure.EXPOSURE_KEY.col(),
                    Exposure.COUNTRY_CODE.col(),
                    Exposure.SERVICE_TYPE.col(),
                    Exposure.HOSTS.col(),
                    coalesce(value, lit(0L)).as(VALUE),
                    when(value.isNotNull(), Exposure.SIZE_SEMANTICS.col()).as(METHOD))
                .as(side));
    return stores.join(functions.broadcast(pairs), col(OTHERS).equalTo(col(day))).drop(OTHERS);
  }

  private static Dataset<Row> byAddress(Dataset<Row> byKey) {
    Dataset<Row> before = onHosts(byKey.where(col(AFTER).isNull()), BEFORE);
    Dataset<Row> after = onHosts(byKey.where(col(BEFORE).isNull()), AFTER);
    Column distance = abs(of(BEFORE, VALUE).minus(of(AFTER, VALUE)));
    Dataset<Row> candidates =
        before
            .join(after, with(PAIR, HOST, Exposure.SERVICE_TYPE.name()))
            .groupBy(columns(with(PAIR, BEFORE + KEY, AFTER + KEY)))
            .agg(
                count(lit(1)).as(SHARED),
                first(col(BEFORE)).as(BEFORE),
                first(col(AFTER)).as(AFTER));
    return candidates
        .withColumn(BEFORE + HOST, place(BEFORE + KEY, distance, AFTER + KEY))
        .withColumn(AFTER + HOST, place(AFTER + KEY, distance, BEFORE + KEY))
        .where(col(BEFORE + HOST).equalTo(1).and(col(AFTER + HOST).equalTo(1)))
        .select(columns(with(PAIR, BEFORE, AFTER)));
  }

  private static Dataset<Row> onHosts(Dataset<Row> stores, String side) {
    return stores
        .select(columns(with(PAIR, side)))
        .withColumn(HOST, explode(of(side, Exposure.HOSTS.name())))
        .withColumn(Exposure.SERVICE_TYPE.name(), of(side, Exposure.SERVICE_TYPE.name()))
        .withColumn(side + KEY, of(side, Exposure.EXPOSURE_KEY.name()));
  }

  private static Column place(String key, Column distance, String otherKey) {
    return row_number()
        .over(
            Window.partitionBy(columns(with(PAIR, key)))
                .orderBy(col(SHARED).desc(), distance, col(otherKey)));
  }

  private static Dataset<Row> without(Dataset<Row> stores, Dataset<Row> linked, String side) {
    Column key = of(side, Exposure.EXPOSURE_KEY.name()).as(KEY);
    Dataset<Row> taken = linked.select(col(PAIR[0]), col(PAIR[1]), key);
    return stores.withColumn(KEY, key).join(taken, with(PAIR, KEY), "left_anti").drop(KEY);
  }

  static Column of(String side, String field) {
    return col(side).getField(field);
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

package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;

/**
 * One row per open endpoint (ip, port, transport, service type) of a snapshot, fused from all
 * records of all sources that speak for it.
 *
 * <p>The newest record that tells of access decides whether the endpoint stands open. Of its open
 * records the one that measured a size wins, then the preferred source, then the newest; a scanner
 * reports the stages of one visit as records of their own, which are one thing and never add up.
 * The cluster key is the strongest, then the newest.
 */
final class Endpoints {

  /** Sources that saw the endpoint, as an array. */
  static final String SOURCES = "sources";

  /** True where any record of the endpoint carried a size that cannot be. */
  static final String IMPLAUSIBLE = "implausible";

  /** Latest sight, which may be newer than that of the figures. */
  static final String SEEN_AT = "seen_at";

  /** Sizes from here on cannot be: 2^60 bytes. */
  private static final long IMPLAUSIBLE_BYTES = 1L << 60;

  private static final String BEST = "best";
  private static final String KEY = "key";
  private static final String CLOSED_AT = "closed_at";

  private static final Field[] ENDPOINT = {
    Observation.SNAPSHOT_DATE,
    Observation.IP,
    Observation.PORT,
    Observation.TRANSPORT,
    Observation.SERVICE_TYPE
  };

  private static final Field[] TAKEN_FROM_BEST = {
    Observation.OBSERVED_AT,
    Observation.ACCESS,
    Observation.PRODUCT,
    Observation.PRODUCT_VERSION,
    Observation.SIZE_BYTES,
    Observation.SIZE_SEMANTICS,
    Observation.SYSTEM_BYTES,
    Observation.CAPACITY_BYTES,
    Observation.RECORD_COUNT,
    Observation.CONTAINER_COUNT,
    Observation.FILE_COUNT,
    Observation.COUNTRY_CODE,
    Observation.ASN,
    Observation.AS_NAME,
    Observation.GEO_EDITION
  };

  private Endpoints() {}

  /**
   * The open endpoints; a size that cannot be is NULL and marked. Rows of one address are brought
   * together once, for this step and for what is judged by address after it.
   *
   * @param carried {@link Observation} by the day it speaks for, see {@link Validity}
   * @param precedence sources by trust, the most trusted first
   */
  static Dataset<Row> open(Dataset<Row> carried, List<String> precedence) {
    Column size = Observation.SIZE_BYTES.col();
    return carried
        .where(isOpen().or(isClosed()))
        .withColumns(
            Map.of(
                IMPLAUSIBLE,
                coalesce(isImplausible(size), lit(false)),
                Observation.SIZE_SEMANTICS.name(),
                when(isImplausible(size), "absent").otherwise(Observation.SIZE_SEMANTICS.col()),
                Observation.SYSTEM_BYTES.name(),
                when(not(isImplausible(size)), Observation.SYSTEM_BYTES.col()),
                Observation.SIZE_BYTES.name(),
                when(not(isImplausible(size)), size)))
        .repartition(Observation.SNAPSHOT_DATE.col(), Observation.IP.col())
        .groupBy(key())
        .agg(
            max_by(best(), ifOpen(order(precedence))).as(BEST),
            max_by(clusterKey(), ifOpen(keyOrder())).as(KEY),
            max(ifOpen(Observation.OBSERVED_AT.col())).as(SEEN_AT),
            max(when(isClosed(), Observation.OBSERVED_AT.col())).as(CLOSED_AT),
            max(ifOpen(col(IMPLAUSIBLE))).as(IMPLAUSIBLE),
            bool_or(ifOpen(Observation.INFECTED.col())).as(Observation.INFECTED.name()),
            bool_or(ifOpen(Observation.HONEYPOT_HINT.col())).as(Observation.HONEYPOT_HINT.name()),
            array_sort(collect_set(ifOpen(Observation.SOURCE.col()))).as(SOURCES))
        .where(col(SEEN_AT).geq(coalesce(col(CLOSED_AT), col(SEEN_AT))))
        .select(flattened());
  }

  /** What identifies an endpoint. */
  static Column[] key() {
    return columns(ENDPOINT);
  }

  /** Names of {@link #key()}. */
  static String[] keyNames() {
    return Arrays.stream(ENDPOINT).map(Field::name).toArray(String[]::new);
  }

  /** True for a record that states an exposure. */
  static Column isOpen() {
    return Observation.ACCESS.col().isin("open", "weak_credentials");
  }

  private static Column isClosed() {
    return Observation.ACCESS.col().isin("listing_refused", "auth_required");
  }

  private static Column ifOpen(Column value) {
    return when(isOpen(), value);
  }

  private static Column isImplausible(Column size) {
    return size.lt(0).or(size.geq(IMPLAUSIBLE_BYTES));
  }

  private static Column best() {
    Column[] taken = Arrays.copyOf(columns(TAKEN_FROM_BEST), TAKEN_FROM_BEST.length + 1);
    taken[TAKEN_FROM_BEST.length] = col(Validity.RECORDED_DATE);
    return struct(taken);
  }

  private static Column order(List<String> precedence) {
    return struct(
        Observation.SIZE_BYTES.col().isNotNull(),
        trust(precedence),
        Observation.OBSERVED_AT.col(),
        Observation.SIZE_BYTES.col(),
        Observation.SOURCE.col(),
        Observation.FILE.col(),
        Observation.LINE.col());
  }

  /** Higher for the more trusted; 0 for a source that is not listed. */
  private static Column trust(List<String> precedence) {
    Column trust = lit(0);
    for (int i = 0; i < precedence.size(); i++) {
      trust =
          when(Observation.SOURCE.col().equalTo(precedence.get(i)), precedence.size() - i)
              .otherwise(trust);
    }
    return trust;
  }

  private static Column clusterKey() {
    return struct(Observation.CLUSTER_KEY.col(), Observation.CLUSTER_KEY_QUALITY.col());
  }

  private static Column keyOrder() {
    return struct(
        KeyQuality.strength(Observation.CLUSTER_KEY_QUALITY.col()),
        Observation.OBSERVED_AT.col(),
        Observation.CLUSTER_KEY.col());
  }

  private static Column[] flattened() {
    return Stream.of(
            Stream.of(key()),
            Stream.of(TAKEN_FROM_BEST).map(Field::name).map(name -> of(BEST, name)),
            Stream.of(
                of(BEST, Validity.RECORDED_DATE),
                of(KEY, Observation.CLUSTER_KEY.name()),
                of(KEY, Observation.CLUSTER_KEY_QUALITY.name()),
                col(SEEN_AT),
                col(IMPLAUSIBLE),
                Observation.INFECTED.col(),
                Observation.HONEYPOT_HINT.col(),
                col(SOURCES)))
        .flatMap(columns -> columns)
        .toArray(Column[]::new);
  }

  private static Column of(String part, String field) {
    return col(part).getField(field).as(field);
  }

  private static Column[] columns(Field... fields) {
    return Arrays.stream(fields).map(Field::col).toArray(Column[]::new);
  }
}

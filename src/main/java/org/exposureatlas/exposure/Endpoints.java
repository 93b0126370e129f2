package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
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
 * records of all sources that speak for it; the rules are those of {@link EndpointsFunction}.
 */
final class Endpoints {

  /** Sources that saw the endpoint, as an array. */
  static final String SOURCES = "sources";

  /** True where any record of the endpoint carried a size that cannot be. */
  static final String IMPLAUSIBLE = "implausible";

  /** Latest sight, which may be newer than that of the figures. */
  static final String SEEN_AT = "seen_at";

  /** Number of ports that the address answers on, whether open or not. */
  static final String PORT_COUNT = "port_count";

  /** Sizes from here on cannot be: 2^60 bytes. */
  private static final long IMPLAUSIBLE_BYTES = 1L << 60;

  private static final String RECORD = "record";
  private static final String ENDPOINTS = "endpoints";

  private static final Field[] ENDPOINT = {
    Observation.IP,
    Observation.SNAPSHOT_DATE,
    Observation.PORT,
    Observation.TRANSPORT,
    Observation.SERVICE_TYPE
  };

  /** What an endpoint takes from the record whose figures count. */
  static final List<Field> FIGURES =
      List.of(
          Observation.PORT,
          Observation.TRANSPORT,
          Observation.SERVICE_TYPE,
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
          Observation.GEO_EDITION);

  private Endpoints() {}

  /**
   * The open endpoints; a size that cannot be is NULL and marked. Of records that do not tell of
   * access nothing but the port is looked at.
   *
   * @param carried {@link Observation} by the day it speaks for, see {@link Validity}
   * @param precedence sources by trust, the most trusted first
   */
  static Dataset<Row> open(Dataset<Row> carried, List<String> precedence) {
    Column size = Observation.SIZE_BYTES.col();
    Column isTelling = isOpen().or(isClosed());
    Dataset<Row> ports =
        carried
            .where(not(isTelling))
            .select(Observation.IP.col(), Observation.SNAPSHOT_DATE.col(), Observation.PORT.col());
    return carried
        .where(isTelling)
        .withColumns(
            Map.of(
                EndpointsFunction.IS_OPEN,
                isOpen(),
                EndpointsFunction.TRUST,
                trust(precedence),
                IMPLAUSIBLE,
                coalesce(isImplausible(size), lit(false)),
                Observation.SIZE_SEMANTICS.name(),
                when(isImplausible(size), "absent").otherwise(Observation.SIZE_SEMANTICS.col()),
                Observation.SYSTEM_BYTES.name(),
                when(not(isImplausible(size)), Observation.SYSTEM_BYTES.col()),
                Observation.SIZE_BYTES.name(),
                when(not(isImplausible(size)), size)))
        .unionByName(ports, true)
        .select(
            Observation.IP.col(),
            Observation.SNAPSHOT_DATE.col(),
            RowsFunction.packed(EndpointsFunction.RECORD).as(RECORD))
        .repartition(address())
        .sortWithinPartitions(address())
        .groupBy(address())
        .agg(ExposureFunctions.call(EndpointsFunction.NAME, col(RECORD)).as(ENDPOINTS))
        .select(Observation.IP.col(), Observation.SNAPSHOT_DATE.col(), inline(col(ENDPOINTS)))
        .select(flattened());
  }

  /** What identifies a host of a snapshot. */
  private static Column[] address() {
    return columns(Observation.IP, Observation.SNAPSHOT_DATE);
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

  private static Column isImplausible(Column size) {
    return size.lt(0).or(size.geq(IMPLAUSIBLE_BYTES));
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

  private static Column[] flattened() {
    return Stream.of(
            Stream.of(address()),
            FIGURES.stream().map(Field::name).map(Endpoints::ofBest),
            Stream.of(
                ofBest(Validity.RECORDED_DATE),
                Observation.CLUSTER_KEY.col(),
                Observation.CLUSTER_KEY_QUALITY.col(),
                col(SEEN_AT),
                col(IMPLAUSIBLE),
                Observation.INFECTED.col(),
                Observation.HONEYPOT_HINT.col(),
                col(SOURCES),
                col(PORT_COUNT)))
        .flatMap(columns -> columns)
        .toArray(Column[]::new);
  }

  private static Column ofBest(String field) {
    return col(EndpointsFunction.BEST).getField(field).as(field);
  }

  private static Column[] columns(Field... fields) {
    return Arrays.stream(fields).map(Field::col).toArray(Column[]::new);
  }
}

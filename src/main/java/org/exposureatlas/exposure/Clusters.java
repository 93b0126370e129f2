package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;

/** Member endpoints with one cluster key become one exposure. */
final class Clusters {

  private static final String MEMBERS = "members";
  private static final String COUNTRIES = "countries";
  private static final String NETWORKS = "member_networks";
  private static final String LARGEST = "largest";
  private static final String FIRST = "first";
  private static final String QUALITY = "quality";
  private static final String ADDRESS = "first_address";

  private Clusters() {}

  /**
   * In: resolved endpoints. Out: {@link Exposure} without scores and dates of sight.
   *
   * @param decoy true for an endpoint with figures that many networks report
   * @param manyPorts true for an endpoint whose address answers on very many ports
   * @param manyNetworks from so many autonomous systems on, one identity is a decoy
   */
  static Dataset<Row> merge(
      Dataset<Row> endpoints, Column decoy, Column manyPorts, int manyNetworks) {
    Dataset<Row> merged =
        endpoints
            .groupBy(
                Exposure.SNAPSHOT_DATE.col(),
                Observation.CLUSTER_KEY.col().as(Exposure.EXPOSURE_KEY.name()))
            .agg(
                collect_list(struct(Observation.COUNTRY_CODE.col(), Observation.OBSERVED_AT.col()))
                    .as(MEMBERS),
                max_by(largest(), sizeOrder()).as(LARGEST),
                min_by(first(), sightOrder()).as(FIRST),
                max(quality()).as(QUALITY),
                min(address()).as(ADDRESS),
                collect_set(Observation.ASN.col()).as(NETWORKS),
                Exposure.SERVICE_TYPE.from(service()),
                Exposure.ACCESS.from(min(Observation.ACCESS.col())),
                Exposure.REPORTED_BYTES.from(sum(Observation.SIZE_BYTES.col())),
                Exposure.MEMBER_COUNT.from(count(lit(1))),
                Exposure.HOSTS.from(array_sort(collect_set(Observation.IP.col()))),
                Exposure.SOURCES.from(sources()),
                Exposure.OBSERVED_AT.from(max(col(Endpoints.SEEN_AT))),
                Exposure.INFECTED.from(bool_or(Observation.INFECTED.col())),
                Exposure.IMPLAUSIBLE_SIZE.from(bool_or(col(Endpoints.IMPLAUSIBLE))),
                Exposure.PSEUDO_SERVICE.from(bool_or(manyPorts)),
                bool_or(Observation.HONEYPOT_HINT.col()).as(HoneypotRules.SOURCE_MARK),
                bool_or(decoy).as(HoneypotRules.SAME_FIGURES),
                bool_or(HoneypotRules.hasFrameworkFigures()).as(HoneypotRules.FRAMEWORK_FIGURES),
                bool_or(HoneypotRules.hasFrameworkVersion()).as(HoneypotRules.FRAMEWORK_VERSION),
                bool_or(HoneypotRules.hasImpossibleVersion()).as(HoneypotRules.IMPOSSIBLE_VERSION),
                bool_or(HoneypotRules.hasRoundSize()).as(HoneypotRules.ROUND_SIZE));
    return merged
        .withColumns(
            Map.of(
                COUNTRIES,
                array_distinct(col(MEMBERS).getField(Observation.COUNTRY_CODE.name())),
                Exposure.CLUSTER_KEY_QUALITY.name(),
                of(QUALITY, Observation.CLUSTER_KEY_QUALITY.name())))
        .withColumns(
            Map.ofEntries(
                Map.entry(Exposure.STORE_KEY.name(), storeKey()),
                Map.entry(Exposure.COUNTRY_CODE.name(), country()),
                Map.entry(
                    Exposure.COUNTRY_COUNT.name(),
                    Exposure.COUNTRY_COUNT.from(size(col(COUNTRIES)))),
                Map.entry(
                    Exposure.HOST_COUNT.name(),
                    Exposure.HOST_COUNT.from(size(Exposure.HOSTS.col()))),
                Map.entry(
                    Exposure.HONEYPOT_REASONS.name(), HoneypotRules.reasons(signs(manyNetworks))),
                largestOf(Exposure.CARRIED),
                largestOf(Exposure.SIZE_BYTES),
                largestOf(Exposure.SIZE_SEMANTICS),
                largestOf(Exposure.SYSTEM_BYTES),
                largestOf(Exposure.CAPACITY_BYTES),
                largestOf(Exposure.RECORD_COUNT),
                largestOf(Exposure.CONTAINER_COUNT),
                largestOf(Exposure.FILE_COUNT),
                Map.entry(Exposure.ASN.name(), of(FIRST, Exposure.ASN.name())),
                Map.entry(Exposure.AS_NAME.name(), of(FIRST, Exposure.AS_NAME.name())),
                Map.entry(Exposure.GEO_EDITION.name(), of(FIRST, Exposure.GEO_EDITION.name()))));
  }

  private static SortedMap<String, Column> signs(int manyNetworks) {
    SortedMap<String, Column> signs = new TreeMap<>();
    for (String sign :
        new String[] {
          HoneypotRules.SOURCE_MARK,
          HoneypotRules.SAME_FIGURES,
          HoneypotRules.FRAMEWORK_FIGURES,
          HoneypotRules.FRAMEWORK_VERSION,
          HoneypotRules.IMPOSSIBLE_VERSION,
          HoneypotRules.ROUND_SIZE
        }) {
      signs.put(sign, col(sign));
    }
    signs.put(HoneypotRules.MANY_PORTS, Exposure.PSEUDO_SERVICE.col());
    signs.put(HoneypotRules.SAME_IDENTITY, size(col(NETWORKS)).geq(manyNetworks));
    return signs;
  }

  /** Most member endpoints; then the one observed first; then code order. */
  private static Column country() {
    Column members = col(MEMBERS);
    Column ranked =
        transform(
            col(COUNTRIES),
            code -> {
              Column there =
                  filter(
                      members,
                      member -> member.getField(Observation.COUNTRY_CODE.name()).equalTo(code));
              return struct(
                  negate(size(there)).as("members"),
                  array_min(there.getField(Observation.OBSERVED_AT.name())).as("first"),
                  code.as("code"));
            });
    return when(size(col(COUNTRIES)).equalTo(1), col(COUNTRIES).getItem(0))
        .otherwise(array_min(ranked).getField("code"));
  }

  /** An identity, else the first member in order of service and address. */
  private static Column storeKey() {
    return when(
            KeyQuality.isIdentity(Exposure.CLUSTER_KEY_QUALITY.col()), Exposure.EXPOSURE_KEY.col())
        .otherwise(col(ADDRESS));
  }

  private static Column quality() {
    return struct(
        KeyQuality.strength(Observation.CLUSTER_KEY_QUALITY.col()),
        Observation.CLUSTER_KEY_QUALITY.col());
  }

  private static Column address() {
    return concat_ws(
        "/",
        Observation.SERVICE_TYPE.col(),
        Observation.IP.col(),
        Observation.PORT.col(),
        Observation.TRANSPORT.col());
  }

  private static Column largest() {
    return struct(
        col(Validity.RECORDED_DATE).lt(Observation.SNAPSHOT_DATE.col()).as(Exposure.CARRIED.name()),
        Observation.SIZE_BYTES.col(),
        Observation.SIZE_SEMANTICS.col(),
        Observation.SYSTEM_BYTES.col(),
        Observation.CAPACITY_BYTES.col(),
        Observation.RECORD_COUNT.col(),
        Observation.CONTAINER_COUNT.col(),
        Observation.FILE_COUNT.col());
  }

  private static Column sizeOrder() {
    return struct(
        coalesce(Observation.SIZE_BYTES.col(), lit(-1L)),
        Observation.OBSERVED_AT.col(),
        Observation.IP.col(),
        Observation.PORT.col(),
        Observation.TRANSPORT.col(),
        Observation.SERVICE_TYPE.col());
  }

  private static Column first() {
    return struct(Observation.ASN.col(), Observation.AS_NAME.col(), Observation.GEO_EDITION.col());
  }

  private static Column sightOrder() {
    return struct(
        Observation.OBSERVED_AT.col(),
        Observation.IP.col(),
        Observation.PORT.col(),
        Observation.TRANSPORT.col(),
        Observation.SERVICE_TYPE.col());
  }

  /** All members of a cluster share a service type, but for a Kibana in front of Elasticsearch. */
  private static Column service() {
    return min(Observation.SERVICE_TYPE.col());
  }

  private static Column sources() {
    return array_sort(array_distinct(flatten(collect_list(col(Endpoints.SOURCES)))));
  }

  private static Map.Entry<String, Column> largestOf(Field field) {
    return Map.entry(field.name(), of(LARGEST, field.name()));
  }

  private static Column of(String part, String field) {
    return col(part).getField(field);
  }
}

package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

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

  /** Evenly spread, so that rows sort by it without a look at their keys, which begin alike. */
  private static final String ORDER = "key_hash";

  private static final String MEMBER = "member";
  private static final String CLUSTER = "cluster";

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
    Column[] key = {col(ORDER), Exposure.SNAPSHOT_DATE.col(), Observation.CLUSTER_KEY.col()};
    return endpoints
        .withColumns(
            Map.ofEntries(
                Map.entry(
                    Exposure.CARRIED.name(),
                    col(Validity.RECORDED_DATE).lt(Observation.SNAPSHOT_DATE.col())),
                Map.entry(Exposure.IMPLAUSIBLE_SIZE.name(), col(Endpoints.IMPLAUSIBLE)),
                Map.entry(Exposure.PSEUDO_SERVICE.name(), manyPorts),
                Map.entry(HoneypotRules.SOURCE_MARK, Observation.HONEYPOT_HINT.col()),
                Map.entry(HoneypotRules.SAME_FIGURES, decoy),
                Map.entry(HoneypotRules.FRAMEWORK_FIGURES, HoneypotRules.hasFrameworkFigures()),
                Map.entry(HoneypotRules.FRAMEWORK_VERSION, HoneypotRules.hasFrameworkVersion()),
                Map.entry(HoneypotRules.IMPOSSIBLE_VERSION, HoneypotRules.hasImpossibleVersion()),
                Map.entry(HoneypotRules.ROUND_SIZE, HoneypotRules.hasRoundSize()),
                Map.entry(ORDER, xxhash64(Observation.CLUSTER_KEY.col()))))
        .select(
            col(ORDER),
            Exposure.SNAPSHOT_DATE.col(),
            Observation.CLUSTER_KEY.col(),
            RowsFunction.packed(ClusterFunction.MEMBER).as(MEMBER))
        .repartition(col(ORDER))
        .sortWithinPartitions(key)
        .groupBy(key)
        .agg(ExposureFunctions.call(ClusterFunction.NAME, col(MEMBER)).as(CLUSTER))
        .select(
            Exposure.SNAPSHOT_DATE.col(),
            Observation.CLUSTER_KEY.col().as(Exposure.EXPOSURE_KEY.name()),
            col(CLUSTER + ".*"))
        .withColumns(
            Map.ofEntries(
                Map.entry(Exposure.STORE_KEY.name(), storeKey()),
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
                firstOf(Exposure.ASN),
                firstOf(Exposure.AS_NAME),
                firstOf(Exposure.GEO_EDITION)));
  }

  private static SortedMap<String, Column> signs(int manyNetworks) {
    SortedMap<String, Column> signs = new TreeMap<>();
    for (String sign : HoneypotRules.OF_MEMBERS) {
      signs.put(sign, col(sign));
    }
    signs.put(HoneypotRules.MANY_PORTS, Exposure.PSEUDO_SERVICE.col());
    signs.put(HoneypotRules.SAME_IDENTITY, col(ClusterFunction.NETWORKS).geq(manyNetworks));
    return signs;
  }

  /** An identity, else the first member in order of service and address. */
  private static Column storeKey() {
    return when(
            KeyQuality.isIdentity(Exposure.CLUSTER_KEY_QUALITY.col()), Exposure.EXPOSURE_KEY.col())
        .otherwise(col(ClusterFunction.ADDRESS));
  }

  private static Map.Entry<String, Column> largestOf(Field field) {
    return Map.entry(field.name(), col(ClusterFunction.LARGEST).getField(field.name()));
  }

  private static Map.Entry<String, Column> firstOf(Field field) {
    return Map.entry(field.name(), col(ClusterFunction.FIRST).getField(field.name()));
  }
}

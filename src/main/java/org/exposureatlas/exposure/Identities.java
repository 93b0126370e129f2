package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;

/**
 * Which data store an endpoint leads to, where its own records do not tell all.
 *
 * <p>Endpoints, fingerprints and identities (uuid, run id, replica set) make a graph; an endpoint
 * for which both a fingerprint and an identity are reported is an edge between the two. An identity
 * is never overruled: two of them behind one fingerprint stay two stores, so every path from a
 * fingerprint to its identity has one step, and one join finds it.
 */
final class Identities {

  private static final String BEHIND = "behind";
  private static final String IDENTITY = "identity";

  private Identities() {}

  /**
   * Endpoints with the strongest key of the store they lead to.
   *
   * @param endpoints open endpoints with their own keys
   * @param carried the records behind them, by the day they speak for
   */
  static Dataset<Row> resolve(Dataset<Row> endpoints, Dataset<Row> carried) {
    return named(behindFronts(endpoints), identitiesOfFingerprints(carried));
  }

  /**
   * A Kibana takes the key of the largest Elasticsearch on its address. Where a mongos answers, all
   * MongoDB endpoints of the address take one key: its figure is the sum over the shards behind it.
   */
  private static Dataset<Row> behindFronts(Dataset<Row> endpoints) {
    WindowSpec address = Window.partitionBy(Observation.SNAPSHOT_DATE.col(), Observation.IP.col());
    Column elastic = max_by(key(), when(isService("elasticsearch"), bySize())).over(address);
    Column mongo = max_by(key(), when(isService("mongodb"), byStrength())).over(address);
    Column isMongos = isService("mongodb").and(lower(Observation.PRODUCT.col()).contains("mongos"));
    Column behind =
        when(isService("kibana"), elastic)
            .when(
                isService("mongodb").and(bool_or(coalesce(isMongos, lit(false))).over(address)),
                mongo);
    return take(endpoints.withColumn(BEHIND, behind), BEHIND);
  }

  /** A fingerprint takes the identity that was reported with it. */
  private static Dataset<Row> named(Dataset<Row> endpoints, Dataset<Row> identities) {
    String[] fingerprint = {Observation.SNAPSHOT_DATE.name(), Observation.CLUSTER_KEY.name()};
    Dataset<Row> joined = endpoints.join(broadcast(identities), fingerprint, "left");
    return take(joined, IDENTITY);
  }

  /**
   * snapshot_date, the fingerprint as cluster_key, and the newest {@link #IDENTITY} reported for an
   * endpoint of it. Where no source tells identities this is known to be empty before the
   * fingerprints are read.
   */
  private static Dataset<Row> identitiesOfFingerprints(Dataset<Row> carried) {
    Dataset<Row> open = carried.where(Endpoints.isOpen());
    Column quality = Observation.CLUSTER_KEY_QUALITY.col();
    Column newest = struct(Observation.OBSERVED_AT.col(), Observation.CLUSTER_KEY.col(), quality);
    Dataset<Row> identities =
        open.where(KeyQuality.isIdentity(quality))
            .groupBy(Endpoints.key())
            .agg(max(newest).as(IDENTITY));
    return open.where(quality.equalTo(KeyQuality.FINGERPRINT))
        .join(broadcast(identities), Endpoints.keyNames())
        .groupBy(Observation.SNAPSHOT_DATE.col(), Observation.CLUSTER_KEY.col())
        .agg(max(IDENTITY).as(IDENTITY));
  }

  private static Column key() {
    return struct(Observation.CLUSTER_KEY.col(), Observation.CLUSTER_KEY_QUALITY.col());
  }

  private static Column bySize() {
    return struct(coalesce(Observation.SIZE_BYTES.col(), lit(-1L)), Observation.CLUSTER_KEY.col());
  }

  private static Column byStrength() {
    return struct(
        KeyQuality.strength(Observation.CLUSTER_KEY_QUALITY.col()),
        coalesce(Observation.SIZE_BYTES.col(), lit(-1L)),
        Observation.CLUSTER_KEY.col());
  }

  /** Takes the key in {@code other}, where there is one. */
  private static Dataset<Row> take(Dataset<Row> endpoints, String other) {
    return endpoints
        .withColumns(
            Map.ofEntries(
                taken(Observation.CLUSTER_KEY, other),
                taken(Observation.CLUSTER_KEY_QUALITY, other)))
        .drop(other);
  }

  private static Map.Entry<String, Column> taken(Field field, String other) {
    return Map.entry(field.name(), coalesce(col(other).getField(field.name()), field.col()));
  }

  private static Column isService(String service) {
    return Observation.SERVICE_TYPE.col().equalTo(service);
  }
}

package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

  private static final String IDENTITY = "identity";

  private Identities() {}

  /**
   * Endpoints with the strongest key of the store they lead to.
   *
   * @param endpoints open endpoints with their own keys
   * @param carried the records behind them, by the day they speak for
   */
  static Dataset<Row> resolve(Dataset<Row> endpoints, Dataset<Row> carried) {
    String[] fingerprint = {Observation.SNAPSHOT_DATE.name(), Observation.CLUSTER_KEY.name()};
    return endpoints
        .join(broadcast(identitiesOfFingerprints(carried)), fingerprint, "left")
        .withColumns(
            Map.ofEntries(taken(Observation.CLUSTER_KEY), taken(Observation.CLUSTER_KEY_QUALITY)))
        .drop(IDENTITY);
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

  /** The identity reported with a fingerprint, where there is one. */
  private static Map.Entry<String, Column> taken(Field field) {
    return Map.entry(field.name(), coalesce(col(IDENTITY).getField(field.name()), field.col()));
  }
}

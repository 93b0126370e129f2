package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.ExposeConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Observation;

/**
 * Distinct exposed data stores of snapshots.
 *
 * <p>Endpoints with one cluster key are one exposure, whose volume is the maximum over its members,
 * never their sum.
 */
public final class Exposures {

  private static final String FAMILY = "family";
  private static final String CONTAINERS = "known_containers";
  private static final String RECORDS = "known_records";
  private static final String NETWORKS = "networks";
  private static final long NOT_MEASURED = -1;

  /** From here on a size alone does not agree by chance: 10^12 bytes. */
  private static final long HUGE_BYTES = 1_000_000_000_000L;

  private Exposures() {}

  /**
   * The exposures of the snapshots of {@code range}.
   *
   * @param observations {@link Observation}, of the range and of the days before it for which a
   *     source's records may still speak; others are not read
   * @param snapshots snapshot_date of the snapshots there are
   * @return {@link Exposure} without what {@link History} adds
   */
  public static Dataset<Row> distinct(
      Dataset<Row> observations, Dataset<Row> snapshots, SnapshotRange range, ExposeConfig config) {
    Dataset<Row> carried = Validity.carry(observations, snapshots, range, config.validityDays());
    Dataset<Row> endpoints =
        Identities.resolve(Endpoints.open(carried, config.sourcePrecedence()), carried);
    Dataset<Row> merged =
        Clusters.merge(
            countNetworks(endpoints, carried, config),
            col(NETWORKS).isNotNull(),
            col(Endpoints.PORT_COUNT).geq(config.pseudoServicePorts()),
            config.honeypotNetworks());
    Column score = HoneypotRules.score(Exposure.HONEYPOT_REASONS.col());
    return merged
        .withColumn(Exposure.HONEYPOT_SCORE.name(), score)
        .withColumn(
            Exposure.IS_HONEYPOT.name(), Exposure.HONEYPOT_SCORE.col().geq(config.honeypotScore()))
        .withColumn(
            Exposure.IS_CLEAN.name(),
            not(
                Exposure.IS_HONEYPOT
                    .col()
                    .or(Exposure.IMPLAUSIBLE_SIZE.col())
                    .or(Exposure.PSEUDO_SERVICE.col())));
  }

  /**
   * Adds the number of autonomous systems in which the very same figures are reported, where they
   * are enough for a decoy; else NULL.
   */
  private static Dataset<Row> countNetworks(
      Dataset<Row> endpoints, Dataset<Row> carried, ExposeConfig config) {
    String[] figures = {
      Observation.SNAPSHOT_DATE.name(), FAMILY, CONTAINERS, RECORDS, Observation.SIZE_BYTES.name()
    };
    Dataset<Row> decoys =
        withFigures(carried.where(Endpoints.isOpen().and(isTelling())))
            .groupBy(
                Observation.SNAPSHOT_DATE.col(),
                col(FAMILY),
                col(CONTAINERS),
                col(RECORDS),
                Observation.SIZE_BYTES.col())
            .agg(count_distinct(Observation.ASN.col()).as(NETWORKS))
            .where(col(NETWORKS).geq(config.honeypotNetworks()));
    return withFigures(endpoints).join(broadcast(decoys), figures, "left");
  }

  private static Dataset<Row> withFigures(Dataset<Row> rows) {
    Column service = Observation.SERVICE_TYPE.col();
    return rows.withColumns(
        Map.of(
            FAMILY, when(service.equalTo("kibana"), "elasticsearch").otherwise(service),
            CONTAINERS, coalesce(Observation.CONTAINER_COUNT.col(), lit(NOT_MEASURED)),
            RECORDS, coalesce(Observation.RECORD_COUNT.col(), lit(NOT_MEASURED))));
  }

  /** Containers, records and bytes are known, or so many bytes that they tell alone. */
  private static Column isTelling() {
    return Observation.CONTAINER_COUNT
        .col()
        .isNotNull()
        .and(Observation.RECORD_COUNT.col().isNotNull())
        .and(Observation.SIZE_BYTES.col().isNotNull())
        .or(Observation.SIZE_BYTES.col().geq(HUGE_BYTES));
  }
}

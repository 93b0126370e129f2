package org.exposureatlas.job;

import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.exposure.Exposures;
import org.exposureatlas.exposure.Restatement;
import org.exposureatlas.geoip.GeoLocator;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.GeoRestatement;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.source.Ingestion;
import org.exposureatlas.source.Relocation;
import org.exposureatlas.store.Publication;

/**
 * Locates stored snapshots anew with a chosen geo-IP edition, and says what moved; described in
 * jobs/relocate.conf.
 */
public final class RelocateJob {

  private RelocateJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("relocate", args, RelocateJob::run);
  }

  static void run(JobContext context) {
    SnapshotRange range = context.config().dates();
    Dataset<Row> snapshots = Inputs.requireSnapshots(context, range);
    GeoLocator geo = Editions.locator(context, edition(context), range.days());
    Dataset<Row> observations =
        Relocation.observations(context.read(Observation.TABLE, range), geo);
    CellCounts cellCounts = CellCounts.register(context.spark());
    context.publish(
        range,
        List.of(
            Publication.of(GeoRestatement.TABLE, restatement(context, snapshots, observations)),
            Publication.ordered(Observation.TABLE, observations, Ingestion.readingOrder())
                .counted(cellCounts.counting()),
            new Publication(SnapshotCell.TABLE, cellCounts::of),
            new Publication(
                SnapshotQuality.TABLE,
                staged ->
                    Relocation.quality(
                        context.read(SnapshotQuality.TABLE, range),
                        staged.read(SnapshotCell.TABLE),
                        geo))),
        written -> {});
  }

  private static String edition(JobContext context) {
    return context
        .config()
        .relocateEdition()
        .orElseThrow(
            () ->
                new ConfigException(
                    "spark.atlas.relocate.edition", "", "an edition such as rir/2022-07-01"));
  }

  /** Records of other days, which may still speak in these snapshots, stay where they are. */
  private static Dataset<Row> restatement(
      JobContext context, Dataset<Row> snapshots, Dataset<Row> relocated) {
    SnapshotRange range = context.config().dates();
    Dataset<Row> others =
        context.read(Observation.TABLE).where(not(range.contains(Observation.SNAPSHOT_DATE.col())));
    return Restatement.of(
        context.read(Exposure.TABLE, range),
        Exposures.distinct(
            relocated.unionByName(others), snapshots, range, context.config().expose()));
  }
}

package org.exposureatlas.job;

import java.time.LocalDate;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.config.SurvivalConfig;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.store.Publication;
import org.exposureatlas.trend.Survival;

/** How long stores stand open, as of the last date asked for; described in jobs/survival.conf. */
public final class SurvivalJob {

  private SurvivalJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("survival", args, SurvivalJob::run);
  }

  static void run(JobContext context) {
    SnapshotRange asOf = SnapshotRange.day(context.config().dates().to());
    Inputs.requireSnapshots(context, asOf);
    SurvivalConfig config = context.config().survival();
    SnapshotRange lookBack = new SnapshotRange(asOf.to().minusDays(config.days() - 1L), asOf.to());
    Dataset<Row> exposures = context.read(Exposure.TABLE, lookBack);
    context.publish(
        asOf,
        Publication.of(
            ExposureSurvival.TABLE,
            Survival.asOf(
                exposures,
                Inputs.wholeDays(context, lookBack),
                recordsStart(exposures, asOf.to()),
                config.missedSnapshots(),
                asOf.to())));
  }

  private static LocalDate recordsStart(Dataset<Row> exposures, LocalDate otherwise) {
    LocalDate first =
        exposures
            .select(functions.min(Exposure.FIRST_SEEN_DATE.col()))
            .as(Encoders.LOCALDATE())
            .head();
    return first == null ? otherwise : first;
  }
}

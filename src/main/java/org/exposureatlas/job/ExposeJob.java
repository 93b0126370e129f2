package org.exposureatlas.job;

import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.ExposeConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.exposure.Exposures;
import org.exposureatlas.exposure.History;
import org.exposureatlas.exposure.Overlaps;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.SourceOverlap;
import org.exposureatlas.store.Publication;

/** Finds the distinct exposed data stores of snapshots; described in jobs/expose.conf. */
public final class ExposeJob {

  private ExposeJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("expose", args, ExposeJob::run);
  }

  static void run(JobContext context) {
    SnapshotRange range = context.config().dates();
    Dataset<Row> snapshots = Inputs.requireSnapshots(context, range);
    ExposeConfig config = context.config().expose();
    Dataset<Row> distinct =
        Exposures.distinct(
            context.read(Observation.TABLE, config.speaking(range)), snapshots, range, config);
    Dataset<Row> earlier = EarlierSights.remembered(context, config.memoryDays());
    context.publish(
        range,
        Publication.of(
            Exposure.TABLE, History.carry(distinct, earlier, range, config.memoryDays())),
        new Publication(
            SourceOverlap.TABLE, staged -> Overlaps.between(staged.read(Exposure.TABLE))));
  }
}

package org.exposureatlas.job;

import java.time.LocalDate;
import java.util.NavigableMap;
import org.apache.spark.SparkUserAppException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.config.SurvivalConfig;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.StoreLife;
import org.exposureatlas.store.Publication;
import org.exposureatlas.store.StoredDay;
import org.exposureatlas.trend.Survival;

/** How long stores stand open, as of the last date asked for; described in jobs/survival.conf. */
public final class SurvivalJob {

  private SurvivalJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("survival", args, SurvivalJob::run);
  }

  /**
   * About how many rows it reads: exposures since the last day with lives, and as many lives as
   * that day has exposures. It reads more where it cannot go on from there.
   */
  static long rowsRead(JobContext context) {
    LocalDate asOf = context.config().dates().to();
    NavigableMap<LocalDate, StoredDay> exposures = context.days(Exposure.TABLE);
    LocalDate base = context.days(StoreLife.TABLE).lowerKey(asOf);
    LocalDate first = base == null ? LocalDate.MIN : base;
    return exposures.subMap(first, true, asOf, true).values().stream()
        .mapToLong(StoredDay::rowCount)
        .sum();
  }

  static void run(JobContext context) {
    LocalDate asOf = context.config().dates().to();
    Inputs.requireSnapshots(context, SnapshotRange.day(asOf));
    SurvivalConfig config = context.config().survival();
    LocalDate first = asOf.minusDays(config.days() - 1L);
    FollowedLives lives = new FollowedLives(context, asOf, config.missedSnapshots());
    lives.publish();
    context.publish(
        SnapshotRange.day(asOf),
        Publication.of(
            ExposureSurvival.TABLE,
            Survival.asOf(
                lives.since(first), lives.snapshotsFrom(first), config.missedSnapshots(), asOf)));
  }
}

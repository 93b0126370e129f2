package org.exposureatlas.job;

import java.util.List;
import org.apache.spark.SparkUserAppException;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.Exposure;

/** All jobs for one snapshot or a range of them, in order; described in jobs/nightly.conf. */
public final class NightlyJob {

  private static final List<Step> AFTER_EXPOSE =
      List.of(
          Step.of("measure", MeasureJob::run),
          Step.after("measure", "index", IndexJob::run),
          Step.of("churn", ChurnJob::run),
          Step.after("measure", "trend", TrendJob::run),
          Step.of("survival", SurvivalJob::run));

  private NightlyJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("nightly", args, NightlyJob::run);
  }

  static void run(JobContext context) {
    JobRunner.step("ingest", context, IngestJob::run);
    JobRunner.step("expose", context, ExposeJob::run);
    if (context.areSmall(Exposure.TABLE, CountryExposure.TABLE, CountryServiceExposure.TABLE)) {
      ConcurrentSteps.run(AFTER_EXPOSE, context);
    } else {
      AFTER_EXPOSE.forEach(step -> JobRunner.step(step.name(), context, step.job()));
    }
    JobRunner.step("release", context, ReleaseJob::run);
    JobRunner.step("report", context, ReportJob::run);
  }
}

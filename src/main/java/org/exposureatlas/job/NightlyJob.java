package org.exposureatlas.job;

import org.apache.spark.SparkUserAppException;

/** All jobs for one snapshot or a range of them, in order; described in jobs/nightly.conf. */
public final class NightlyJob {

  private NightlyJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("nightly", args, NightlyJob::run);
  }

  static void run(JobContext context) {
    JobRunner.step("ingest", context, IngestJob::run);
    JobRunner.step("expose", context, ExposeJob::run);
    JobRunner.step("measure", context, MeasureJob::run);
    JobRunner.step("index", context, IndexJob::run);
    JobRunner.step("churn", context, ChurnJob::run);
    JobRunner.step("trend", context, TrendJob::run);
    JobRunner.step("survival", context, SurvivalJob::run);
    JobRunner.step("release", context, ReleaseJob::run);
    JobRunner.step("report", context, ReportJob::run);
  }
}

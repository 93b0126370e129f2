package org.exposureatlas.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkUserAppException;

/** All jobs for one snapshot or a range of them, in order; described in jobs/nightly.conf. */
public final class NightlyJob {

  /** What comes between {@code expose} and {@code release}. */
  static final List<Step> AFTER_EXPOSE =
      List.of(
          Step.of("measure", MeasureJob::run, MeasureJob::rowsRead),
          Step.after("measure", "index", IndexJob::run, IndexJob::rowsRead),
          Step.of("churn", ChurnJob::run, ChurnJob::rowsRead),
          Step.after("measure", "trend", TrendJob::run, TrendJob::rowsRead),
          Step.of("survival", SurvivalJob::run, SurvivalJob::rowsRead));

  private NightlyJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("nightly", args, NightlyJob::run);
  }

  static void run(JobContext context) {
    runWith(AFTER_EXPOSE, context);
  }

  /** The same with some of the steps of {@link #AFTER_EXPOSE}. */
  static void runWith(List<Step> afterExpose, JobContext context) {
    JobRunner.step("ingest", context, IngestJob::run);
    JobRunner.step("expose", context, ExposeJob::run);
    List<Step> small = small(context, afterExpose);
    ConcurrentSteps.run(small, context);
    afterExpose.stream()
        .filter(step -> !small.contains(step))
        .forEach(step -> JobRunner.step(step.name(), context, step.job()));
    JobRunner.step("release", context, ReleaseJob::run);
    JobRunner.step("report", context, ReportJob::run);
  }

  /** Those that read few rows, and so does the step that they come after. */
  static List<Step> small(JobContext context, List<Step> steps) {
    Map<String, Step> small = new LinkedHashMap<>();
    for (Step step : steps) {
      boolean isReady = step.after().map(small::containsKey).orElse(true);
      if (isReady && step.rowsRead().applyAsLong(context) <= SmallWork.MOST_ROWS) {
        small.put(step.name(), step);
      }
    }
    return List.copyOf(small.values());
  }
}

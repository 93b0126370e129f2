package org.exposureatlas.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkUserAppException;
import org.exposureatlas.config.Arguments;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.release.PublishedRelease;

/** Simulates a world and runs every job on it; described in jobs/demo.conf. */
public final class DemoJob {

  private static final String DEFAULT_FOLDER = "atlas-demo";

  private DemoJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("demo", args, DemoJob::configure, DemoJob::run);
  }

  /** All four folders lie below {@code --out}, unless a setting puts one elsewhere. */
  static JobConfig configure(Map<String, String> settings, String... args) {
    String folder = Arguments.parse(args).value("--out").orElse(DEFAULT_FOLDER);
    Map<String, String> placed = new HashMap<>(settings);
    for (String part : List.of("raw", "geoip", "warehouse", "releases")) {
      placed.putIfAbsent("spark.atlas." + part, folder + "/" + part);
    }
    JobConfig config = JobConfig.of(placed, args);
    if (config.range().isPresent()) {
      return config;
    }
    SnapshotRange range = SimulateJob.range(config);
    List<String> withRange = new ArrayList<>(List.of(args));
    withRange.addAll(List.of("--from", range.from().toString(), "--to", range.to().toString()));
    return JobConfig.of(placed, withRange.toArray(String[]::new));
  }

  static void run(JobContext context) {
    JobRunner.step("simulate", context, SimulateJob::run);
    NightlyJob.run(context);
    Summary.print(context);
    PublishedRelease release =
        PublishedRelease.latest(
                context.hadoop(), context.config().releases(), ReleaseJob.id(context))
            .orElseThrow();
    context
        .console()
        .result(
            "%nThe world is simulated: these figures say nothing about any country.%n"
                + "release  %s%nreport   %s",
            release.folder(), new Path(release.folder(), ReportJob.PAGE));
  }
}

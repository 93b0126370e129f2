package org.exposureatlas.job;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkUserAppException;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.source.RawInput;
import org.exposureatlas.source.ScanSource;

/** Lists the scan sources that can be read; described in jobs/sources.conf. */
public final class SourcesJob {

  private SourcesJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("sources", args, SourcesJob::print);
  }

  static void print(JobConfig config, Console console) {
    for (ScanSource source : KnownSources.of(config, new Configuration())) {
      console.result("%s%n  versions  %s", source.name(), source.versions());
      for (RawInput input : source.inputs()) {
        console.result(
            "  files     %s, read by %s%n  fields    %s",
            String.join(" ", input.endings()), input.reader(), String.join(", ", input.fields()));
      }
    }
  }
}

package org.exposureatlas.job;

import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.release.PublishedRelease;
import org.exposureatlas.report.Report;
import org.exposureatlas.schema.CountryExposure;

/** Writes report.html beside the data of a release; described in jobs/report.conf. */
public final class ReportJob {

  /** File name of the report in the folder of a release. */
  static final String PAGE = "report.html";

  private ReportJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("report", args, ReportJob::run);
  }

  static void run(JobContext context) {
    String root = context.config().releases();
    String id = ReleaseJob.id(context);
    PublishedRelease release =
        PublishedRelease.latest(context.hadoop(), root, id)
            .orElseThrow(() -> new MissingInputException("release", id, root));
    Dataset<Row> countries = release.table(context.spark(), CountryExposure.TABLE);
    Path page =
        release.addPage(
            PAGE, Report.page(release.manifest(), release.lastDay(context.spark()), countries));
    context.console().progress("  %s", page);
  }
}

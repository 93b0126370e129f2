package org.exposureatlas.job;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.release.Release;
import org.exposureatlas.release.ReleaseContent;
import org.exposureatlas.release.ReleaseWriter;
import org.exposureatlas.schema.Run;
import org.exposureatlas.schema.TableSchema;

/** Releases the public tables up to the last date asked for; described in jobs/release.conf. */
public final class ReleaseJob {

  private ReleaseJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("release", args, ReleaseJob::run);
  }

  static void run(JobContext context) {
    LocalDate last = context.config().dates().to();
    Inputs.requireSnapshots(context, SnapshotRange.day(last));
    Release release =
        ReleaseWriter.write(
            context.hadoop(),
            context.config().releases(),
            new ReleaseContent(
                id(context),
                last,
                context.config().release().minHosts(),
                CodeVersion.text(),
                origin(context),
                tables(context)));
    context
        .console()
        .progress(
            "  release %s %s in %s, %,d of its data files taken over",
            release.name(), outcome(release.outcome()), release.folder(), release.takenOverCount());
  }

  private static ReleaseContent.Tables tables(JobContext context) {
    return new ReleaseContent.Tables() {
      @Override
      public String version(TableSchema table) {
        return context.version(table);
      }

      @Override
      public NavigableMap<LocalDate, String> days(TableSchema table) {
        NavigableMap<LocalDate, String> versions = new TreeMap<>();
        context.days(table).forEach((day, stored) -> versions.put(day, stored.version()));
        return versions;
      }

      @Override
      public Dataset<Row> readWithout(TableSchema table, Set<LocalDate> days) {
        return context.readWithout(table, days);
      }
    };
  }

  /** Name of the release: by setting, or the last snapshot date. */
  static String id(JobContext context) {
    return context
        .config()
        .release()
        .id()
        .orElseGet(() -> context.config().dates().to().toString());
  }

  /** One simulated snapshot among the ingested ones makes the whole release simulated. */
  private static ReleaseContent.Origin origin(JobContext context) {
    boolean none =
        context
            .read(Run.TABLE)
            .where(functions.map_contains_key(Run.INPUTS.col(), IngestJob.SIMULATED))
            .isEmpty();
    return none ? ReleaseContent.Origin.SCANNED : ReleaseContent.Origin.SIMULATED;
  }

  private static String outcome(Release.Outcome outcome) {
    return switch (outcome) {
      case NEW -> "written";
      case UNCHANGED -> "unchanged";
      case REVISED -> "written, because the figures of this id changed,";
    };
  }
}

package org.exposureatlas.job;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Break;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.store.Publication;
import org.exposureatlas.trend.Breaks;
import org.exposureatlas.trend.Calendar;
import org.exposureatlas.trend.CountryTrends;

/**
 * Breaks, and trends of every country, as of the last date asked for; described in jobs/trend.conf.
 */
public final class TrendJob {

  /** The longest look back beside the windows: change_365d. */
  private static final int HISTORY_DAYS = 366;

  private TrendJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("trend", args, TrendJob::run);
  }

  /** About how many rows it reads. */
  static long rowsRead(JobContext context) {
    SnapshotRange history = history(context);
    return context.rowCount(CountryExposure.TABLE, history)
        + context.rowCount(CountryServiceExposure.TABLE, history);
  }

  static void run(JobContext context) {
    SnapshotRange asOf = SnapshotRange.day(context.config().dates().to());
    Inputs.requireSnapshots(context, asOf);
    List<Integer> windows = context.config().trendWindows();
    SnapshotRange history = history(context);
    Dataset<Row> byCountry = context.read(CountryExposure.TABLE, history);
    List<LocalDate> measured =
        byCountry
            .where(CountryExposure.HOST_COUNT.col().isNotNull())
            .select(CountryExposure.SNAPSHOT_DATE.col())
            .distinct()
            .as(Encoders.LOCALDATE())
            .collectAsList();
    List<Row> breaks = Breaks.asOf(context.rows(SnapshotQuality.TABLE, history), asOf.to());
    context.publish(
        asOf,
        Publication.of(Break.TABLE, context.spark().createDataFrame(breaks, Break.TABLE.relaxed())),
        Publication.of(
            CountryTrend.TABLE,
            CountryTrends.trend(
                byCountry,
                context.read(CountryServiceExposure.TABLE, history),
                Calendar.of(measured, Breaks.methodChanges(breaks)),
                asOf.to(),
                windows)));
  }

  private static SnapshotRange history(JobContext context) {
    LocalDate last = context.config().dates().to();
    int days = context.config().trendWindows().stream().reduce(HISTORY_DAYS, Math::max);
    return new SnapshotRange(last.minusDays(days), last);
  }
}

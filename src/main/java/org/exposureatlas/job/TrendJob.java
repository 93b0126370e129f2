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
import org.exposureatlas.schema.Field;
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
        days(
            byCountry.where(CountryExposure.HOST_COUNT.col().isNotNull()),
            CountryExposure.SNAPSHOT_DATE);
    context.publish(
        asOf,
        List.of(
            Publication.of(
                Break.TABLE, Breaks.asOf(context.read(SnapshotQuality.TABLE, history), asOf.to())),
            new Publication(
                CountryTrend.TABLE,
                staged ->
                    CountryTrends.trend(
                        byCountry,
                        context.read(CountryServiceExposure.TABLE, history),
                        Calendar.of(measured, methodChanges(staged.read(Break.TABLE))),
                        asOf.to(),
                        windows))),
        written -> {});
  }

  private static SnapshotRange history(JobContext context) {
    LocalDate last = context.config().dates().to();
    int days = context.config().trendWindows().stream().reduce(HISTORY_DAYS, Math::max);
    return new SnapshotRange(last.minusDays(days), last);
  }

  private static List<LocalDate> methodChanges(Dataset<Row> breaks) {
    return days(breaks.where(Break.KIND.col().equalTo(Breaks.METHOD_CHANGE)), Break.FROM_DATE);
  }

  private static List<LocalDate> days(Dataset<Row> rows, Field date) {
    return rows.select(date.col()).distinct().as(Encoders.LOCALDATE()).collectAsList();
  }
}

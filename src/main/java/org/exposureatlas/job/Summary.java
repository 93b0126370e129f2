package org.exposureatlas.job;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryTrend;

/** The country ranking of one day as a table for the console. */
final class Summary {

  private static final int COUNTRIES = 10;
  private static final double TERABYTE = 1e12;

  private Summary() {}

  /** Prints the countries with most clean bytes on the last date. */
  static void print(JobContext context) {
    SnapshotRange last = SnapshotRange.day(context.config().dates().to());
    int window = context.config().trendWindows().get(0);
    Map<String, String> verdicts = verdicts(context.read(CountryTrend.TABLE, last), window);
    List<Row> rows =
        context
            .read(CountryRank.TABLE, last)
            .where(CountryRank.MEASURE.col().equalTo(CountryExposure.CLEAN_BYTES.name()))
            .join(
                context.read(CountryExposure.TABLE, last),
                new String[] {CountryRank.SNAPSHOT_DATE.name(), CountryRank.COUNTRY_CODE.name()})
            .orderBy(CountryRank.RANK.col(), CountryRank.COUNTRY_CODE.col())
            .limit(COUNTRIES)
            .collectAsList();
    context
        .console()
        .result(
            "%nOpen data by country on %s, TB = 10^12 bytes%n%n"
                + "%4s  %-8s%10s%8s%13s%12s%8s  %s",
            last,
            "rank",
            "country",
            "clean TB",
            "share",
            "reported TB",
            "exposures",
            "hosts",
            "trend in " + window + " days");
    rows.forEach(row -> print(context.console(), row, verdicts));
  }

  private static void print(Console console, Row row, Map<String, String> verdicts) {
    String code = row.getAs(CountryRank.COUNTRY_CODE.name());
    console.result(
        "%4d  %-8s%10.1f%7.1f%%%13.1f%,12d%,8d  %s",
        row.<Integer>getAs(CountryRank.RANK.name()),
        code,
        row.<Long>getAs(CountryRank.VALUE.name()) / TERABYTE,
        100 * row.<Double>getAs(CountryRank.SHARE.name()),
        row.<Long>getAs(CountryExposure.REPORTED_BYTES.name()) / TERABYTE,
        row.<Long>getAs(CountryExposure.EXPOSURE_COUNT.name()),
        row.<Long>getAs(CountryExposure.HOST_COUNT.name()),
        verdicts.getOrDefault(code, ""));
  }

  private static Map<String, String> verdicts(Dataset<Row> trends, int window) {
    return trends
        .where(CountryTrend.SERVICE_TYPE.col().equalTo("all"))
        .where(CountryTrend.MEASURE.col().equalTo(CountryExposure.CLEAN_BYTES.name()))
        .where(CountryTrend.WINDOW_DAYS.col().equalTo(window))
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs(CountryTrend.COUNTRY_CODE.name()),
                row -> row.getAs(CountryTrend.VERDICT.name())));
  }
}

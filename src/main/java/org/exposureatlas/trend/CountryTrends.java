package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.RowGroups;
import org.exposureatlas.statistics.BenjaminiHochberg;

/**
 * Whether the figures of a country rise or fall: one row per country, service type, measure and
 * window.
 */
public final class CountryTrends {

  private static final List<Field> MEASURES =
      List.of(
          CountryExposure.CLEAN_BYTES,
          CountryExposure.DEDUPLICATED_BYTES,
          CountryExposure.EXPOSURE_COUNT,
          CountryExposure.HOST_COUNT);

  private static final String ALL_SERVICES = "all";
  private static final String VALUE = "value";
  private static final String ENTRY = "entry";
  private static final String SIGNIFICANT_VERDICT = "significant_verdict";
  private static final String SIGNIFICANT_TEXT = "significant_text";
  private static final double SIGNIFICANT = 0.05;

  /** Columns of {@link CountryTrend} as if no test were significant, and what is said if it is. */
  private static final StructType UNJUDGED =
      CountryTrend.TABLE
          .relaxed()
          .add(SIGNIFICANT_VERDICT, DataTypes.StringType)
          .add(SIGNIFICANT_TEXT, DataTypes.StringType);

  private CountryTrends() {}

  /**
   * Trends as of a day.
   *
   * @param byCountry {@link CountryExposure} of all snapshots up to {@code asOf} that are to be
   *     looked at
   * @param byCountryAndService {@link CountryServiceExposure} of the same
   * @param calendar the measured snapshots among them, and changes of method
   * @param windowDays lengths of the windows that end at {@code asOf}
   */
  public static Dataset<Row> trend(
      Dataset<Row> byCountry,
      Dataset<Row> byCountryAndService,
      Calendar calendar,
      LocalDate asOf,
      List<Integer> windowDays) {
    Dataset<Row> unjudged =
        RowGroups.made(
            values(byCountry, lit(ALL_SERVICES))
                .unionByName(
                    values(byCountryAndService, CountryServiceExposure.SERVICE_TYPE.col())),
            List.of(CountryTrend.COUNTRY_CODE, CountryTrend.SERVICE_TYPE, CountryTrend.MEASURE),
            rows -> ofSeries(rows, calendar, asOf, windowDays),
            UNJUDGED);
    return RowGroups.made(
        unjudged,
        List.of(CountryTrend.MEASURE, CountryTrend.WINDOW_DAYS),
        CountryTrends::judged,
        CountryTrend.TABLE.relaxed());
  }

  private static Dataset<Row> values(Dataset<Row> rows, Column service) {
    Column[] entries =
        MEASURES.stream()
            .map(
                field ->
                    struct(
                        lit(field.name()).as(CountryTrend.MEASURE.name()), field.col().as(VALUE)))
            .toArray(Column[]::new);
    Column entry = functions.col(ENTRY);
    return rows.select(
            CountryExposure.SNAPSHOT_DATE.col(),
            CountryExposure.COUNTRY_CODE.col(),
            CountryTrend.SERVICE_TYPE.from(service),
            explode(array(entries)).as(ENTRY))
        .select(
            CountryExposure.SNAPSHOT_DATE.col(),
            CountryExposure.COUNTRY_CODE.col(),
            CountryTrend.SERVICE_TYPE.col(),
            entry.getField(CountryTrend.MEASURE.name()).as(CountryTrend.MEASURE.name()),
            entry.getField(VALUE).as(VALUE))
        .where(functions.col(VALUE).isNotNull());
  }

  private static List<Row> ofSeries(
      List<Row> rows, Calendar calendar, LocalDate asOf, List<Integer> windowDays) {
    Row first = rows.get(0);
    String[] key = {first.getString(1), first.getString(2), first.getString(3)};
    Map<LocalDate, Long> values = new HashMap<>();
    rows.forEach(row -> values.put(row.getDate(0).toLocalDate(), row.getLong(4)));
    Series series = Series.of(calendar.measured(), values);
    List<Row> trends = new ArrayList<>();
    for (int days : windowDays) {
      Trend trend = Trend.of(series, calendar, asOf, days);
      trends.add(row(asOf, key, days, series, trend));
    }
    return trends;
  }

  private static Row row(LocalDate asOf, String[] key, int days, Series series, Trend trend) {
    boolean isSloped = trend.slope() != null;
    boolean isTested = trend.test() != null;
    Verdict flat = Verdict.of(trend, days, Verdict.Evidence.WEAK);
    Verdict significant = Verdict.of(trend, days, Verdict.Evidence.STRONG);
    return RowFactory.create(
        Date.valueOf(asOf),
        key[0],
        key[1],
        key[2],
        days,
        trend.series().size(),
        isSloped ? trend.slope().slope() : null,
        isSloped ? known(trend.slope().low()) : null,
        isSloped ? known(trend.slope().high()) : null,
        isTested ? trend.test().name() : null,
        isTested ? trend.test().z() : null,
        isTested ? trend.test().pValue() : null,
        null,
        series.change(asOf, 7),
        series.change(asOf, 28),
        series.change(asOf, 365),
        dates(trend.changePoints()),
        flat.word(),
        flat.text(),
        significant.word(),
        significant.text());
  }

  private static Date[] dates(List<LocalDate> days) {
    return days == null ? null : days.stream().map(Date::valueOf).toArray(Date[]::new);
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  /** All series of a measure and window together, because their p-values are judged together. */
  private static List<Row> judged(List<Row> trends) {
    int pValue = place(CountryTrend.P_VALUE.name());
    double[] qValues =
        BenjaminiHochberg.qValues(
            trends.stream()
                .filter(trend -> !trend.isNullAt(pValue))
                .mapToDouble(trend -> trend.getDouble(pValue))
                .toArray());
    List<Row> judged = new ArrayList<>();
    int next = 0;
    for (Row trend : trends) {
      judged.add(judged(trend, trend.isNullAt(pValue) ? null : (Double) qValues[next++]));
    }
    return judged;
  }

  private static Row judged(Row trend, Double qValue) {
    Object[] cells = new Object[CountryTrend.TABLE.structType().size()];
    Arrays.setAll(cells, trend::get);
    cells[place(CountryTrend.Q_VALUE.name())] = qValue;
    if (qValue != null && qValue < SIGNIFICANT) {
      cells[place(CountryTrend.VERDICT.name())] = trend.get(place(SIGNIFICANT_VERDICT));
      cells[place(CountryTrend.VERDICT_TEXT.name())] = trend.get(place(SIGNIFICANT_TEXT));
    }
    return RowFactory.create(cells);
  }

  /** Rows made by hand know no names. */
  private static int place(String column) {
    return UNJUDGED.fieldIndex(column);
  }
}

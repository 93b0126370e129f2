package org.exposureatlas.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CountryTrendsTest {

  private static final LocalDate LAST = LocalDate.parse("2022-07-21");

  private final List<RowBuilder> rows = new ArrayList<>();
  private final List<LocalDate> methodChanges = new ArrayList<>();

  /** Rows of a country on the last {@code days} days; {@code value} takes days before the last. */
  private void country(
      String code, int days, Predicate<LocalDate> scanned, LongUnaryOperator value) {
    for (int before = 0; before < days; before++) {
      LocalDate day = LAST.minusDays(before);
      if (scanned.test(day)) {
        rows.add(
            RowBuilder.of(CountryExposure.TABLE)
                .with(CountryExposure.SNAPSHOT_DATE, Date.valueOf(day))
                .with(CountryExposure.COUNTRY_CODE, code)
                .with(CountryExposure.CLEAN_BYTES, value.applyAsLong(before))
                .with(CountryExposure.DEDUPLICATED_BYTES, 1L)
                .with(CountryExposure.EXPOSURE_COUNT, 1L)
                .with(CountryExposure.HOST_COUNT, 1L));
      }
    }
  }

  private Row cleanTrend(SparkSession spark, String code) {
    return CountryTrends.trend(
            RowBuilder.rows(spark, CountryExposure.TABLE, rows.toArray(RowBuilder[]::new)),
            RowBuilder.rows(spark, CountryServiceExposure.TABLE),
            Calendar.of(measured(), methodChanges),
            LAST,
            List.of(28))
        .where(CountryTrend.COUNTRY_CODE.col().equalTo(code))
        .where(CountryTrend.MEASURE.col().equalTo("clean_bytes"))
        .head();
  }

  private List<LocalDate> measured() {
    return rows.stream()
        .map(RowBuilder::row)
        .filter(row -> row.get(2) != null)
        .map(row -> row.getDate(0).toLocalDate())
        .toList();
  }

  private static String verdict(Row trend) {
    return trend.getAs(CountryTrend.VERDICT.name());
  }

  @Test
  void aSteadyRiseAndAFallAreToldApart(SparkSession spark) {
    country("NL", 28, day -> true, before -> 1_000 - 10 * before);
    country("BR", 28, day -> true, before -> 1_000 + 10 * before);
    country("FI", 28, day -> true, before -> 1_000 + 7 * (before % 2));

    Row rising = cleanTrend(spark, "NL");
    assertThat(verdict(rising)).isEqualTo("rising");
    assertThat(rising.<Double>getAs("slope_per_day")).isEqualTo(10);
    assertThat(rising.<Double>getAs("change_7d")).isCloseTo(1_000.0 / 930 - 1, within(1e-12));
    assertThat(rising.<Double>getAs("q_value")).isLessThan(0.001);
    assertThat(verdict(cleanTrend(spark, "BR"))).isEqualTo("falling");
    assertThat(verdict(cleanTrend(spark, "FI"))).isEqualTo("flat");
  }

  @Test
  void aMissingDayIsMissingAndNotZero(SparkSession spark) {
    country("NL", 28, day -> !day.equals(LAST.minusDays(7)), before -> 1_000);

    Row trend = cleanTrend(spark, "NL");
    assertThat(verdict(trend)).isEqualTo("flat");
    assertThat(trend.<Integer>getAs("snapshot_count")).isEqualTo(27);
    assertThat(trend.<Double>getAs("slope_per_day")).isZero();
    assertThat(trend.<Double>getAs("change_7d")).isNull();
  }

  @Test
  void aLongGapBreaksTheSeriesAndFewSnapshotsAreTooShort(SparkSession spark) {
    country(
        "NL",
        28,
        day -> day.isAfter(LAST.minusDays(8)) || day.isBefore(LAST.minusDays(14)),
        before -> 9);
    assertThat(verdict(cleanTrend(spark, "NL"))).isEqualTo("flat");

    rows.clear();
    country(
        "NL",
        28,
        day -> day.isAfter(LAST.minusDays(8)) || day.isBefore(LAST.minusDays(15)),
        before -> 9);
    assertThat(verdict(cleanTrend(spark, "NL"))).isEqualTo("broken");

    rows.clear();
    country("NL", 7, day -> true, before -> 9);
    assertThat(verdict(cleanTrend(spark, "NL"))).isEqualTo("too_short");
  }

  @Test
  void aCountryThatAppearsRisesFromZero(SparkSession spark) {
    country("NL", 28, day -> true, before -> 5);
    country("BR", 3, day -> true, before -> 5);

    Row trend = cleanTrend(spark, "BR");
    assertThat(trend.<Integer>getAs("snapshot_count")).isEqualTo(28);
    assertThat(trend.<Double>getAs("change_7d")).isNull();
  }

  @Test
  void aPartialDayIsMissingAndNotZero(SparkSession spark) {
    country("NL", 28, day -> !day.equals(LAST.minusDays(3)), before -> 1_000 + before % 3);
    rows.add(
        RowBuilder.of(CountryExposure.TABLE)
            .with(CountryExposure.SNAPSHOT_DATE, Date.valueOf(LAST.minusDays(3)))
            .with(CountryExposure.COUNTRY_CODE, "NL"));

    Row trend = cleanTrend(spark, "NL");
    assertThat(trend.<Integer>getAs("snapshot_count")).isEqualTo(27);
    assertThat(verdict(trend)).isEqualTo("flat");
    assertThat(trend.getList(trend.fieldIndex("change_points"))).isEmpty();
  }

  @Test
  void anOutageYieldsNoFallingVerdictWhereverItLies(SparkSession spark) {
    for (int first = 0; first < 24; first += 4) {
      int start = first;
      rows.clear();
      country(
          "NL",
          28,
          day -> day.isAfter(LAST.minusDays(start)) || day.isBefore(LAST.minusDays(start + 4)),
          before -> 1_000 + before % 3);
      assertThat(verdict(cleanTrend(spark, "NL")))
          .as("outage of five days, the last %d days ago", start)
          .isEqualTo(start == 0 ? "broken" : "flat");
    }
  }

  @Test
  void aPlantedStepIsFoundWithinOneSnapshot(SparkSession spark) {
    country("NL", 28, day -> true, before -> (before < 9 ? 2_000 : 1_000) + 7 * (before % 3));

    Row trend = cleanTrend(spark, "NL");
    assertThat(trend.<Date>getList(trend.fieldIndex("change_points")))
        .containsExactly(Date.valueOf(LAST.minusDays(8)));
  }

  @Test
  void figuresMadeByAnotherMethodAreNotCompared(SparkSession spark) {
    country("NL", 28, day -> true, before -> (before < 20 ? 2_000 : 9_000) + 7 * (before % 3));
    country("BR", 28, day -> true, before -> (before < 20 ? 2_000 : 9_000) + 7 * (before % 3));
    methodChanges.add(LAST.minusDays(19));

    Row trend = cleanTrend(spark, "NL");
    assertThat(trend.<Integer>getAs("snapshot_count")).isEqualTo(20);
    assertThat(trend.<Double>getAs("slope_per_day")).isZero();
    assertThat(trend.getList(trend.fieldIndex("change_points"))).isEmpty();
    assertThat(verdict(trend)).isEqualTo("too_short");
    assertThat(trend.<String>getAs("verdict_text")).startsWith("No verdict yet");
  }

  @Test
  void theVerdictIsSaidInASentence(SparkSession spark) {
    country("NL", 28, day -> true, before -> 1_000 - 10 * before);

    assertThat(cleanTrend(spark, "NL").<String>getAs("verdict_text"))
        .isEqualTo("Rising by 31.2 % in 28 days (95 % interval 31.2 % to 31.2 %).");
  }
}

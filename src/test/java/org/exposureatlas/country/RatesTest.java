package org.exposureatlas.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.statistics.EmpiricalBayes;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RatesTest {

  private static final String EDITION = "test/2022-07-01";
  private static final Map<String, Long> ADDRESSES =
      Map.of("NL", 40_000_000L, "BR", 80_000_000L, "LI", 200L);

  private final List<RowBuilder> countries = new ArrayList<>();

  private void country(String code, Long exposures) {
    RowBuilder row =
        RowBuilder.of(CountryExposure.TABLE)
            .with(CountryExposure.SNAPSHOT_DATE, Date.valueOf("2022-07-21"))
            .with(CountryExposure.COUNTRY_CODE, code)
            .with(CountryExposure.GEO_EDITION, EDITION);
    if (exposures != null) {
      row.with(CountryExposure.EXPOSURE_COUNT, exposures)
          .with(CountryExposure.HOST_COUNT, exposures)
          .with(CountryExposure.CLEAN_BYTES, exposures * 1_000);
    }
    countries.add(row);
  }

  private Map<String, Row> ranked(SparkSession spark, String measure) {
    Dataset<Row> addresses =
        spark.createDataFrame(
            ADDRESSES.entrySet().stream()
                .map(entry -> Bases.addresses(EDITION, entry.getKey(), entry.getValue()))
                .toList(),
            Bases.ADDRESSES);
    Dataset<Row> economies = spark.createDataFrame(Bases.economies(Set.of(2022)), Bases.ECONOMIES);
    return CountryRanking.ranked(
            RowBuilder.rows(spark, CountryExposure.TABLE, countries.toArray(RowBuilder[]::new)),
            addresses,
            economies,
            CountryAggregation.resamples(
                CountryAggregation.parts(RowBuilder.rows(spark, Exposure.TABLE), 0)))
        .where(CountryRank.MEASURE.col().equalTo(measure))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getAs("country_code"), row -> row));
  }

  @Test
  void figuresPerPersonAndDollarTakeTheNewestYearUpToTheSnapshot(SparkSession spark) {
    country("NL", 600L);
    country("XX", 5L);
    Map<String, Row> ranked = ranked(spark, "clean_bytes");

    assertThat(ranked.get("NL").<Double>getAs("value_per_million_people"))
        .isCloseTo(600_000 / 17.700982, within(1e-6));
    assertThat(ranked.get("NL").<Double>getAs("value_per_billion_gdp"))
        .isCloseTo(600_000 / 1_009.398719033, within(1e-6));
    assertThat(ranked.get("XX").<Double>getAs("value_per_million_people")).isNull();
    assertThat(ranked.get("XX").<Double>getAs("value_per_billion_gdp")).isNull();
    assertThat(ranked.get("XX").<Double>getAs("value_per_million_ipv4")).isNull();
  }

  @Test
  void aFigureOfMoreThanFiveYearsBeforeIsNotTaken() {
    YearlyFigures gdp = YearlyFigures.load("gdp.csv");

    assertThat(gdp.asOf("ER", 2011)).isPositive();
    assertThat(gdp.asOf("ER", 2016)).isEqualTo(gdp.asOf("ER", 2011));
    assertThat(gdp.asOf("ER", 2017)).isNull();
    assertThat(gdp.asOf("NL", 2009)).isNull();
    assertThat(gdp.asOf("ZZ", 2022)).isNull();
  }

  @Test
  void ratesOfCountsOnASmallBaseAreDrawnToTheMeanAndMarked(SparkSession spark) {
    country("NL", 400L);
    country("BR", 240L);
    country("LI", 1L);
    Map<String, Row> counts = ranked(spark, "exposure_count");
    EmpiricalBayes expected =
        EmpiricalBayes.fit(new double[] {240, 1, 400}, new double[] {80, 0.0002, 40});

    assertThat(counts.get("LI").<Double>getAs("value_per_million_ipv4"))
        .isCloseTo(5_000, within(1e-6));
    assertThat(counts.get("LI").<Double>getAs("shrunk_per_million_ipv4"))
        .isEqualTo(expected.rate(1, 0.0002))
        .isLessThan(100);
    assertThat(counts.get("NL").<Double>getAs("shrunk_per_million_ipv4"))
        .isCloseTo(10, within(0.1));
    assertThat(ranked(spark, "clean_bytes").values())
        .extracting(
            row -> row.getAs("country_code"),
            row -> row.getAs("shrunk_per_million_ipv4"),
            row -> row.<String>getList(row.fieldIndex("small_bases")).contains("ipv4"))
        .containsExactlyInAnyOrder(
            tuple("NL", null, false), tuple("BR", null, false), tuple("LI", null, true));
  }

  @Test
  void aPartialSnapshotHasNoRates(SparkSession spark) {
    country("NL", null);
    Row row = ranked(spark, "host_count").get("NL");

    assertThat(row.<Double>getAs("value_per_million_people")).isNull();
    assertThat(row.<Double>getAs("shrunk_per_million_people")).isNull();
    assertThat(row.<Object>getAs("small_bases")).isNull();
  }
}

package org.exposureatlas.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Intervals, ranks with their bounds, and concentration, as they stand in the tables. */
@ExtendWith(SparkExtension.class)
class CertaintyTest {

  private static final int REPLICATES = 200;

  /** The three tables of a snapshot. */
  private record Tables(List<Row> services, List<Row> countries, List<Row> ranks) {

    static Tables of(Dataset<Row> exposures, int replicates) {
      Dataset<Row> parts = CountryAggregation.parts(exposures, replicates).persist();
      Dataset<Row> cells =
          exposures
              .select(
                  Exposure.SNAPSHOT_DATE.col(),
                  Exposure.COUNTRY_CODE.col(),
                  Exposure.SERVICE_TYPE.col())
              .distinct()
              .union(
                  exposures
                      .sparkSession()
                      .sql("SELECT DATE '2022-07-21', 'LI' AS country_code, 'redis'"))
              .withColumn(CountryExposure.GEO_EDITION.name(), functions.lit("test/2022-07-01"));
      Dataset<Row> countries =
          CountryAggregation.byCountry(exposures, parts, Cells.byCountry(cells)).persist();
      SparkSession spark = exposures.sparkSession();
      Dataset<Row> addresses =
          spark.createDataFrame(
              List.of(
                  Bases.addresses("test/2022-07-01", "AA", 4_000_000),
                  Bases.addresses("test/2022-07-01", "BB", 1_000_000),
                  Bases.addresses("test/2022-07-01", "CC", 10),
                  Bases.addresses("test/2022-07-01", "LI", 9)),
              Bases.ADDRESSES);
      Dataset<Row> economies =
          spark.createDataFrame(Bases.economies(Set.of(2022)), Bases.ECONOMIES);
      Tables tables =
          new Tables(
              sorted(CountryAggregation.byCountryAndService(exposures, parts, cells)),
              sorted(countries),
              sorted(
                  CountryRanking.ranked(
                      countries, addresses, economies, CountryAggregation.resamples(parts))));
      countries.unpersist();
      parts.unpersist();
      return tables;
    }

    private static List<Row> sorted(Dataset<Row> rows) {
      List<Row> sorted = new ArrayList<>(rows.collectAsList());
      sorted.sort((one, other) -> one.toString().compareTo(other.toString()));
      return sorted;
    }

    Map<String, Row> country() {
      return countries.stream()
          .collect(Collectors.toMap(row -> row.getAs("country_code"), Function.identity()));
    }

    Map<String, Row> rank(Field measure) {
      return ranks.stream()
          .filter(row -> row.getAs("measure").equals(measure.name()))
          .collect(Collectors.toMap(row -> row.getAs("country_code"), Function.identity()));
    }
  }

  private static List<Row> exposures;
  private static Tables tables;

  /** Heavy tails in AA, equal sizes in BB, two stores in CC, and what has no country. */
  @BeforeAll
  static void world() {
    exposures = new ArrayList<>();
    for (int i = 1; i <= 120; i++) {
      exposures.add(exposure("AA", i % 2 == 0 ? "redis" : "mongodb", i, 100_000_000L / i));
      exposures.add(exposure("BB", "mongodb", 200 + i, 4_000_000L));
    }
    exposures.add(exposure("CC", "mysql", 400, 1_000L));
    exposures.add(exposure("CC", "mysql", 401, null));
    exposures.add(exposure("ZZ", "mysql", 402, 50_000_000L));
    tables = Tables.of(dataset(exposures), REPLICATES);
  }

  private static Row exposure(String country, String service, int number, Long size) {
    return RowBuilder.of(Exposure.TABLE)
        .with(Exposure.SNAPSHOT_DATE, Date.valueOf("2022-07-21"))
        .with(Exposure.STORE_KEY, "store-" + number)
        .with(Exposure.COUNTRY_CODE, country)
        .with(Exposure.SERVICE_TYPE, service)
        .with(Exposure.SIZE_BYTES, size)
        .with(Exposure.SIZE_SEMANTICS, size == null ? "absent" : "logical")
        .with(Exposure.REPORTED_BYTES, size)
        .with(Exposure.MEMBER_COUNT, 1L)
        .with(Exposure.HOST_COUNT, 1L)
        .with(Exposure.HOSTS, List.of("192.0.2." + number % 250))
        .with(Exposure.IS_HONEYPOT, false)
        .with(Exposure.INFECTED, false)
        .with(Exposure.IS_CLEAN, true)
        .row();
  }

  private static Dataset<Row> dataset(List<Row> rows) {
    return SparkExtension.session().createDataFrame(rows, Exposure.TABLE.relaxed());
  }

  private static Number number(Row row, Field field) {
    return row.getAs(field.name());
  }

  private static double value(Row row, Field field) {
    return number(row, field).doubleValue();
  }

  @Test
  void rowOrderPartitionsAndShufflesChangeNoDigit(SparkSession spark) {
    List<Row> shuffled = new ArrayList<>(exposures);
    Collections.shuffle(shuffled, new Random(7));
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.shuffle.partitions", "5");
    Tables found =
        Tables.of(
            other.createDataFrame(shuffled, Exposure.TABLE.relaxed()).repartition(7), REPLICATES);

    assertThat(texts(found.services())).isEqualTo(texts(tables.services()));
    assertThat(texts(found.countries())).isEqualTo(texts(tables.countries()));
    assertThat(texts(found.ranks())).isEqualTo(texts(tables.ranks()));
  }

  /** Everything of a row, bytes of sketches included. */
  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(CertaintyTest::text).toList();
  }

  private static String text(Row row) {
    Object[] cells = new Object[row.size()];
    Arrays.setAll(
        cells, i -> row.get(i) instanceof byte[] bytes ? Arrays.toString(bytes) : row.get(i));
    return Arrays.toString(cells);
  }

  @Test
  void intervalsHoldTheirFigure() {
    Row equal = tables.country().get("BB");

    assertThat(value(equal, CountryExposure.EXPOSURE_COUNT)).isEqualTo(120);
    assertThat(value(equal, CountryExposure.EXPOSURE_COUNT_LOW95)).isBetween(90.0, 105.0);
    assertThat(value(equal, CountryExposure.EXPOSURE_COUNT_HIGH95)).isBetween(135.0, 150.0);
    assertThat(value(equal, CountryExposure.CLEAN_BYTES_LOW95))
        .isEqualTo(4e6 * value(equal, CountryExposure.EXPOSURE_COUNT_LOW95), within(4e6));
    assertThat(number(equal, CountryExposure.HOST_COUNT_LOW95))
        .isEqualTo(number(equal, CountryExposure.EXPOSURE_COUNT_LOW95));
    assertThat(equal.<String>getAs("interval_method")).isEqualTo("percentile");
  }

  @Test
  void aHeavyTailIsToldByItsIndexAndWidensTheInterval() {
    Row heavy = tables.country().get("AA");

    assertThat(value(heavy, CountryExposure.TAIL_INDEX)).isBetween(0.8, 1.3);
    assertThat(value(heavy, CountryExposure.TAIL_INDEX_LOW))
        .isLessThanOrEqualTo(value(heavy, CountryExposure.TAIL_INDEX));
    assertThat(number(heavy, CountryExposure.TAIL_K_MIN)).isEqualTo(10);
    assertThat(number(heavy, CountryExposure.TAIL_K_MAX)).isEqualTo(18);
    assertThat(heavy.<String>getAs("interval_method")).isEqualTo("m_out_of_n");
    assertThat(value(heavy, CountryExposure.CLEAN_BYTES_HIGH95))
        .isGreaterThan(1.3 * value(heavy, CountryExposure.CLEAN_BYTES));
    assertThat(number(tables.country().get("BB"), CountryExposure.TAIL_INDEX)).isNull();
  }

  @Test
  void concentrationOfEqualSizesIsNone() {
    Row equal = tables.country().get("BB");

    assertThat(value(equal, CountryExposure.GINI)).isEqualTo(0, within(1e-12));
    assertThat(value(equal, CountryExposure.HHI)).isEqualTo(1.0 / 120, within(1e-12));
    assertThat(value(equal, CountryExposure.TOP1_PERCENT_SHARE))
        .isEqualTo(2.0 / 120, within(1e-12));
    List<Double> lorenz = equal.getList(equal.fieldIndex("lorenz"));
    assertThat(lorenz).hasSize(21).startsWith(0.0).endsWith(1.0);
    assertThat(lorenz.get(5)).isEqualTo(0.25, within(1e-12));
  }

  @Test
  void theReplicatesOfACountryAreThoseOfItsServices() {
    Row service =
        tables.services().stream()
            .filter(row -> row.getAs("country_code").equals("BB"))
            .findFirst()
            .orElseThrow();

    for (Field field : CellDescription.COLUMNS) {
      assertThat(tables.country().get("BB").<Object>getAs(field.name()))
          .as(field.name())
          .isEqualTo(service.getAs(field.name()));
    }
    Row heavy = tables.country().get("AA");
    assertThat(value(heavy, CountryExposure.EXPOSURE_COUNT_LOW95)).isBetween(90.0, 105.0);
    assertThat(number(tables.rank(CountryExposure.CLEAN_BYTES).get("AA"), CountryRank.VALUE_LOW95))
        .isEqualTo(number(heavy, CountryExposure.CLEAN_BYTES_LOW95));
  }

  @Test
  void ranksHaveBoundsAndTheProbabilitiesOfBeingFirstAddUp() {
    Map<String, Row> ranks = tables.rank(CountryExposure.CLEAN_BYTES);
    Row largest = ranks.get("AA");
    Row second = ranks.get("BB");

    assertThat(number(largest, CountryRank.RANK)).isEqualTo(1);
    assertThat(number(largest, CountryRank.RANK_HIGH95)).isEqualTo(2);
    assertThat(number(second, CountryRank.RANK_LOW95)).isEqualTo(1);
    assertThat(value(largest, CountryRank.FIRST_PROBABILITY)).isBetween(0.4, 0.8);
    assertThat(
            ranks.values().stream()
                .mapToDouble(row -> value(row, CountryRank.FIRST_PROBABILITY))
                .sum())
        .isEqualTo(1, within(1e-9));
    assertThat(number(ranks.get("CC"), CountryRank.RANK_LOW95)).isEqualTo(3);
    assertThat(value(largest, CountryRank.SHARE_LOW95)).isLessThan(0.5);
    assertThat(value(second, CountryRank.SHARE_HIGH95)).isBetween(0.45, 0.8);
  }

  @Test
  void ratesAreRankedAmongThoseThatHaveThem() {
    Map<String, Row> ranks = tables.rank(CountryExposure.EXPOSURE_COUNT);

    assertThat(number(ranks.get("CC"), CountryRank.RANK_PER_MILLION_IPV4)).isEqualTo(1);
    assertThat(number(ranks.get("BB"), CountryRank.RANK_PER_MILLION_IPV4)).isEqualTo(2);
    assertThat(number(ranks.get("AA"), CountryRank.RANK_PER_MILLION_IPV4)).isEqualTo(3);
    assertThat(number(ranks.get("BB"), CountryRank.RANK_PER_MILLION_IPV4_HIGH95)).isEqualTo(2);
    assertThat(value(ranks.get("CC"), CountryRank.FIRST_PROBABILITY_PER_MILLION_IPV4))
        .isBetween(0.8, 0.95);
    assertThat(number(ranks.get("CC"), CountryRank.RANK_PER_MILLION_PEOPLE)).isNull();
  }

  @Test
  void whereNothingIsMeasuredNothingIsBounded() {
    Row zero = tables.country().get("LI");
    Row ranked = tables.rank(CountryExposure.CLEAN_BYTES).get("LI");

    for (Field field : CellDescription.COLUMNS) {
      assertThat(zero.<Object>getAs(field.name())).as(field.name()).isNull();
    }
    assertThat(number(ranked, CountryRank.VALUE_HIGH95)).isNull();
    assertThat(number(ranked, CountryRank.SHARE_HIGH95)).isNull();
    assertThat(number(ranked, CountryRank.RANK)).isEqualTo(4);
    assertThat(number(ranked, CountryRank.RANK_HIGH95)).isEqualTo(4);
  }

  @Test
  void withoutReplicatesThereAreFiguresButNoBounds() {
    Tables bare = Tables.of(dataset(exposures), 0);

    assertSameBut(bare.countries(), tables.countries(), CountryExposure.TABLE, "interval_method");
    assertSameBut(bare.ranks(), tables.ranks(), CountryRank.TABLE, "first_probability");
  }

  private static void assertSameBut(
      List<Row> bare, List<Row> bounded, TableSchema table, String bound) {
    for (int i = 0; i < bounded.size(); i++) {
      for (String column : table.structType().fieldNames()) {
        boolean isBound = column.endsWith("95") || column.startsWith(bound);
        assertThat(bare.get(i).<Object>getAs(column))
            .as(column)
            .isEqualTo(isBound ? null : bounded.get(i).getAs(column));
      }
    }
  }

  @Test
  void aPartialDayHasNoFigureAtAll() {
    assertThat(figures(tables.services(), CountryServiceExposure.TABLE)).isEmpty();
    assertThat(figures(tables.countries(), CountryExposure.TABLE)).isEmpty();
    assertThat(figures(tables.ranks(), CountryRank.TABLE)).isEmpty();
  }

  /** Columns with a figure when the day of {@code rows} is found to be partial. */
  private static List<String> figures(List<Row> rows, TableSchema table) {
    List<String> known =
        List.of(
            "snapshot_date",
            "country_code",
            "service_type",
            "measure",
            "geo_edition",
            "suppressed");
    List<Row> blank =
        UnmeasuredDays.blank(
                SparkExtension.session().createDataFrame(rows, table.relaxed()),
                table,
                List.of(LocalDate.parse("2022-07-21")))
            .collectAsList();
    assertThat(blank).hasSameSizeAs(rows);
    return Arrays.stream(table.structType().fieldNames())
        .filter(column -> !known.contains(column))
        .filter(column -> blank.stream().anyMatch(row -> row.getAs(column) != null))
        .toList();
  }
}

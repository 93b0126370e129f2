package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.exposureatlas.testing.Observations.DAY;
import static org.exposureatlas.testing.Observations.sized;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.ExposeConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.country.CountryAggregation;
import org.exposureatlas.exposure.Exposures;
import org.exposureatlas.exposure.History;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Published situations, rebuilt with their margins at one store for a hundred, from observations to
 * countries. Countries that no margin is known of stand for the rest of a situation.
 */
@ExtendWith(SparkExtension.class)
class ScenariosTest {

  private static final LocalDate LAST = DAY.toLocalDate();
  private static final LocalDate BEFORE = LAST.minusDays(1);
  private static final double TERABYTE = 1e12;
  private static final ExposeConfig CONFIG = new ExposeConfig(20, 5, 0.5, List.of(), Map.of(), 28);

  private static final List<RowBuilder> WORLD = new ArrayList<>();
  private static final Map<String, Row> ROWS = new HashMap<>();
  private static int addresses;

  @BeforeAll
  static void world(SparkSession spark) {
    for (LocalDate day : List.of(BEFORE, LAST)) {
      stores(day, "CN", "elasticsearch", "stored_primary", 548, 700 * TERABYTE);
      stores(day, "US", "elasticsearch", "stored_primary", 937, 540 * TERABYTE);
      stores(day, "KR", "hdfs", "stored_replicated", 45, 5_120 * TERABYTE);
      stores(day, "KR", "mongodb", "logical", 478, 25 * TERABYTE);
      stores(day, "DE", "mongodb", "logical", 100, 100 * TERABYTE);
      stores(day, "NO", "mongodb", "logical", 10, 10 * TERABYTE);
    }
    stores(LAST, "NO", "hdfs", "stored_replicated", 1, 200 * TERABYTE);
    ransomWave();

    SnapshotRange range = new SnapshotRange(BEFORE, LAST);
    Dataset<Row> observations =
        RowBuilder.rows(spark, Observation.TABLE, WORLD.toArray(RowBuilder[]::new));
    Dataset<Row> none = History.sights(RowBuilder.rows(spark, Exposure.TABLE));
    List<Row> exposures =
        History.carry(
                Exposures.distinct(observations, observations, range, CONFIG), none, range, 28)
            .collectAsList();
    exposures.forEach(row -> ROWS.put(key(row, Exposure.STORE_KEY), row));
    Dataset<Row> built = spark.createDataFrame(exposures, Exposure.TABLE.relaxed());
    Dataset<Row> cells =
        built.select("snapshot_date", "country_code", "service_type", "geo_edition").distinct();
    Dataset<Row> parts = CountryAggregation.parts(built, 20);
    CountryAggregation.byCountry(built, parts, cells.drop("service_type").distinct())
        .collectAsList()
        .forEach(row -> ROWS.put(key(row, CountryExposure.COUNTRY_CODE), row));
    CountryAggregation.byCountryAndService(built, parts, cells)
        .collectAsList()
        .forEach(
            row ->
                ROWS.put(
                    key(row, CountryExposure.COUNTRY_CODE)
                        + " "
                        + row.getAs(CountryServiceExposure.SERVICE_TYPE.name()),
                    row));
  }

  /** January 2017: 27,000 MongoDB servers wiped and 93 TB gone, while more servers were found. */
  private static void ransomWave() {
    int first = addresses;
    stores(BEFORE, "FR", "mongodb", "logical", 270, 93 * TERABYTE);
    stores(BEFORE, "FR", "mongodb", "logical", 250, 60 * TERABYTE);
    int end = addresses;
    addresses = first;
    stores(LAST, "FR", "mongodb", "logical", 270, 270 * 4_096);
    WORLD
        .subList(WORLD.size() - 270, WORLD.size())
        .forEach(row -> row.with(Observation.INFECTED, true));
    stores(LAST, "FR", "mongodb", "logical", 250, 60 * TERABYTE);
    addresses = end;
    stores(LAST, "FR", "mongodb", "logical", 30, 1 * TERABYTE);
  }

  /** So many stores that hold so much together, no two alike. */
  private static void stores(
      LocalDate day, String country, String service, String semantics, int count, double bytes) {
    long mean = (long) (bytes / count);
    for (int i = 0; i < count; i++) {
      int number = addresses++;
      long difference = mean < 10_000 ? 0 : 2L * i + 1 - count;
      WORLD.add(
          sized("2001:db8::" + Integer.toHexString(number + 1), 9_000, service, mean + difference)
              .with(Observation.SNAPSHOT_DATE, Date.valueOf(day))
              .with(Observation.SIZE_SEMANTICS, semantics)
              .with(Observation.COUNTRY_CODE, country));
    }
  }

  private static String key(Row row, Field identity) {
    return row.getAs("snapshot_date") + " " + row.getAs(identity.name());
  }

  private static Row row(LocalDate day, String key) {
    return ROWS.get(day + " " + key);
  }

  private static double terabytes(Row row) {
    return row.<Long>getAs(CountryExposure.CLEAN_BYTES.name()) / TERABYTE;
  }

  private static long count(Row row, Field field) {
    return row.<Long>getAs(field.name());
  }

  @Test
  void chinaLeadsInVolumeAndTheUnitedStatesInCount() {
    Row china = row(LAST, "CN");
    Row states = row(LAST, "US");
    assertThat(terabytes(china)).isCloseTo(700, within(0.001));
    assertThat(terabytes(states)).isCloseTo(540, within(0.001));
    assertThat(count(china, CountryExposure.EXPOSURE_COUNT)).isEqualTo(548);
    assertThat(count(states, CountryExposure.EXPOSURE_COUNT)).isEqualTo(937);
  }

  @Test
  void aRansomWaveRaisesTheCountWhileTheVolumeFalls() {
    Row before = row(BEFORE, "FR mongodb");
    Row after = row(LAST, "FR mongodb");
    assertThat(count(after, CountryExposure.EXPOSURE_COUNT))
        .isEqualTo(550)
        .isGreaterThan(count(before, CountryExposure.EXPOSURE_COUNT));
    assertThat(terabytes(before)).isCloseTo(153, within(0.001));
    assertThat(terabytes(after)).isCloseTo(61, within(0.001));
    assertThat(count(after, CountryExposure.INFECTED_COUNT)).isEqualTo(270);
    double gone =
        ROWS.values().stream()
            .filter(row -> row.schema().getFieldIndex("bytes_before_infection").isDefined())
            .filter(row -> row.getAs("first_infected_date") != null)
            .mapToLong(row -> row.<Long>getAs(Exposure.BYTES_BEFORE_INFECTION.name()))
            .sum();
    assertThat(gone / TERABYTE).isCloseTo(93, within(0.001));
  }

  @Test
  void hdfsDwarfsAllOthersAndIsShownApart() {
    Row country = row(LAST, "KR");
    assertThat(terabytes(country)).isCloseTo(5_145, within(0.01));
    assertThat(terabytes(row(LAST, "KR hdfs"))).isCloseTo(5_120, within(0.01));
    assertThat(terabytes(row(LAST, "KR mongodb"))).isCloseTo(25, within(0.01));
    Map<String, Long> kinds =
        country.getJavaMap(country.fieldIndex(CountryExposure.BYTES_BY_SEMANTICS.name()));
    assertThat(kinds).containsOnlyKeys("logical", "stored_replicated");
    assertThat(kinds.get("logical") / TERABYTE).isCloseTo(25, within(0.01));
    assertThat(kinds.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(count(country, CountryExposure.CLEAN_BYTES));
  }

  @Test
  void oneHostThatTurnsARankingShowsInItsShare() {
    assertThat(terabytes(row(BEFORE, "NO"))).isLessThan(terabytes(row(BEFORE, "DE")));
    assertThat(terabytes(row(LAST, "NO"))).isGreaterThan(terabytes(row(LAST, "DE")));
    assertThat(row(LAST, "NO").<Double>getAs(CountryExposure.TOP1_SHARE.name()))
        .isCloseTo(200.0 / 210, within(1e-6));
    assertThat(row(LAST, "DE").<Double>getAs(CountryExposure.TOP1_SHARE.name()))
        .isCloseTo(0.01, within(1e-6));
  }
}

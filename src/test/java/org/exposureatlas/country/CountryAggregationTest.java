package org.exposureatlas.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assertj.core.data.Offset;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CountryAggregationTest {

  private static final int REPLICATES = 40;
  private static final Date DAY = Date.valueOf("2022-07-21");

  private static RowBuilder exposure(String country, String service, Long size, String... hosts) {
    return RowBuilder.of(Exposure.TABLE)
        .with(Exposure.SNAPSHOT_DATE, DAY)
        .with(Exposure.STORE_KEY, country + service + size + String.join(",", hosts))
        .with(Exposure.COUNTRY_CODE, country)
        .with(Exposure.SERVICE_TYPE, service)
        .with(Exposure.SIZE_BYTES, size)
        .with(Exposure.SIZE_SEMANTICS, size == null ? "absent" : "logical")
        .with(Exposure.REPORTED_BYTES, size == null ? null : size * hosts.length)
        .with(Exposure.MEMBER_COUNT, (long) hosts.length)
        .with(Exposure.HOST_COUNT, (long) hosts.length)
        .with(Exposure.HOSTS, List.of(hosts))
        .with(Exposure.IS_HONEYPOT, false)
        .with(Exposure.INFECTED, false)
        .with(Exposure.IS_CLEAN, true);
  }

  private static Dataset<Row> exposures(SparkSession spark, RowBuilder... rows) {
    return RowBuilder.rows(spark, Exposure.TABLE, rows);
  }

  private static Dataset<Row> cells(Dataset<Row> exposures) {
    return exposures
        .select(
            Exposure.SNAPSHOT_DATE.col(), Exposure.COUNTRY_CODE.col(), Exposure.SERVICE_TYPE.col())
        .distinct()
        .withColumn(CountryExposure.GEO_EDITION.name(), functions.lit("test/2022-07-01"));
  }

  private static Dataset<Row> byService(Dataset<Row> exposures, Dataset<Row> cells) {
    return CountryAggregation.byCountryAndService(
        exposures, CountryAggregation.parts(exposures, REPLICATES), cells);
  }

  private static Dataset<Row> byCountry(Dataset<Row> exposures) {
    return CountryAggregation.byCountry(
        exposures,
        CountryAggregation.parts(exposures, REPLICATES),
        Cells.byCountry(cells(exposures)));
  }

  private static Row country(Dataset<Row> exposures, String code) {
    return byCountry(exposures)
        .where(CountryExposure.COUNTRY_CODE.col().equalTo(code))
        .collectAsList()
        .get(0);
  }

  private static <T> T value(Row row, Field field) {
    return row.getAs(field.name());
  }

  @Test
  void countsAHostOnceHoweverManyStoresItExposes(SparkSession spark) {
    Dataset<Row> exposures =
        exposures(
            spark,
            exposure("NL", "elasticsearch", 10L, "192.0.2.1"),
            exposure("NL", "elasticsearch", 20L, "192.0.2.1"),
            exposure("BR", "elasticsearch", 5L, "198.51.100.7"));
    assertThat(byService(exposures, cells(exposures)).collectAsList())
        .extracting(
            row -> value(row, CountryServiceExposure.COUNTRY_CODE),
            row -> value(row, CountryServiceExposure.HOST_COUNT),
            row -> value(row, CountryServiceExposure.EXPOSURE_COUNT))
        .containsExactlyInAnyOrder(tuple("NL", 1L, 2L), tuple("BR", 1L, 1L));
  }

  @Test
  void hostCountsDoNotAddUpOverServicesButVolumesAndExposureCountsDo(SparkSession spark) {
    Dataset<Row> exposures =
        exposures(
            spark,
            exposure("NL", "mongodb", 10L, "192.0.2.1"),
            exposure("NL", "redis", null, "192.0.2.1"),
            exposure("NL", "mysql", 20L, "192.0.2.2"));
    Row all = country(exposures, "NL");
    Row sums =
        byService(exposures, cells(exposures))
            .agg(
                functions.sum("host_count"),
                functions.sum("exposure_count"),
                functions.sum("clean_bytes"))
            .head();
    assertThat(longOf(all, CountryExposure.HOST_COUNT)).isEqualTo(2L);
    assertThat(sums.getLong(0)).isEqualTo(3L);
    assertThat(sums.getLong(1)).isEqualTo(value(all, CountryExposure.EXPOSURE_COUNT));
    assertThat(sums.getLong(2)).isEqualTo(value(all, CountryExposure.CLEAN_BYTES));
  }

  private static Long longOf(Row row, Field field) {
    return row.getAs(field.name());
  }

  @Test
  void theFourVolumesDiffer(SparkSession spark) {
    Row found =
        country(
            exposures(
                spark,
                exposure("NL", "mongodb", 100L, "192.0.2.1", "192.0.2.2"),
                exposure("NL", "mongodb", 30L, "192.0.2.3").with(Exposure.IS_CLEAN, false),
                exposure("NL", "redis", null, "192.0.2.4")),
            "NL");
    assertThat(found)
        .extracting(
            row -> value(row, CountryExposure.REPORTED_BYTES),
            row -> value(row, CountryExposure.DEDUPLICATED_BYTES),
            row -> value(row, CountryExposure.CLEAN_BYTES),
            row -> value(row, CountryExposure.ROBUST_BYTES),
            row -> value(row, CountryExposure.UNKNOWN_SIZE_COUNT))
        .containsExactly(230L, 130L, 100L, 100L, 1L);
    assertThat(found.getJavaMap(found.fieldIndex("bytes_by_semantics")))
        .isEqualTo(Map.of("logical", 100L));
  }

  @Test
  void concentrationIsMeasuredOverKnownCleanSizes(SparkSession spark) {
    Row found =
        country(
            exposures(
                spark,
                exposure("NL", "mongodb", 1L, "192.0.2.1"),
                exposure("NL", "mongodb", 2L, "192.0.2.2"),
                exposure("NL", "mongodb", 7L, "192.0.2.3"),
                exposure("NL", "mongodb", null, "192.0.2.4")),
            "NL");
    assertThat(longOf(found, CountryExposure.MEDIAN_SIZE_BYTES)).isEqualTo(2L);
    assertThat(found.<Double>getAs("top1_share")).isEqualTo(0.7);
    assertThat(found.<Double>getAs("top10_share")).isEqualTo(1.0);
    assertThat(found.<Double>getAs("gini")).isCloseTo(0.4, Offset.offset(1e-12));
  }

  @Test
  void aCountrySeenInTheDaysBeforeIsARowOfZeros(SparkSession spark) {
    Dataset<Row> exposures = exposures(spark, exposure("NL", "mongodb", 1L, "192.0.2.1"));
    Dataset<Row> sights =
        exposures(
                spark,
                exposure("NL", "mongodb", 1L, "192.0.2.1"),
                exposure("FI", "redis", 1L, "192.0.2.1")
                    .with(Exposure.SNAPSHOT_DATE, Date.valueOf("2022-04-23")),
                exposure("SE", "redis", 1L, "192.0.2.1")
                    .with(Exposure.SNAPSHOT_DATE, Date.valueOf("2022-04-22")))
            .select("snapshot_date", "country_code", "service_type");
    Dataset<Row> snapshots =
        exposures
            .select("snapshot_date")
            .withColumn("geo_edition", functions.lit("test/2022-07-01"));
    Dataset<Row> cells = Cells.byCountryAndService(snapshots, sights, 90);
    assertThat(byService(exposures, cells).collectAsList())
        .extracting(
            row -> value(row, CountryServiceExposure.COUNTRY_CODE),
            row -> value(row, CountryServiceExposure.SERVICE_TYPE),
            row -> value(row, CountryServiceExposure.EXPOSURE_COUNT),
            row -> value(row, CountryServiceExposure.CLEAN_BYTES),
            row -> value(row, CountryServiceExposure.HOST_SKETCH) == null)
        .containsExactlyInAnyOrder(
            tuple("NL", "mongodb", 1L, 1L, false), tuple("FI", "redis", 0L, 0L, true));
  }

  @Test
  void ranksCountriesAndLeavesTheUnknownRegionOut(SparkSession spark) {
    Dataset<Row> exposures =
        exposures(
            spark,
            exposure("NL", "mongodb", 10L, "192.0.2.1"),
            exposure("BR", "mongodb", 30L, "192.0.2.2"),
            exposure("FI", "mongodb", 10L, "192.0.2.3"),
            exposure("ZZ", "mongodb", 50L, "192.0.2.4"));
    Dataset<Row> byCountry = byCountry(exposures);
    Dataset<Row> addresses =
        spark.createDataFrame(
            List.of(Bases.addresses("test/2022-07-01", "NL", 500_000)), Bases.ADDRESSES);
    Dataset<Row> economies = spark.createDataFrame(Bases.economies(Set.of(2022)), Bases.ECONOMIES);
    List<Row> ranked =
        CountryRanking.ranked(
                byCountry,
                addresses,
                economies,
                CountryAggregation.resamples(CountryAggregation.parts(exposures, REPLICATES)))
            .where("measure = 'clean_bytes'")
            .orderBy("rank", "country_code")
            .collectAsList();
    assertThat(ranked)
        .extracting(
            row -> value(row, CountryRank.COUNTRY_CODE),
            row -> value(row, CountryRank.RANK),
            row -> value(row, CountryRank.SHARE),
            row -> value(row, CountryRank.VALUE_PER_MILLION_IPV4))
        .containsExactly(
            tuple("BR", 1, 0.3, null), tuple("FI", 2, 0.1, null), tuple("NL", 2, 0.1, 20.0));
  }
}

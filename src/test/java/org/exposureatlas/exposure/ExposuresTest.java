package org.exposureatlas.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.exposureatlas.testing.Observations.DAY;
import static org.exposureatlas.testing.Observations.at;
import static org.exposureatlas.testing.Observations.observation;
import static org.exposureatlas.testing.Observations.sized;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.ExposeConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ExposuresTest {

  private static final ExposeConfig CONFIG =
      new ExposeConfig(20, 5, 0.5, List.of(), Map.of("shodan", 30), 28);
  private static final SnapshotRange RANGE = SnapshotRange.day(DAY.toLocalDate());

  private static List<Row> exposures(SparkSession spark, RowBuilder... observations) {
    return exposures(spark, CONFIG, observations);
  }

  private static List<Row> exposures(
      SparkSession spark, ExposeConfig config, RowBuilder... observations) {
    Dataset<Row> rows = RowBuilder.rows(spark, Observation.TABLE, observations);
    return Exposures.distinct(rows, rows.select("snapshot_date"), RANGE, config)
        .orderBy(Exposure.EXPOSURE_KEY.name())
        .collectAsList();
  }

  private static RowBuilder from(String source, RowBuilder observation) {
    return observation.with(Observation.SOURCE, source);
  }

  private static RowBuilder named(RowBuilder observation, String quality, String name) {
    return observation
        .with(Observation.CLUSTER_KEY, quality + ":" + name)
        .with(Observation.CLUSTER_KEY_QUALITY, quality);
  }

  private static RowBuilder daysAgo(int days, RowBuilder observation) {
    return observation
        .with(Observation.SNAPSHOT_DATE, Date.valueOf(DAY.toLocalDate().minusDays(days)))
        .with(Observation.OBSERVED_AT, at(-days * 86_400));
  }

  private static Object value(Row row, Field field) {
    return row.getAs(field.name());
  }

  private static RowBuilder clustered(String ip, int port, String service, long bytes, String key) {
    return sized(ip, port, service, bytes)
        .with(Observation.CLUSTER_KEY, key)
        .with(Observation.CLUSTER_KEY_QUALITY, "fingerprint");
  }

  @Test
  void stagesOfOneVisitAreOneEndpointAndNeverAddUp(SparkSession spark) {
    List<Row> found =
        exposures(
            spark,
            observation("192.0.2.1", 27017, "mongodb").with(Observation.OBSERVED_AT, at(5)),
            sized("192.0.2.1", 27017, "mongodb", 1_000L).with(Observation.OBSERVED_AT, at(1)));
    assertThat(found).hasSize(1);
    assertThat(value(found.get(0), Exposure.SIZE_BYTES)).isEqualTo(1_000L);
    assertThat(value(found.get(0), Exposure.REPORTED_BYTES)).isEqualTo(1_000L);
    assertThat(value(found.get(0), Exposure.MEMBER_COUNT)).isEqualTo(1L);
  }

  @Test
  void bytesOfTheSystemGoWithTheSizeTheyArePartOf(SparkSession spark) {
    List<Row> found =
        exposures(
            spark,
            clustered("192.0.2.1", 9200, "elasticsearch", 9_000L, "fingerprint:1/x")
                .with(Observation.SYSTEM_BYTES, 20L),
            clustered("192.0.2.2", 9200, "elasticsearch", 5_000L, "fingerprint:1/x")
                .with(Observation.SYSTEM_BYTES, 70L),
            sized("192.0.2.3", 27017, "mongodb", 1L << 60).with(Observation.SYSTEM_BYTES, 30L),
            sized("192.0.2.4", 27017, "mongodb", 8L));
    assertThat(found)
        .extracting(row -> value(row, Exposure.SYSTEM_BYTES))
        .containsExactlyInAnyOrder(20L, null, null);
  }

  @Test
  void unknownSizeStaysNull(SparkSession spark) {
    Row found = exposures(spark, observation("192.0.2.1", 6379, "redis")).get(0);
    assertThat(value(found, Exposure.SIZE_BYTES)).isNull();
    assertThat(value(found, Exposure.REPORTED_BYTES)).isNull();
    assertThat(value(found, Exposure.IS_CLEAN)).isEqualTo(true);
  }

  @Test
  void onlyOpenStoresAndWeakCredentialsAreExposures(SparkSession spark) {
    assertThat(
            exposures(
                spark,
                observation("192.0.2.1", 80, "http").with(Observation.ACCESS, "unknown"),
                observation("192.0.2.2", 3306, "mysql")
                    .with(Observation.ACCESS, "weak_credentials")))
        .extracting(row -> value(row, Exposure.ACCESS))
        .containsExactly("weak_credentials");
  }

  @Test
  void volumeOfAClusterIsTheMaximumOverItsMembers(SparkSession spark) {
    Row found =
        exposures(
                spark,
                clustered("192.0.2.1", 9200, "elasticsearch", 5_000L, "fingerprint:1/x"),
                clustered("192.0.2.2", 9200, "elasticsearch", 5_000L, "fingerprint:1/x"),
                clustered("192.0.2.3", 5601, "kibana", 5_000L, "fingerprint:1/x"))
            .get(0);
    assertThat(value(found, Exposure.SIZE_BYTES)).isEqualTo(5_000L);
    assertThat(value(found, Exposure.REPORTED_BYTES)).isEqualTo(15_000L);
    assertThat(value(found, Exposure.HOST_COUNT)).isEqualTo(3L);
    assertThat(value(found, Exposure.SERVICE_TYPE)).isEqualTo("elasticsearch");
  }

  @Test
  void kibanaBelongsToTheElasticsearchOnItsAddress(SparkSession spark) {
    List<Row> found =
        exposures(
            spark,
            clustered("192.0.2.1", 9200, "elasticsearch", 5_000L, "fingerprint:1/x"),
            clustered("192.0.2.1", 9201, "elasticsearch", 9_000L, "fingerprint:1/y"),
            observation("192.0.2.1", 5601, "kibana"),
            observation("192.0.2.9", 5601, "kibana"));
    assertThat(found)
        .extracting(
            row -> value(row, Exposure.EXPOSURE_KEY), row -> value(row, Exposure.MEMBER_COUNT))
        .containsExactly(
            tuple("address:192.0.2.9/5601/tcp/kibana", 1L),
            tuple("fingerprint:1/x", 1L),
            tuple("fingerprint:1/y", 2L));
  }

  @Test
  void countryIsThatOfMostMembersThenOfTheFirstSeen(SparkSession spark) {
    Row most =
        exposures(
                spark,
                clustered("192.0.2.1", 9200, "elasticsearch", 5L, "k")
                    .with(Observation.COUNTRY_CODE, "BR"),
                clustered("192.0.2.2", 9200, "elasticsearch", 5L, "k")
                    .with(Observation.COUNTRY_CODE, "US"),
                clustered("192.0.2.3", 9200, "elasticsearch", 5L, "k")
                    .with(Observation.COUNTRY_CODE, "US"))
            .get(0);
    assertThat(value(most, Exposure.COUNTRY_CODE)).isEqualTo("US");
    assertThat(value(most, Exposure.COUNTRY_COUNT)).isEqualTo(2L);
    Row tied =
        exposures(
                spark,
                clustered("192.0.2.1", 9200, "elasticsearch", 5L, "k")
                    .with(Observation.COUNTRY_CODE, "BR")
                    .with(Observation.OBSERVED_AT, at(9)),
                clustered("192.0.2.2", 9200, "elasticsearch", 5L, "k")
                    .with(Observation.COUNTRY_CODE, "US")
                    .with(Observation.OBSERVED_AT, at(3)))
            .get(0);
    assertThat(value(tied, Exposure.COUNTRY_CODE)).isEqualTo("US");
  }

  @Test
  void implausibleSizesAreMarkedAndAddNothing(SparkSession spark) {
    List<Row> found =
        exposures(
            spark,
            sized("192.0.2.1", 27017, "mongodb", -1L),
            sized("192.0.2.2", 27017, "mongodb", Long.MAX_VALUE),
            sized("192.0.2.3", 27017, "mongodb", (1L << 60) - 1));
    assertThat(found)
        .extracting(
            row -> value(row, Exposure.SIZE_BYTES),
            row -> value(row, Exposure.IMPLAUSIBLE_SIZE),
            row -> value(row, Exposure.IS_CLEAN))
        .containsExactly(
            tuple(null, true, false), tuple(null, true, false), tuple((1L << 60) - 1, false, true));
  }

  @Test
  void sameFiguresInManyNetworksAreADecoy(SparkSession spark) {
    RowBuilder[] decoys =
        IntStream.rangeClosed(1, 5)
            .mapToObj(
                network ->
                    clustered(
                            "192.0.2." + network,
                            27017,
                            "mongodb",
                            7_000_000L,
                            "fingerprint:" + network)
                        .with(Observation.ASN, 64_495L + network)
                        .with(Observation.CONTAINER_COUNT, 3L)
                        .with(Observation.RECORD_COUNT, 42L))
            .toArray(RowBuilder[]::new);
    assertThat(exposures(spark, decoys))
        .hasSize(5)
        .allSatisfy(
            row -> {
              assertThat(row.<Double>getAs(Exposure.HONEYPOT_SCORE.name())).isEqualTo(1.0);
              assertThat(row.getList(row.fieldIndex(Exposure.HONEYPOT_REASONS.name())))
                  .isEqualTo(List.of("same_figures_in_many_networks"));
              assertThat(row.<Boolean>getAs(Exposure.IS_CLEAN.name())).isFalse();
            });
    assertThat(exposures(spark, Arrays.copyOf(decoys, 4)))
        .allSatisfy(row -> assertThat(row.<Boolean>getAs(Exposure.IS_CLEAN.name())).isTrue());
  }

  /** The exposures of an address with a MongoDB and these records. */
  private static List<Row> besideMongo(SparkSession spark, Stream<RowBuilder> records) {
    return exposures(
        spark,
        Stream.concat(records, Stream.of(sized("192.0.2.1", 27017, "mongodb", 5L)))
            .toArray(RowBuilder[]::new));
  }

  @Test
  void anAddressThatAnswersOnManyPortsIsAPseudoService(SparkSession spark) {
    Stream<RowBuilder> noise =
        IntStream.range(0, 19)
            .mapToObj(
                port ->
                    observation("192.0.2.1", 1_000 + port, "other")
                        .with(Observation.ACCESS, "unknown"));
    assertThat(besideMongo(spark, noise))
        .extracting(
            row -> value(row, Exposure.PSEUDO_SERVICE), row -> value(row, Exposure.IS_CLEAN))
        .containsExactly(tuple(true, false));
  }

  @Test
  void aPortThatAnswersManyTimesIsOnePort(SparkSession spark) {
    Stream<RowBuilder> noise =
        IntStream.range(0, 30)
            .mapToObj(
                line ->
                    observation("192.0.2.1", 1_000, "other")
                        .with(Observation.ACCESS, "unknown")
                        .with(Observation.LINE, (long) line));
    assertThat(besideMongo(spark, noise))
        .extracting(row -> value(row, Exposure.PSEUDO_SERVICE))
        .containsExactly(false);
  }

  @Test
  void infectedIsKnownWhenAnyRecordSaysSo(SparkSession spark) {
    Row found =
        exposures(
                spark,
                observation("192.0.2.1", 27017, "mongodb").with(Observation.INFECTED, false),
                sized("192.0.2.1", 27017, "mongodb", 9L).with(Observation.INFECTED, true))
            .get(0);
    assertThat(value(found, Exposure.INFECTED)).isEqualTo(true);
    Row unknown = exposures(spark, observation("192.0.2.1", 27017, "mongodb")).get(0);
    assertThat(value(unknown, Exposure.INFECTED)).isNull();
  }

  @Test
  void aClusterSeenThrough33NodesCountsOnce(SparkSession spark) {
    List<RowBuilder> rows = new ArrayList<>();
    for (int node = 1; node <= 33; node++) {
      String ip = "192.0.2." + node;
      long network = 64_496L + node % 3;
      RowBuilder scanned =
          clustered(ip, 9200, "elasticsearch", 23_000_000_000_123L, "fingerprint:" + network)
              .with(Observation.ASN, network)
              .with(Observation.COUNTRY_CODE, node % 3 == 0 ? "HK" : "CN");
      rows.add(scanned);
      if (node <= 12) {
        rows.add(
            named(
                    from("shodan", sized(ip, 9200, "elasticsearch", 46_000_000_000_123L)),
                    "uuid",
                    "x")
                .with(Observation.SIZE_BYTES, null)
                .with(Observation.ASN, network)
                .with(Observation.COUNTRY_CODE, node % 3 == 0 ? "HK" : "CN"));
      }
    }
    rows.add(observation("192.0.2.33", 5601, "kibana").with(Observation.COUNTRY_CODE, "HK"));
    rows.add(
        clustered("192.0.2.99", 5601, "kibana", 23_000_000_000_123L, "fingerprint:64497")
            .with(Observation.ASN, 64_497L)
            .with(Observation.COUNTRY_CODE, "CN"));
    List<Row> found = exposures(spark, rows.toArray(RowBuilder[]::new));

    assertThat(found)
        .extracting(
            row -> value(row, Exposure.EXPOSURE_KEY),
            row -> value(row, Exposure.SIZE_BYTES),
            row -> value(row, Exposure.MEMBER_COUNT),
            row -> value(row, Exposure.HOST_COUNT),
            row -> value(row, Exposure.COUNTRY_CODE),
            row -> value(row, Exposure.IS_CLEAN))
        .containsExactly(tuple("uuid:x", 23_000_000_000_123L, 35L, 34L, "CN", true));
    assertThat(found.get(0).getList(found.get(0).fieldIndex(Exposure.SOURCES.name())))
        .isEqualTo(List.of("leakix", "shodan"));
  }

  @Test
  void anIdentityHoldsAcrossNetworksCountriesAndAddressFamilies(SparkSession spark) {
    List<Row> found =
        exposures(
            spark,
            named(observation("192.0.2.1", 6379, "redis"), "run_id", "r"),
            named(observation("2001:db8::1", 6379, "redis"), "run_id", "r"),
            named(sized("192.0.2.2", 50070, "hdfs", 900L), "uuid", "CID")
                .with(Observation.ASN, 64_496L),
            named(sized("198.51.100.2", 50070, "hdfs", 880L), "uuid", "CID")
                .with(Observation.ASN, 64_497L)
                .with(Observation.COUNTRY_CODE, "KR"),
            named(observation("198.51.100.3", 50075, "hdfs"), "uuid", "CID")
                .with(Observation.COUNTRY_CODE, "KR"),
            named(sized("192.0.2.4", 27017, "mongodb", 7L), "replica_set", "rs/a,b"),
            named(sized("192.0.2.5", 27017, "mongodb", 6L), "replica_set", "rs/a,b"));
    assertThat(found)
        .extracting(
            row -> value(row, Exposure.STORE_KEY),
            row -> value(row, Exposure.SIZE_BYTES),
            row -> value(row, Exposure.REPORTED_BYTES),
            row -> value(row, Exposure.MEMBER_COUNT),
            row -> value(row, Exposure.COUNTRY_CODE))
        .containsExactly(
            tuple("replica_set:rs/a,b", 7L, 13L, 2L, "NL"),
            tuple("run_id:r", null, null, 2L, "NL"),
            tuple("uuid:CID", 900L, 1_780L, 3L, "KR"));
  }

  @Test
  void twoIdentitiesBehindOneFingerprintStayTwoStores(SparkSession spark) {
    List<Row> found =
        exposures(
            spark,
            clustered("192.0.2.1", 9200, "elasticsearch", 9L, "fingerprint:f"),
            named(from("shodan", observation("192.0.2.1", 9200, "elasticsearch")), "uuid", "a"),
            clustered("192.0.2.2", 9200, "elasticsearch", 9L, "fingerprint:f"),
            named(from("shodan", observation("192.0.2.2", 9200, "elasticsearch")), "uuid", "b")
                .with(Observation.OBSERVED_AT, at(9)),
            clustered("192.0.2.3", 9200, "elasticsearch", 9L, "fingerprint:f"));
    assertThat(found)
        .extracting(
            row -> value(row, Exposure.EXPOSURE_KEY), row -> value(row, Exposure.MEMBER_COUNT))
        .containsExactly(tuple("uuid:a", 1L), tuple("uuid:b", 2L));
  }

  @Test
  void aMongosAndTheShardsOnItsAddressAreOneStore(SparkSession spark) {
    List<Row> found =
        exposures(
            spark,
            sized("192.0.2.1", 27017, "mongodb", 90L).with(Observation.PRODUCT, "mongos"),
            sized("192.0.2.1", 27018, "mongodb", 40L),
            sized("192.0.2.1", 27019, "mongodb", 50L),
            sized("192.0.2.2", 27017, "mongodb", 8L));
    assertThat(found)
        .extracting(
            row -> value(row, Exposure.SIZE_BYTES), row -> value(row, Exposure.MEMBER_COUNT))
        .containsExactlyInAnyOrder(tuple(90L, 3L), tuple(8L, 1L));
  }

  @Test
  void sourcesFuseByMeasuredSizeThenTrustThenAge(SparkSession spark) {
    RowBuilder[] rows = {
      from("shodan", sized("192.0.2.1", 9200, "elasticsearch", 20L)),
      from("leakix", sized("192.0.2.1", 9200, "elasticsearch", 10L))
          .with(Observation.OBSERVED_AT, at(5)),
      from("shadowserver", observation("192.0.2.1", 9200, "elasticsearch"))
          .with(Observation.OBSERVED_AT, at(9)),
    };
    Row newest = exposures(spark, rows).get(0);
    assertThat(value(newest, Exposure.SIZE_BYTES)).isEqualTo(10L);
    assertThat(value(newest, Exposure.OBSERVED_AT)).isEqualTo(at(9));
    assertThat(newest.getList(newest.fieldIndex(Exposure.SOURCES.name())))
        .isEqualTo(List.of("leakix", "shadowserver", "shodan"));
    ExposeConfig trusting =
        new ExposeConfig(20, 5, 0.5, List.of("shadowserver", "shodan"), Map.of(), 28);
    assertThat(value(exposures(spark, trusting, rows).get(0), Exposure.SIZE_BYTES)).isEqualTo(20L);
  }

  @Test
  void whatWasFoundClosedLastIsNotExposed(SparkSession spark) {
    RowBuilder closed =
        from("shodan", observation("192.0.2.1", 27017, "mongodb"))
            .with(Observation.ACCESS, "auth_required");
    RowBuilder open = sized("192.0.2.1", 27017, "mongodb", 5L).with(Observation.OBSERVED_AT, at(1));
    assertThat(exposures(spark, closed, open)).hasSize(1);
    assertThat(exposures(spark, closed.with(Observation.OBSERVED_AT, at(2)), open)).isEmpty();
  }

  @Test
  void aRecordSpeaksForTheDaysOfItsSourcesWindow(SparkSession spark) {
    List<Row> found =
        exposures(
            spark,
            observation("192.0.2.1", 6379, "redis"),
            daysAgo(1, sized("192.0.2.2", 27017, "mongodb", 5L)),
            daysAgo(29, from("shodan", sized("192.0.2.3", 27017, "mongodb", 6L))),
            daysAgo(30, from("shodan", sized("192.0.2.4", 27017, "mongodb", 7L))),
            daysAgo(3, from("shodan", sized("192.0.2.5", 27017, "mongodb", 8L))),
            observation("192.0.2.5", 27017, "mongodb"),
            daysAgo(3, from("shodan", sized("192.0.2.6", 27017, "mongodb", 9L))),
            from("shodan", sized("192.0.2.6", 27017, "mongodb", 2L)));
    assertThat(found)
        .extracting(
            row -> value(row, Exposure.STORE_KEY),
            row -> value(row, Exposure.SIZE_BYTES),
            row -> value(row, Exposure.CARRIED),
            row -> value(row, Exposure.OBSERVED_AT))
        .containsExactly(
            tuple("redis/192.0.2.1/6379/tcp", null, false, at(0)),
            tuple("mongodb/192.0.2.3/27017/tcp", 6L, true, at(-29 * 86_400)),
            tuple("mongodb/192.0.2.5/27017/tcp", 8L, true, at(0)),
            tuple("mongodb/192.0.2.6/27017/tcp", 2L, false, at(0)));
  }

  @Test
  void noSnapshotOfAnySourceMeansNoExposures(SparkSession spark) {
    assertThat(
            exposures(spark, daysAgo(3, from("shodan", sized("192.0.2.5", 27017, "mongodb", 8L)))))
        .isEmpty();
  }

  @Test
  void signsOfADecoyAddUpToAScore(SparkSession spark) {
    RowBuilder[] rows =
        Stream.concat(
                IntStream.rangeClosed(1, 5)
                    .mapToObj(
                        network ->
                            named(
                                    observation("203.0.113." + network, 9200, "elasticsearch"),
                                    "uuid",
                                    "u")
                                .with(Observation.ASN, 64_495L + network)),
                Stream.of(
                    sized("192.0.2.1", 6379, "redis", 556_272L)
                        .with(Observation.PRODUCT_VERSION, "2.8.4"),
                    observation("192.0.2.2", 27017, "mongodb")
                        .with(Observation.PRODUCT_VERSION, "3.4.4"),
                    sized("192.0.2.3", 9200, "elasticsearch", 5_000_000_000L)
                        .with(Observation.PRODUCT, "Elasticsearch")
                        .with(Observation.PRODUCT_VERSION, "4.2.0"),
                    sized("192.0.2.4", 27017, "mongodb", 5_000_000_000L),
                    sized("192.0.2.5", 9200, "elasticsearch", 5L)
                        .with(Observation.PRODUCT, "OpenSearch")
                        .with(Observation.PRODUCT_VERSION, "3.1.0"),
                    sized("192.0.2.6", 6379, "redis", 5L).with(Observation.HONEYPOT_HINT, true)))
            .toArray(RowBuilder[]::new);
    assertThat(exposures(spark, rows))
        .extracting(
            row -> row.getList(row.fieldIndex(Exposure.HOSTS.name())).get(0),
            row -> row.getList(row.fieldIndex(Exposure.HONEYPOT_REASONS.name())),
            row -> value(row, Exposure.HONEYPOT_SCORE),
            row -> value(row, Exposure.IS_HONEYPOT),
            row -> value(row, Exposure.IS_CLEAN))
        .containsExactlyInAnyOrder(
            tuple("203.0.113.1", List.of("same_identity_in_many_networks"), 1.0, true, false),
            tuple("192.0.2.1", List.of("framework_figures"), 1.0, true, false),
            tuple("192.0.2.2", List.of("framework_version"), 0.4, false, true),
            tuple("192.0.2.3", List.of("impossible_version", "round_size"), 0.7, true, false),
            tuple("192.0.2.4", List.of("round_size"), 0.4, false, true),
            tuple("192.0.2.5", List.of(), 0.0, false, true),
            tuple("192.0.2.6", List.of("source_mark"), 1.0, true, false));
  }

  @Test
  void rowOrderChangesNothing(SparkSession spark) {
    RowBuilder[] rows = {
      sized("192.0.2.1", 27017, "mongodb", 5L),
      sized("192.0.2.1", 27017, "mongodb", 5L).with(Observation.LINE, 2L),
      clustered("192.0.2.2", 9200, "elasticsearch", 5L, "k"),
      clustered("192.0.2.3", 9200, "elasticsearch", 7L, "k"),
    };
    RowBuilder[] reversed = {rows[3], rows[2], rows[1], rows[0]};
    assertThat(exposures(spark, reversed)).isEqualTo(exposures(spark, rows));
  }
}

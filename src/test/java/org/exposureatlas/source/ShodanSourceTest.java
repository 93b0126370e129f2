package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.testing.SharedData;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ShodanSourceTest {

  private static final String DAY = "2022-07-21";

  @TempDir Path raw;

  private static Dataset<Row> read(SparkSession spark, Path root) {
    return SourceReading.records(spark, new ShodanSource(), root, DAY);
  }

  @Test
  void figuresTellTheirKindAndWhatCannotBeIsNotZero(SparkSession spark) {
    Map<String, Row> byAddress =
        Ingestion.observations(read(spark, SourceReading.SAMPLES))
            .where(Observation.FILE.col().equalTo("banners.ndjson"))
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getAs("ip"), row -> row));

    assertThat(
            Stream.of("1", "4", "5", "6", "7", "10", "11", "12", "13", "15", "20", "23")
                .map(last -> byAddress.get("192.0.2." + last)))
        .extracting(
            row -> row.getAs("service_type"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("size_semantics"),
            row -> row.getAs("system_bytes"),
            row -> row.getList(row.fieldIndex("quality_flags")))
        .containsExactly(
            tuple("mongodb", 5_368_815_616L, "stored_primary", 106_496L, List.of()),
            tuple("mongodb", 1_999_334_547L, "stored_primary", null, List.of("sizes_disagree")),
            tuple("mongodb", null, "absent", null, List.of("size_unreadable")),
            tuple("mongodb", 7_000_000L, "stored_primary", 0L, List.of("sizes_disagree")),
            tuple(
                "mongodb",
                -5L,
                "stored_primary",
                null,
                List.of("size_below_zero", "size_unreadable")),
            tuple("elasticsearch", 1_200_000_000_000L, "stored_replicated", 1_000_000L, List.of()),
            tuple("elasticsearch", 3_006_000L, "stored_replicated", 0L, List.of()),
            tuple("hdfs", 49_697_834_325_930L, "stored_replicated", null, List.of()),
            tuple("redis", 1_050_000L, "memory", null, List.of()),
            tuple("memcached", 8_000_000L, "memory", null, List.of()),
            tuple("hive", 250_000_000L, "stored_primary", null, List.of()),
            tuple("smb", 4_500_000L, "listed_files", null, List.of()));
  }

  @Test
  void tagsNamesAndIdentitiesAreTakenOver(SparkSession spark) {
    List<Row> rows = Ingestion.observations(read(spark, SourceReading.SAMPLES)).collectAsList();

    assertThat(rows)
        .filteredOn(row -> Boolean.TRUE.equals(row.<Boolean>getAs("infected")))
        .extracting(row -> row.getAs("ip"))
        .containsExactlyInAnyOrder("192.0.2.3", "192.0.2.6", "192.0.2.11", "192.0.2.20");
    assertThat(rows)
        .filteredOn(row -> row.<Boolean>getAs("honeypot_hint"))
        .extracting(row -> row.getAs("ip"), row -> row.getAs("source_country_code"))
        .containsExactlyInAnyOrder(
            tuple("192.0.2.10", "NL"), tuple("198.51.100.7", "ZA"), tuple("198.51.100.7", "NL"));
    assertThat(rows)
        .extracting(row -> row.getAs("cluster_key"))
        .contains(
            "uuid:elasticsearch/Wq3_kPZ1Q0aB7xYtUuVvLw",
            "uuid:hdfs/CID-6f2a1c3e-0000-4a4a-9b9b-1234567890ab",
            "run_id:redis/449765c8cf48ed5e2d351442ce1c19929d50ef23");
  }

  @Test
  void publishedSamplesAreRead(SparkSession spark) throws IOException {
    Path samples = SharedData.require("samples/shodan");
    Path day = Files.createDirectories(raw.resolve("shodan/" + DAY));
    for (String file :
        List.of(
            "intelmq_shodan_stream_first3.ndjson",
            "jshodan_shodan_host_minified.json",
            "uncover_shodan.json")) {
      Files.copy(samples.resolve(file), day.resolve(file));
    }
    Dataset<Row> records = read(spark, raw);

    assertThat(Ingestion.rejected(records).collectAsList()).isEmpty();
    assertThat(records.where(SourceRecord.isPassedOver()).count())
        .as("a host without services")
        .isEqualTo(1);
    assertThat(Ingestion.observations(records).orderBy(Observation.PORT.col()).collectAsList())
        .extracting(
            row -> row.getAs("port"),
            row -> row.getAs("transport"),
            row -> row.getAs("service_type"),
            row -> row.getAs("access"),
            row -> row.getAs("source_country_code"))
        .containsExactly(
            tuple(21, "tcp", "ftp", "auth_required", "AT"),
            tuple(80, "tcp", "other", "unknown", "RU"),
            tuple(443, "tcp", "other", "unknown", "US"),
            tuple(500, "udp", "other", "unknown", "JP"),
            tuple(8888, "tcp", "http", "unknown", "DE"));
  }
}

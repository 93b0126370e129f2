package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
class Zgrab2SourceTest {

  private static final String DAY = "2024-06-20";

  @TempDir Path raw;

  private Dataset<Row> read(SparkSession spark, Path root) {
    return SourceReading.records(spark, new Zgrab2Source(), root, DAY);
  }

  @Test
  void everyModuleOfALineIsAnObservationByItsProtocol(SparkSession spark) {
    assertThat(
            Ingestion.observations(read(spark, SourceReading.SAMPLES))
                .where(Observation.LINE.col().leq(6))
                .orderBy(Observation.LINE.col(), Observation.PORT.col())
                .collectAsList())
        .extracting(
            row -> row.getAs("line"),
            row -> row.getAs("port"),
            row -> row.getAs("service_type"),
            row -> row.getAs("access"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("system_bytes"),
            row -> row.getAs("record_count"))
        .containsExactly(
            tuple(1L, 6380, "redis", "open", 62_904L, null, 7L),
            tuple(1L, 11311, "memcached", "open", 4_200L, null, 3L),
            tuple(1L, 27018, "mongodb", "open", 9_000_040_960L, 40_960L, null),
            tuple(2L, 27017, "mongodb", "auth_required", null, null, null),
            tuple(3L, 27017, "mongodb", "unknown", null, null, null),
            tuple(4L, 6379, "redis", "auth_required", null, null, null),
            tuple(5L, 6379, "redis", "listing_refused", null, null, null),
            tuple(6L, 9200, "elasticsearch", "open", null, null, null));
  }

  @Test
  void publishedSamplesAreReadAndThoseOfADomainOnlyAreRejected(SparkSession spark)
      throws IOException {
    Path samples = SharedData.require("samples/zgrab2");
    Path day = Files.createDirectories(raw.resolve("zgrab2/" + DAY));
    try (Stream<Path> files = Files.list(samples)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        Files.copy(file, day.resolve(file.getFileName()));
      }
    }
    String withAddress =
        Files.readString(samples.resolve("redis-default-normal.json"))
            .replaceFirst("\\{", "{\"ip\":\"192.0.2.1\",");
    Files.writeString(day.resolve("with-address.json"), withAddress);
    Dataset<Row> records = read(spark, raw);

    List<Row> rejected = Ingestion.rejected(records).collectAsList();
    assertThat(rejected)
        .hasSize(4)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("file")).startsWith("redis-");
              assertThat(row.<String>getAs("detail")).startsWith("ip: found nothing");
            });
    assertThat(
            Ingestion.observations(records)
                .where(Observation.SERVICE_TYPE.col().isin("redis", "memcached"))
                .orderBy(Observation.SERVICE_TYPE.col())
                .collectAsList())
        .extracting(
            row -> row.getAs("service_type"),
            row -> row.getAs("access"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("capacity_bytes"),
            row -> row.getAs("product_version"),
            row -> row.getAs("cluster_key_quality"))
        .containsExactly(
            tuple("memcached", "open", 0L, 67_108_864L, "1.6.0", "address"),
            tuple("redis", "open", 13_202L, null, "5.0.4", "run_id"));
  }
}

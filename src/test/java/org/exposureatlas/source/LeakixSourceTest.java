package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.exposureatlas.source.SourceReading.SAMPLES;

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
class LeakixSourceTest {

  @TempDir Path raw;

  private static Dataset<Row> records(SparkSession spark, Path root, String date) {
    return SourceReading.records(spark, new LeakixSource(), root, date);
  }

  @Test
  void stagesZerosAndMarksAreReadAsTheFormatMeansThem(SparkSession spark) {
    List<Row> rows =
        Ingestion.observations(records(spark, SAMPLES, "2022-07-21"))
            .where(Observation.FILE.col().equalTo("events.ndjson"))
            .orderBy(Observation.LINE.col(), Observation.SIZE_BYTES.col())
            .collectAsList();

    assertThat(rows)
        .extracting(
            row -> row.getAs("line"),
            row -> row.getAs("service_type"),
            row -> row.getAs("access"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("record_count"))
        .contains(
            tuple(1L, "mongodb", "open", 5_368_709_120L, 1_200L),
            tuple(2L, "mongodb", "open", null, null),
            tuple(4L, "redis", "open", null, null),
            tuple(5L, "mysql", "weak_credentials", 2_000_000L, 100L),
            tuple(7L, "other", "unknown", null, null),
            tuple(17L, "couchdb", "open", Long.MAX_VALUE, 5L),
            tuple(19L, "elasticsearch", "open", 12_345_678L, 1_200L));
    assertThat(rows.get(2).<Boolean>getAs("infected")).isTrue();
    assertThat(rows.get(7).<String>getAs("transport")).isEqualTo("udp");
  }

  @Test
  void thePluginSaysWhatASizeCountsAndNewerWritersSayMore(SparkSession spark) {
    assertThat(
            Ingestion.observations(records(spark, SAMPLES, "2022-07-21"))
                .where(Observation.FILE.col().equalTo("python-writer.ndjson"))
                .orderBy(Observation.LINE.col(), Observation.PORT.col())
                .collectAsList())
        .extracting(
            row -> row.getAs("ip"),
            row -> row.getAs("service_type"),
            row -> row.getAs("access"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("size_semantics"),
            row -> row.getAs("source_country_code"))
        .containsExactly(
            tuple("192.0.2.100", "mongodb", "open", 7_000_000L, "logical", "NL"),
            tuple("192.0.2.101", "smb", "open", 5_000L, "estimated", "NL"),
            tuple("192.0.2.102", "mongodb", "auth_required", null, "absent", "NL"),
            tuple("192.0.2.103", "memcached", "open", 4_200L, "memory", "NL"),
            tuple("192.0.2.104", "memcached", "open", null, "absent", "NL"),
            tuple("192.0.2.105", "ftp", "open", null, "absent", "NL"),
            tuple("192.0.2.106", "mongodb", "open", 1_000L, "logical", "NL"),
            tuple("2001:db8::107", "kibana", "open", 123_456_789L, "stored_primary", "SG"),
            tuple("2001:db8::107", "elasticsearch", "open", 123_456_789L, "stored_primary", "SG"),
            tuple("192.0.2.108", "other", "unknown", null, "absent", "NL"),
            tuple("192.0.2.108", "couchdb", "open", 4_242L, "stored_primary", "NL"));
  }

  @Test
  void publishedSamplesAreRead(SparkSession spark) throws IOException {
    Path samples = SharedData.require("samples/leakix");
    Path day = Files.createDirectories(raw.resolve("leakix/2022-07-21"));
    try (Stream<Path> files = Files.list(samples)) {
      for (Path file :
          files
              .filter(
                  f ->
                      f.getFileName()
                          .toString()
                          .matches("(ip4scout|docsite_search|l9event-reference).*"))
              .toList()) {
        Files.copy(file, day.resolve(file.getFileName()));
      }
    }
    Dataset<Row> records = records(spark, raw, "2022-07-21");
    List<Row> rows =
        Ingestion.observations(records).orderBy(Observation.PORT.col()).collectAsList();

    assertThat(Ingestion.rejected(records).collectAsList())
        .as("the reference event has a time that is not set")
        .extracting(row -> row.getAs("file"), row -> row.getAs("reason"))
        .containsExactly(tuple("l9event-reference.json", "invalid_time"));

    assertThat(rows)
        .extracting(
            row -> row.getAs("port"),
            row -> row.getAs("access"),
            row -> row.getAs("file_count"),
            row -> row.getAs("product"))
        .containsExactly(
            tuple(443, "open", 7L, "Apache"),
            tuple(1636, "unknown", null, null),
            tuple(2064, "unknown", null, null));
  }
}

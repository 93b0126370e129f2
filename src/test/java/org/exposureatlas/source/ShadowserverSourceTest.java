package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.exposureatlas.source.SourceReading.SAMPLES;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.testing.SharedData;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ShadowserverSourceTest {

  private static final String DAY = "2022-07-21";
  private static final Path FIXTURE = SAMPLES.resolve("shadowserver/" + DAY);

  @TempDir Path raw;

  private static Dataset<Row> records(SparkSession spark, Path root) {
    return SourceReading.records(spark, new ShadowserverSource(), root, DAY);
  }

  private Path day() throws IOException {
    return Files.createDirectories(raw.resolve("shadowserver/" + DAY));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void everyReportOfTheFixtureBecomesWhatTheGoldenFilesSay(SparkSession spark) {
    SourceReading.assertGolden("shadowserver", records(spark, SAMPLES));
  }

  @Test
  void bannersAndMessagesAreDroppedOnEntry(SparkSession spark) throws IOException {
    assertThat(Files.readString(FIXTURE.resolve(DAY + "-scan_rsync-example.csv")))
        .contains("PLANTED-SECRET");
    assertThat(records(spark, SAMPLES).toJSON().collectAsList())
        .isNotEmpty()
        .noneMatch(row -> row.contains("PLANTED"));
  }

  @Test
  void zippedAndCompressedReportsSayTheSame(SparkSession spark) throws IOException {
    Path zip = day().resolve("reports.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path file : files(FIXTURE).subList(0, 6)) {
        out.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, out);
      }
    }
    for (Path file : files(FIXTURE).subList(6, files(FIXTURE).size())) {
      try (OutputStream out =
          new GZIPOutputStream(Files.newOutputStream(day().resolve(file.getFileName() + ".gz")))) {
        Files.copy(file, out);
      }
    }

    assertThat(withoutFile(records(spark, raw))).isEqualTo(withoutFile(records(spark, SAMPLES)));
  }

  private static List<String> withoutFile(Dataset<Row> records) {
    return Ingestion.observations(records).drop("file").toJSON().collectAsList().stream()
        .sorted()
        .toList();
  }

  @Test
  void publishedSamplesAreRead(SparkSession spark) throws IOException {
    for (Path file : files(SharedData.require("samples/shadowserver"))) {
      if (file.getFileName().toString().matches("scan_.*csv")) {
        Files.copy(file, day().resolve(file.getFileName()));
      }
    }
    for (Path file : files(SharedData.require("samples/shadowserver/history"))) {
      Files.copy(file, day().resolve(file.getFileName()));
    }
    Files.copy(
        SharedData.require("samples/shadowserver/2024/test_smb.csv"),
        day().resolve("2024-01-01-scan_smb-test.csv"));
    Dataset<Row> records = records(spark, raw).cache();

    assertThat(Ingestion.rejected(records).select("file", "reason").distinct().collectAsList())
        .extracting(row -> row.getString(0), row -> row.getString(1))
        .as("one published row escapes quotes with backslashes, which CSV does not know")
        .containsExactly(tuple("scan_mdns.csv", "malformed_csv"));
    assertThat(Ingestion.observations(records).where("size_bytes is not null").collectAsList())
        .extracting(
            row -> row.getAs("service_type"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("capacity_bytes"),
            row -> row.getAs("size_semantics"),
            row -> row.getAs("cluster_key"))
        .containsExactly(
            tuple(
                "hdfs",
                53_248L,
                41_567_956_992L,
                "stored_replicated",
                "uuid:hdfs/CID-64471a53-60cb-4302-9832-92f321f111fe"));
    assertThat(
            Ingestion.observations(records)
                .where("service_type in ('mongodb', 'redis', 'rsync', 'elasticsearch', 'smb')")
                .groupBy("service_type")
                .count()
                .collectAsList())
        .extracting(row -> row.getString(0), row -> row.getLong(1))
        .containsExactlyInAnyOrder(
            tuple("mongodb", 10L),
            tuple("redis", 93L),
            tuple("rsync", 630L),
            tuple("elasticsearch", 98L),
            tuple("smb", 3L));
  }
}

package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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
class PortScannerSamplesTest {

  private static final String DAY = "2026-11-22";

  @TempDir Path raw;

  private Path day(ScanSource source) throws IOException {
    return Files.createDirectories(raw.resolve(source.name()).resolve(DAY));
  }

  /** Records of the files of a published sample folder with such an ending. */
  private Dataset<Row> published(SparkSession spark, ScanSource source, String ending)
      throws IOException {
    Path samples = SharedData.require("samples/" + source.name());
    try (Stream<Path> files = Files.list(samples)) {
      for (Path file : files.filter(file -> file.toString().endsWith(ending)).toList()) {
        Files.copy(file, day(source).resolve(file.getFileName()));
      }
    }
    return SourceReading.records(spark, source, raw, DAY);
  }

  private static List<Row> observations(Dataset<Row> records) {
    return Ingestion.observations(records).orderBy(Observation.PORT.col()).collectAsList();
  }

  @Test
  void publishedNmapDocumentsAreRead(SparkSession spark) throws IOException {
    Dataset<Row> records = published(spark, new NmapSource(), ".xml");

    assertThat(observations(records))
        .extracting(row -> row.getAs("port"), row -> row.getAs("service_type"))
        .hasSize(14)
        .contains(tuple(21, "other"), tuple(3306, "other"), tuple(5432, "other"));
    assertThat(Ingestion.rejected(records).isEmpty()).isTrue();
  }

  @Test
  void publishedMasscanRecordsAreRead(SparkSession spark) throws IOException {
    Dataset<Row> records = published(spark, new MasscanSource(), ".json");

    assertThat(observations(records))
        .extracting(row -> row.getAs("ip"), row -> row.getAs("port"), row -> row.getAs("access"))
        .containsExactly(tuple("172.29.0.3", 80, "unknown"));
    assertThat(Ingestion.rejected(records).isEmpty()).isTrue();
  }

  @Test
  void aTruncatedGzipKeepsItsPortsAndIsReported(SparkSession spark) throws IOException {
    ScanSource source = new NmapSource();
    byte[] document =
        Files.readAllBytes(SourceReading.SAMPLES.resolve("nmap/" + DAY + "/scan.xml"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(document);
    }
    byte[] whole = bytes.toByteArray();
    Files.write(day(source).resolve("scan.xml.gz"), Arrays.copyOf(whole, 3 * whole.length / 4));
    Dataset<Row> records = SourceReading.records(spark, source, raw, DAY);

    assertThat(observations(records)).hasSizeBetween(1, 13);
    assertThat(Ingestion.rejected(records).collectAsList())
        .extracting(row -> row.getAs("file"), row -> row.getAs("reason"))
        .containsExactly(tuple("scan.xml.gz", "damaged_file"));
  }
}

package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.testing.Netherlands;

/** Reads raw files through an adapter as the ingest job does, with a look-up that needs no data. */
final class SourceReading {

  /** Hand-made fixtures: {@code <source>/<date>/*}. */
  static final Path SAMPLES = Path.of("src/test/resources/samples");

  private static final Path GOLDEN = Path.of("src/test/resources/golden/ingest");
  private static final int MAX_LINE_BYTES = 16 << 20;

  private SourceReading() {}

  /** All records of {@code root/<source>/<date>/*}, read once: what a test asks costs no job. */
  static Dataset<Row> records(SparkSession spark, ScanSource source, Path root, String date) {
    Dataset<Row> records = read(spark, source, root, date);
    return spark.createDataFrame(records.collectAsList(), records.schema());
  }

  private static Dataset<Row> read(SparkSession spark, ScanSource source, Path root, String date) {
    RawSnapshot snapshot =
        RawSnapshot.list(
                spark.sessionState().newHadoopConf(),
                root.toString(),
                List.of(source),
                SnapshotRange.day(LocalDate.parse(date)))
            .get(0);
    return source.inputs().stream()
        .filter(snapshot::holds)
        .map(
            input ->
                input.read(
                    spark.read(),
                    root.toString(),
                    MAX_LINE_BYTES,
                    List.of(snapshot.folder().toString())))
        .map(read -> Ingestion.records(read, source.name(), new Netherlands()))
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  /** Observations and rejected records are those of {@code golden/ingest/<source>/}. */
  static void assertGolden(String source, Dataset<Row> records) {
    assertContent(source + "/observation.ndjson", Ingestion.observations(records));
    assertContent(source + "/rejected.ndjson", Ingestion.rejected(records));
  }

  private static void assertContent(String file, Dataset<Row> rows) {
    String found =
        rows.toJSON().collectAsList().stream().sorted().collect(Collectors.joining("\n", "", "\n"));
    assertThat(GOLDEN.resolve(file)).hasContent(found);
  }
}

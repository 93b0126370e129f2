package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exposureatlas.source.SourceReading.SAMPLES;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every source. Its fixture lies in {@code samples/<source>/<date>/} and bears
 * {@code PLANTED-SECRET} in what is dropped; its golden files lie in {@code
 * golden/ingest/<source>/}. A new source is tested here as soon as {@link Sources} names it.
 */
@ExtendWith(SparkExtension.class)
class SourceContractTest {

  private static final String SECRET = "PLANTED";
  private static final String SECRET_IN_BASE64 = "UExBTlRFRC";
  private static final int MUTANTS = 6;

  @TempDir Path raw;

  static Stream<Named<ScanSource>> sources() {
    return Sources.all().stream().map(source -> Named.of(source.name(), source));
  }

  /** The same, and sources of a mapping file. */
  static Stream<Named<ScanSource>> withMapped() throws IOException {
    String text = Files.readString(SAMPLES.resolve("mappings.json"));
    return Sources.with("mappings.json", text).stream()
        .map(source -> Named.of(source.name(), source));
  }

  private static Path day(ScanSource source) throws IOException {
    try (Stream<Path> days = Files.list(SAMPLES.resolve(source.name()))) {
      return days.sorted().findFirst().orElseThrow();
    }
  }

  private static Dataset<Row> records(ScanSource source, Path root) throws IOException {
    String date = day(source).getFileName().toString();
    return SourceReading.records(SparkExtension.session(), source, root, date);
  }

  private static List<Path> files(Path day) throws IOException {
    try (Stream<Path> files = Files.list(day)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void theFixtureBecomesWhatTheGoldenFilesSay(ScanSource source) throws IOException {
    SourceReading.assertGolden(source.name(), records(source, SAMPLES));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withMapped")
  void everyLineOfTheFixtureEndsInATableAndNoneTellsASecret(ScanSource source) throws IOException {
    assertThat(text(day(source))).contains(SECRET);

    assertContract(records(source, SAMPLES), day(source));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withMapped")
  void mutatedFixturesNeitherCrashNorLoseALineNorTellASecret(ScanSource source) throws IOException {
    Path mutated = Files.createDirectories(raw.resolve(SAMPLES.relativize(day(source))));
    for (Path file : files(day(source))) {
      for (int seed = 0; seed < MUTANTS; seed++) {
        String name = file.getFileName().toString();
        Files.write(
            mutated.resolve("m" + seed + "-" + name),
            new Mutation(seed).of(name, Files.readAllBytes(file)));
      }
    }
    if (source.inputs().stream().anyMatch(input -> input.takes("x.zip"))) {
      byte[] archive = zip(files(day(source)));
      for (int seed = 0; seed < MUTANTS; seed++) {
        Files.write(mutated.resolve(seed + ".zip"), new Mutation(seed).of(".zip", archive));
      }
    }

    assertContract(records(source, raw), mutated);
  }

  private static byte[] zip(List<Path> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Path file : files) {
        out.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, out);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void parquetOfStrangeValuesLosesNoRow(SparkSession spark) throws IOException {
    List<String> ordinary =
        List.of("192.0.2.1", "9200", "2022-07-21 03:04:05", "redis", "7", "PLANTED-SECRET");
    List<Row> rows = new ArrayList<>();
    for (String strange : Mutation.STRANGE) {
      for (int at = 0; at < ordinary.size(); at++) {
        List<Object> values = new ArrayList<>(ordinary);
        values.set(at, strange.equals("null") ? null : strange);
        rows.add(RowFactory.create(values.toArray()));
      }
    }
    StructType type =
        StructType.fromDDL(
            "ip string, port string, time string, service string, size string, note string");
    spark
        .createDataFrame(rows, type)
        .coalesce(1)
        .write()
        .parquet(raw.resolve("mapped/2022-07-21/t.parquet").toString());
    String mapping =
        Files.readString(SAMPLES.resolve("mappings.json"))
            .replaceAll("(?s)\"mapped_ndjson\".*?\n  },\n", "")
            .replace("mapped_csv", "mapped")
            .replace("\"csv\"", "\"parquet\"")
            .replaceAll("\"(?:product|asn)\": .*\n", "");
    Dataset<Row> records =
        SourceReading.records(
            spark,
            Sources.with("mappings.json", mapping).get(Sources.all().size()),
            raw,
            "2022-07-21");

    List<Row> observations = Ingestion.observations(records).collectAsList();
    List<Row> rejected = Ingestion.rejected(records).collectAsList();
    assertThat(observations.size() + rejected.size()).isEqualTo(rows.size());
    assertThat(rejected).isNotEmpty();
    assertThat(Stream.of(observations, rejected).flatMap(List::stream).map(Row::json))
        .isNotEmpty()
        .noneMatch(row -> row.contains(SECRET));
  }

  private static String text(Path day) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files(day)) {
      text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  /**
   * Records are observations, rejected, blank or not open; files of lines leave no line out; no
   * column of either table holds a secret.
   */
  private static void assertContract(Dataset<Row> records, Path day) throws IOException {
    List<Row> observations = Ingestion.observations(records).collectAsList();
    List<Row> rejected = Ingestion.rejected(records).collectAsList();
    List<Row> others =
        records
            .where(SourceRecord.isPassedOver())
            .select(Observation.FILE.col(), Observation.LINE.col())
            .collectAsList();
    assertThat(records.count()).isEqualTo(observations.size() + rejected.size() + others.size());
    assertThat(observations)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.<Integer>getAs("port")).isBetween(0, 65_535);
              assertThat(row.<Object>getAs("observed_at")).isNotNull();
              assertThat(row.<String>getList(row.fieldIndex("quality_flags"))).doesNotContainNull();
            });
    assertThat(Stream.of(observations, rejected).flatMap(List::stream).map(Row::json))
        .noneMatch(row -> row.contains(SECRET) || row.contains(SECRET_IN_BASE64));
    assertEveryLineIsThere(
        Stream.of(observations, rejected, others).flatMap(List::stream).toList(), day);
  }

  private static void assertEveryLineIsThere(List<Row> rows, Path day) throws IOException {
    Set<String> seen =
        rows.stream()
            .map(row -> row.getAs("file") + ":" + row.getAs("line"))
            .collect(Collectors.toSet());
    Set<String> expected = new TreeSet<>();
    for (Path file : files(day)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".ndjson")) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        long lines = content.split("\n", -1).length - (content.endsWith("\n") ? 1 : 0);
        for (long line = 1; line <= lines && !content.isEmpty(); line++) {
          expected.add(name + ":" + line);
        }
      }
    }
    assertThat(seen).containsAll(expected);
  }
}

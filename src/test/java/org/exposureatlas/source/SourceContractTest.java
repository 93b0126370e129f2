package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exposureatlas.source.SourceReading.SAMPLES;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Named;
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
  @MethodSource("sources")
  void everyLineOfTheFixtureEndsInATableAndNoneTellsASecret(ScanSource source) throws IOException {
    assertThat(text(day(source))).contains(SECRET);

    assertContract(records(source, SAMPLES), day(source));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
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

    assertContract(records(source, raw), mutated);
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
    Dataset<Row> read = records.cache();
    List<Row> observations = Ingestion.observations(read).collectAsList();
    List<Row> rejected = Ingestion.rejected(read).collectAsList();
    List<Row> others =
        read.where(SourceRecord.isPassedOver())
            .select(Observation.FILE.col(), Observation.LINE.col())
            .collectAsList();
    assertThat(read.count()).isEqualTo(observations.size() + rejected.size() + others.size());
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
    read.unpersist();
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

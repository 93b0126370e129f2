package org.exposureatlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.exposureatlas.testing.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer runs it, smaller, and the notebook on its release. */
class DemoIT {

  private static final Path NOTEBOOK = Path.of("notebooks/01-country-exposure.ipynb");

  @TempDir static Path folder;

  private static Command.Result demo;
  private static Path release;

  @BeforeAll
  static void runTheDemo() throws Exception {
    Path place = Files.createDirectories(folder.resolve("a folder with spaces"));
    demo =
        Command.in(place)
            .submit(
                "demo",
                "--out",
                "my demo",
                "--scale",
                "600",
                "--conf",
                "spark.atlas.simulate.snapshots=16");
    release = place.resolve("my demo/releases/2022-07-21");
  }

  @Test
  void itEndsWithTheRankingTheReleaseAndTheReport() {
    assertThat(demo.status()).as(demo.errors()).isZero();
    assertThat(demo.output())
        .containsPattern("(?m)^ +1 +CN +7\\d\\d\\.\\d")
        .containsPattern("(?m)^ +2 +US +5\\d\\d\\.\\d")
        .contains("The world is simulated: these figures say nothing about any country.")
        .containsPattern("(?m)^release .*my demo/releases/2022-07-21$")
        .containsPattern("(?m)^report .*my demo/releases/2022-07-21/report.html$");
    assertThat(release.resolve("release.json")).content().contains("\"simulated\" : true");
    assertThat(release.resolve("report.html")).content().contains("<h1>China had the most data");
  }

  @Test
  void itShowsWhatItIsDoing() {
    assertThat(demo.errors())
        .contains("simulate ...")
        .containsPattern("16 snapshots, 16 files, [\\d,]+ lines")
        .containsPattern("rejected: \\{.*malformed_json=\\d+")
        .containsPattern("ingest done in .* observation, .* rejected")
        .doesNotContain("Exception");
  }

  @Test
  void theNotebookRunsOnTheRelease() throws Exception {
    assumeTrue(hasPython(), "no Python 3.11 or later with venv");
    Path executed = folder.resolve("executed.ipynb");

    Command.Result result =
        Command.in(folder)
            .run(
                Path.of("notebooks/execute.sh").toAbsolutePath(),
                release.toString(),
                executed.toString());

    assertThat(result.status()).as(result.errors()).isZero();
    assertThat(Files.readString(executed))
        .contains("The world is simulated")
        .contains("no snapshot on: ['2022-07-08']")
        .contains("image/png");
  }

  @Test
  void theNotebookIsKeptWithoutOutputs() throws IOException {
    JsonNode cells = new ObjectMapper().readTree(Files.readString(NOTEBOOK)).get("cells");

    assertThat(StreamSupport.stream(cells.spliterator(), false))
        .filteredOn(cell -> cell.get("cell_type").asText().equals("code"))
        .isNotEmpty()
        .allMatch(cell -> cell.get("outputs").isEmpty() && cell.get("execution_count").isNull());
  }

  private static boolean hasPython() throws Exception {
    Command.Result found =
        Command.in(folder)
            .run(
                Path.of("/usr/bin/env"),
                "python3",
                "-c",
                "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))");
    return found.status() == 0;
  }
}

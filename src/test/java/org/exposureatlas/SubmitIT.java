package org.exposureatlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.exposureatlas.testing.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmitIT {

  @TempDir Path folder;

  private Path withSpaces() throws IOException {
    return Files.createDirectories(folder.resolve("a folder with spaces"));
  }

  @Test
  void withoutArgumentsItListsEveryJobWithTheFirstLineOfItsFile() throws Exception {
    Command.Result result = Command.in(withSpaces()).submit();
    assertThat(result.status()).isZero();
    assertThat(result.output())
        .contains("  demo       Simulates a world and runs every job on it, on this machine.")
        .contains(
            "  nightly    Runs ingest, expose, measure, index, churn, trend, survival, release and report");
  }

  @Test
  void dryRunPrintsTheSparkSubmitLineAndRunsNothing() throws Exception {
    Command.Result result =
        Command.in(withSpaces())
            .submit(
                "--dry-run",
                "nightly",
                "--snapshot-date",
                "2022-07-21",
                "--conf",
                "spark.atlas.raw=/data/with space");
    assertThat(result.status()).isZero();
    assertThat(result.output())
        .startsWith("spark-submit --load-spark-defaults --properties-file ")
        .contains("jobs/nightly.conf --conf spark.atlas.raw=/data/with\\ space ")
        .contains("--class org.exposureatlas.job.NightlyJob ")
        .endsWith("-all.jar --snapshot-date 2022-07-21\n");
    assertThat(folder.resolve("a folder with spaces")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "nighly --snapshot-date 2022-07-21 | unknown job 'nighly'; known jobs: churn demo explain expose",
        "nightly --snapshot-date 2022-02-30 | --snapshot-date: found '2022-02-30', expected a day of the calendar",
        "nightly --snapshot-date 21.7.2022 | --snapshot-date: found '21.7.2022', expected a date such as 2022-07-21",
        "nightly --conf spark.atlas.warehous=x | unknown key spark.atlas.warehous; the nearest known one is spark.atlas.warehouse",
        "nightly --conf nonsense | --conf: found 'nonsense', expected KEY=VALUE",
        "explain --country China | --country: found 'China', expected a code such as CN",
        "nightly --date 2022-07-21 | unknown option '--date'; see submit.sh --help",
      })
  void aMistakeIsOneClearLineAndANonZeroExit(String arguments, String message) throws Exception {
    Command.Result result = Command.in(withSpaces()).submit(arguments.split(" "));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors()).startsWith("submit.sh: " + message).hasLineCount(1);
  }

  @Test
  void aSparkOfAnotherMinorVersionIsRefused() throws Exception {
    Path home = sparkOf("3.5.6");
    Command.Result result =
        Command.in(withSpaces())
            .with("SPARK_HOME", home.toString())
            .submit("nightly", "--snapshot-date", "2022-07-21");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.errors())
        .contains("is Spark 3.5.6; Exposure Atlas 0.1.0 needs Spark 4.1.x")
        .hasLineCount(1);
  }

  @Test
  void aSparkHomeWithoutSparkIsRefused() throws Exception {
    Command.Result result =
        Command.in(withSpaces())
            .with("SPARK_HOME", folder.toString())
            .submit("nightly", "--snapshot-date", "2022-07-21");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.errors())
        .contains("SPARK_HOME: found '" + folder + "', expected the folder of a Spark")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"11, 11.0.25", "18, 18.0.2.1", "25, 25"})
  void aJavaThatSparkDoesNotRunOnIsRefused(String major, String version) throws Exception {
    Path java = Files.createDirectories(folder.resolve("other/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Command.Result result =
        Command.in(withSpaces())
            .with("JAVA_HOME", folder.resolve("other").toString())
            .submit("nightly", "--snapshot-date", "2022-07-21");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.errors())
        .contains("is Java " + major + "; JDK 17 or 21 is needed")
        .hasLineCount(1);
  }

  @Test
  void theFirstNightThatSucceedsLeavesItsClassesToLaterStarts() throws Exception {
    Path classes = Path.of(System.getProperty("atlas.jar")).resolveSibling("classes-17.0.99.jsa");
    Files.deleteIfExists(classes);
    try {
      assertThat(nightly("7", "--snapshot-date", "2022-07-21").status()).isEqualTo(7);
      assertThat(classes).doesNotExist();
      assertThat(nightly("0", "--snapshot-date", "2022-07-21").output())
          .contains("-XX:ArchiveClassesAtExit=" + classes);
      assertThat(nightly("0", "--snapshot-date", "2022-07-21").output())
          .contains("-XX:SharedArchiveFile=" + classes);
    } finally {
      Files.deleteIfExists(classes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--snapshot-date 2022-07-20, true",
    "--snapshot-date 2022-07-21, false",
    "--snapshot-date 2022-07-22, false",
    "--from 2022-07-01 --to 2022-07-20, true",
    "--from 2022-07-20 --to 2022-07-21, false",
    "--from 2022-07-22 --to 2022-07-31, false"
  })
  void daysOfFewRecordsAreNotOptimisedFor(String days, boolean isLittle) throws Exception {
    Path raw = withSpaces().resolve("atlas/raw/leakix");
    Files.createDirectories(raw.resolve("2022-07-19"));
    Files.write(Files.createDirectories(raw.resolve("2022-07-20")).resolve("a"), new byte[1_000]);
    Files.write(
        Files.createDirectories(raw.resolve("2022-07-21")).resolve("b"), new byte[16_000_000]);
    assertThat(nightly("7", days.split(" ")).output().contains(" -XX:TieredStopAtLevel=1 "))
        .isEqualTo(isLittle);
  }

  /** A night on a Java that says what it is started with, and ends with {@code status}. */
  private Command.Result nightly(String status, String... days) throws Exception {
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        [ "$1" != -version ] || { echo 'openjdk version "17.0.99" 2026-10-20' >&2; exit; }
        for option; do
          case $option in -XX:ArchiveClassesAtExit=*) touch "${option#*=}" ;; esac
        done
        echo "$@"
        exit $STATUS
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Command.in(withSpaces())
        .with("JAVA_HOME", folder.resolve("java").toString())
        .with("STATUS", status)
        .submit(Stream.concat(Stream.of("nightly"), Stream.of(days)).toArray(String[]::new));
  }

  @Test
  void aJobWithoutADateSaysSoBeforeItStarts() throws Exception {
    Path place = withSpaces();
    Command.Result result = Command.in(place).submit("nightly");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors())
        .startsWith("nightly: --snapshot-date: found nothing, expected a date such as 2022-07-21")
        .hasLineCount(1);
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void theSparkOfSparkHomeIsUsedAndNothingIsBuiltAgain() throws Exception {
    Path home = sparkOf("4.1.0");
    Path jar = Path.of(System.getProperty("atlas.jar"));
    FileTime built = Files.getLastModifiedTime(jar);
    Command.Result result =
        Command.in(withSpaces())
            .with("SPARK_HOME", home.toString())
            .submit("nightly", "--snapshot-date", "2022-07-21", "--master", "yarn");
    assertThat(result.status()).isZero();
    assertThat(result.output()).contains("--master yarn --class org.exposureatlas.job.NightlyJob");
    assertThat(Files.getLastModifiedTime(jar)).isEqualTo(built);
  }

  @Test
  void aJobWithoutItsInputSaysWhatIsMissingAndWhereItLooked() throws Exception {
    Path place = withSpaces();
    Command.Result result = Command.in(place).submit("nightly", "--snapshot-date", "2022-07-21");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors())
        .contains(
            "nightly: no raw snapshot for 2022-07-21: looked at atlas/raw/{leakix,shodan,censys,")
        .doesNotContain("\tat ");
    assertThat(place.resolve("atlas/releases")).doesNotExist();
  }

  private Path sparkOf(String version) throws IOException {
    Path home = folder.resolve("spark " + version);
    Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(home.resolve("jars/spark-core_2.13-" + version + ".jar"));
    Path submit = home.resolve("bin/spark-submit");
    Files.writeString(submit, "#!/bin/sh\necho \"$@\"\n");
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}

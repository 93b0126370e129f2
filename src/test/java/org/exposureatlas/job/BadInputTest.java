package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Rejected;
import org.exposureatlas.schema.SnapshotQuality;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees when what comes in is bad, and that nothing half-made is published. */
class BadInputTest {

  private static final String DAY = "2022-07-21";
  private static final String GOOD =
      event("1.2.3.4", "\"27017\"", "5368709120", DAY + "T03:41:50Z");

  @TempDir Path folder;

  private Atlas atlas;
  private Path snapshot;

  @BeforeEach
  void folders() throws IOException {
    atlas = new Atlas(folder);
    snapshot = Files.createDirectories(folder.resolve("raw/leakix/" + DAY));
    edition("network,country_code\n1.2.3.0/24,NL\n");
  }

  private void edition(String text) throws IOException {
    Path edition = Files.createDirectories(folder.resolve("geoip/test/edition=2022-07-01"));
    Files.writeString(edition.resolve("country.csv"), text);
  }

  private static String event(String ip, String port, String size, String time) {
    return "{\"event_type\":\"leak\",\"event_source\":\"MongoSchemaPlugin\",\"ip\":\""
        + ip
        + "\",\"port\":"
        + port
        + ",\"transport\":[\"tcp\"],\"protocol\":\"mongo\",\"time\":\""
        + time
        + "\",\"leak\":{\"dataset\":{\"rows\":9,\"size\":"
        + size
        + ",\"collections\":2}}}";
  }

  private void file(String name, String... lines) throws IOException {
    Files.writeString(snapshot.resolve(name), String.join("\n", lines) + "\n");
  }

  private void gzip(String name, byte[] content, int keep) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(content);
    }
    byte[] bytes = zipped.toByteArray();
    Files.write(snapshot.resolve(name), Arrays.copyOf(bytes, Math.min(keep, bytes.length)));
  }

  private Atlas ingestAll() {
    return atlas.with("spark.atlas.ingest.max-rejected-share", "1").run(IngestJob::run, DAY);
  }

  private List<Row> rejected() {
    return atlas.table(Rejected.TABLE).orderBy("file", "line").collectAsList();
  }

  @Test
  void wrongTypesAreRejectedByLineAndTheRestIsKept() throws IOException {
    file(
        "events.ndjson",
        GOOD,
        event("1.2.3.5", "\"99999\"", "1", DAY + "T00:00:00Z"),
        event("1.2.3.5", "\"27017\"", "\"5 GB\"", DAY + "T00:00:00Z"),
        event("1.2.3.5", "\"27017\"", "1", "0001-01-01T00:00:00Z"),
        event("1.2.3.300", "\"27017\"", "1", DAY + "T00:00:00Z"),
        "",
        "{\"event_type\":\"leak\"",
        event("1.2.3.6", "\"1\",\"port\":\"27017\"", "7", DAY + "T00:00:00Z"));

    ingestAll();

    assertThat(rejected())
        .extracting(
            row -> row.getAs("line"), row -> row.getAs("reason"), row -> row.getAs("detail"))
        .containsExactly(
            tuple(2L, "invalid_port", "port: found '99999', expected 0 to 65535"),
            tuple(3L, "wrong_type", "leak.dataset.size: found string, expected integer"),
            tuple(
                4L,
                "invalid_time",
                "time: found '0001-01-01T00:00:00Z', expected an RFC 3339 instant after year 1"),
            tuple(5L, "invalid_ip", "ip: found '1.2.3.300', expected an IPv4 or IPv6 address"),
            tuple(7L, "malformed_json", rejected().get(4).getAs("detail")));
    assertThat(atlas.table(Observation.TABLE).orderBy("line").collectAsList())
        .extracting(row -> row.getAs("line"), row -> row.getAs("port"))
        .containsExactly(tuple(1L, 27017), tuple(8L, 27017));
    Row quality = atlas.table(SnapshotQuality.TABLE).head();
    assertThat(quality.<Long>getAs("line_count")).isEqualTo(8);
    assertThat(quality.<Long>getAs("blank_line_count")).isEqualTo(1);
    assertThat(quality.getJavaMap(quality.fieldIndex("rejected_by_reason"))).hasSize(5);
  }

  @Test
  void aTruncatedAndAGarbledGzipKeepTheirRecordsAndAreNamed() throws IOException {
    byte[] many = (GOOD + "\n").repeat(40).getBytes(StandardCharsets.UTF_8);
    gzip("whole.ndjson.gz", many, Integer.MAX_VALUE);
    gzip("cut.ndjson.gz", many, 150);
    Files.write(
        snapshot.resolve("garbage.ndjson.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3});

    ingestAll();

    assertThat(rejected())
        .extracting(row -> row.getAs("file"), row -> row.getAs("reason"))
        .containsExactly(
            tuple("cut.ndjson.gz", "damaged_file"), tuple("garbage.ndjson.gz", "damaged_file"));
    assertThat(atlas.table(Observation.TABLE).where("file = 'whole.ndjson.gz'").count())
        .isEqualTo(40);
  }

  @Test
  void invalidUtf8AndALineOf20MebibytesAreRejectedAndReadingGoesOn() throws IOException {
    byte[] invalid = GOOD.replace("mongo\"", "mong?\"").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < invalid.length; i++) {
      invalid[i] = invalid[i] == '?' ? (byte) 0xC3 : invalid[i];
    }
    Files.write(snapshot.resolve("a.ndjson"), invalid);
    file("b.ndjson", "{\"summary\":\"" + "x".repeat(20 << 20) + "\"}", GOOD);

    ingestAll();

    assertThat(rejected())
        .extracting(row -> row.getAs("file"), row -> row.getAs("line"), row -> row.getAs("reason"))
        .containsExactly(
            tuple("a.ndjson", 1L, "invalid_utf8"), tuple("b.ndjson", 1L, "line_too_long"));
    assertThat(atlas.table(Observation.TABLE).count()).isEqualTo(1);
  }

  @Test
  void whatIsNotKnownIsNamedAndAllElseIsRead() throws IOException {
    file("events.ndjson", GOOD, GOOD.replace("MongoSchemaPlugin", "GopherPlugin"));
    Files.createDirectories(folder.resolve("raw/mystery/" + DAY));

    ingestAll();

    Row quality = atlas.table(SnapshotQuality.TABLE).head();
    assertThat(quality.getList(quality.fieldIndex("unknown_versions")))
        .isEqualTo(List.of("plugin GopherPlugin"));
    assertThat(atlas.table(Observation.TABLE).count()).isEqualTo(2);
    assertThat(atlas.said())
        .contains("read, though not known: leakix plugin GopherPlugin")
        .contains("passed over: mystery below")
        .contains("known are leakix, shodan, ");
  }

  @Test
  void aFieldThatIsGoneStopsTheRun() throws IOException {
    for (int day = 14; day <= 21; day++) {
      String sized = GOOD.replace(DAY, "2022-07-" + day);
      Path folderOfDay = Files.createDirectories(folder.resolve("raw/leakix/2022-07-" + day));
      Files.writeString(
          folderOfDay.resolve("events.ndjson"),
          (day == 21 ? sized.replace("\"size\"", "\"bytes\"") : sized).concat("\n").repeat(60));
    }
    assertThatThrownBy(() -> atlas.run(IngestJob::run, "2022-07-14", DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining(
            "leakix of 2022-07-21: size_bytes is absent in a share of 1.000 of 60 observations of"
                + " mongodb, expected at most 0.500 (0.000 in the median of 7 snapshots before");

    atlas.with("spark.atlas.ingest.max-absent-share", "0.5,leakix=1");
    atlas.run(IngestJob::run, "2022-07-14", DAY);
    assertThat(atlas.table(Observation.TABLE).count()).isEqualTo(480);
  }

  @Test
  void tooManyRejectsStopTheRunAndWhatWasPublishedStays() throws IOException {
    file("events.ndjson", GOOD);
    atlas.run(IngestJob::run, DAY);
    file("events.ndjson", GOOD, "nonsense", "nonsense");

    assertThatThrownBy(() -> atlas.run(IngestJob::run, DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining("leakix of 2022-07-21: 2 of 3 records were rejected")
        .hasMessageContaining("{malformed_json=2}")
        .hasMessageContaining("expected a share of at most 0.05")
        .hasMessageContaining("\"file\":\"events.ndjson\",\"line\":2");
    assertThat(atlas.table(Observation.TABLE).count()).isEqualTo(1);
    assertThat(atlas.table(Rejected.TABLE).count()).isZero();
  }

  @Test
  void anEditionThatCoversTooLittleStopsTheRun() throws IOException {
    edition("network,country_code\n2.0.0.0/8,NL\n");
    file("events.ndjson", GOOD);

    assertThatThrownBy(() -> atlas.run(IngestJob::run, DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining("edition test/2022-07-01 has no country for 1 of 1 observations");
  }

  @Test
  void aSnapshotOfEmptyFilesIsNoSnapshot() throws IOException {
    Files.createFile(snapshot.resolve("events.ndjson"));

    assertThatThrownBy(() -> atlas.run(IngestJob::run, DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining("leakix of 2022-07-21: found no record in 1 files");
  }

  @Test
  void anEmptyFileBesideAWholeOneIsNamedAndTheOtherIsRead() throws IOException {
    file("a.ndjson", GOOD);
    Files.createFile(snapshot.resolve("b.ndjson"));

    ingestAll();

    assertThat(atlas.said()).contains("empty files: " + DAY + "/b.ndjson");
    assertThat(atlas.table(Observation.TABLE).count()).isEqualTo(1);
    Row quality = atlas.table(SnapshotQuality.TABLE).head();
    assertThat(quality.<Long>getAs("file_count")).isEqualTo(2);
  }

  @Test
  void bytesThatAreNoTextInsideAWholeGzipAreRejectedLineByLine() throws IOException {
    byte[] noise = new byte[3_000];
    new Random(1).nextBytes(noise);
    gzip("a.ndjson.gz", noise, Integer.MAX_VALUE);
    file("b.ndjson", GOOD);

    ingestAll();

    assertThat(rejected()).isNotEmpty().allMatch(row -> row.getAs("file").equals("a.ndjson.gz"));
    assertThat(rejected())
        .extracting(row -> row.<String>getAs("detail"))
        .allMatch(detail -> detail.matches("byte \\d+: found .*, expected .*"));
    assertThat(atlas.said()).contains("rejected: {malformed_json=" + rejected().size() + "}");
    assertThat(atlas.table(Observation.TABLE).count()).isEqualTo(1);
  }

  @Test
  void aFolderWithoutFilesIsNamed() {
    assertThatThrownBy(() -> atlas.run(IngestJob::run, DAY))
        .isInstanceOf(MissingInputException.class)
        .hasMessageContaining("raw/leakix/" + DAY);
  }

  @Test
  void aFileThatNoInputOfTheSourceTakesIsNamed() throws IOException {
    file("events.ndjson", GOOD);
    Files.createDirectories(snapshot.resolve("more"));
    file("more/notes.docx", "x");

    assertThatThrownBy(() -> atlas.run(IngestJob::run, DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining(
            "leakix/"
                + DAY
                + "/more/notes.docx: found another kind of file, expected a name ending in .json");
  }

  @Test
  void aMissingSnapshotIsNamed() {
    assertThatThrownBy(() -> atlas.run(IngestJob::run, "2022-07-22"))
        .isInstanceOf(MissingInputException.class)
        .hasMessageContaining("2022-07-22");
    assertThatThrownBy(() -> atlas.run(ExposeJob::run, "2022-07-22"))
        .isInstanceOf(MissingInputException.class)
        .hasMessageContaining("2022-07-22");
    assertThatThrownBy(() -> atlas.run(ReportJob::run, "2022-07-22"))
        .isInstanceOf(MissingInputException.class)
        .hasMessageContaining("release");
  }

  @Test
  void aMissingEditionIsNamed() throws IOException {
    file("events.ndjson", GOOD);
    atlas.with("spark.atlas.geoip", folder.resolve("nowhere"));

    assertThatThrownBy(() -> atlas.run(IngestJob::run, DAY))
        .isInstanceOf(MissingInputException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("edition=");
  }

  @Test
  void aBrokenEditionIsRefusedBeforeARowIsWritten() throws IOException {
    file("events.ndjson", GOOD);
    edition("network,country_code\n1.2.3.0/24,NL\n1.2.4.7/24,NL\n");
    assertThatThrownBy(() -> atlas.run(IngestJob::run, DAY))
        .hasMessageContaining("country.csv")
        .hasMessageContaining("line 3")
        .hasMessageContaining("1.2.4.7/24");

    edition("network,land\n1.2.3.0/24,NL\n");
    assertThatThrownBy(() -> atlas.run(IngestJob::run, DAY))
        .hasMessageContaining("country.csv")
        .hasMessageContaining("land");
    assertThat(folder.resolve("warehouse/exposure_atlas/observation")).doesNotExist();
  }

  @Test
  void realSnapshotsAreNeverOverwrittenBySimulatedOnes() throws IOException {
    file("events.ndjson", GOOD);

    assertThatThrownBy(() -> atlas.run(SimulateJob::run, DAY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("real ones are never overwritten");
    assertThat(snapshot.resolve("events.ndjson")).exists();
  }
}

package org.exposureatlas.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class NdjsonPathsSourceTest {

  private static final List<JsonField> FIELDS =
      List.of(
          new JsonField("name", "name", FieldType.STRING),
          new JsonField("size", "leak.dataset.size", FieldType.LONG),
          new JsonField("port", "port", FieldType.TEXT),
          new JsonField("open", "open", FieldType.BOOLEAN),
          new JsonField("tags", "tags", FieldType.JSON),
          JsonField.inherited("host", "host", FieldType.STRING),
          JsonField.inherited("country", "geo.country", FieldType.STRING),
          new JsonField("outer_host", "host", FieldType.TEXT, JsonField.Scope.OUTERMOST));

  @TempDir Path folder;

  private Dataset<Row> dataset(SparkSession spark, String... options) {
    var reader =
        spark
            .read()
            .format("ndjson-paths")
            .option("root", folder.toString())
            .option("fields", JsonField.encode(FIELDS))
            .option("explode", "events");
    for (int i = 0; i < options.length; i += 2) {
      reader = reader.option(options[i], options[i + 1]);
    }
    return reader.load(folder.toString());
  }

  private List<Row> read(SparkSession spark, String... options) {
    return dataset(spark, options).orderBy("file", "line").collectAsList();
  }

  private List<Row> read(SparkSession spark, byte[] content, String file) throws IOException {
    Files.write(folder.resolve(file), content);
    return read(spark);
  }

  private List<Row> read(SparkSession spark, String content) throws IOException {
    return read(spark, content.getBytes(StandardCharsets.UTF_8), "a.ndjson");
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] lines(int count) {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      text.append("{\"name\":\"n").append(random.nextLong()).append("\",\"port\":").append(i);
      text.append("}\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void projectsPathsAndCarriesFileAndLine(SparkSession spark) throws IOException {
    List<Row> rows =
        read(
            spark,
            "{\"name\":\"a\",\"leak\":{\"dataset\":{\"size\":5}},\"port\":\"80\",\"open\":true,\"tags\":[1, {\"x\":\"]\"}]}\n"
                + "{\"port\":443}\r\n"
                + "{\"name\":null,\"tags\":null}");
    assertThat(rows)
        .extracting(
            row -> row.getAs("name"),
            row -> row.getAs("size"),
            row -> row.getAs("port"),
            row -> row.getAs("open"),
            row -> row.getAs("tags"),
            row -> row.getAs("file"),
            row -> row.getAs("line"),
            row -> row.getAs("reason"))
        .containsExactly(
            tuple("a", 5L, "80", true, "[1, {\"x\":\"]\"}]", "a.ndjson", 1L, null),
            tuple(null, null, "443", null, null, "a.ndjson", 2L, null),
            tuple(null, null, null, null, null, "a.ndjson", 3L, null));
  }

  @Test
  void everyUnusableRecordSaysWhyAndReadingGoesOn(SparkSession spark) throws IOException {
    byte[] head =
        ("{\"name\":\"cut\n"
                + "\n"
                + "{\"leak\":{\"dataset\":{\"size\":\"5 GB\"}}}\n"
                + "{\"leak\":{\"dataset\":{\"size\":99999999999999999999}}}\n"
                + "{\"leak\":{\"dataset\":{\"size\":1.5}}}\n"
                + "[1]\n"
                + "{\"name\":\"a\"} x\n")
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(head);
    content.write("{\"name\":\"".getBytes(StandardCharsets.UTF_8));
    content.write(0xC3);
    content.write("\"}\n{\"name\":\"good\"}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(read(spark, content.toByteArray(), "a.ndjson"))
        .extracting(
            row -> row.<Long>getAs("line"), row -> row.getAs("reason"), row -> row.getAs("detail"))
        .containsExactly(
            tuple(1L, "malformed_json", "byte 13: found the end, expected the end of a string"),
            tuple(2L, "blank", ""),
            tuple(3L, "wrong_type", "leak.dataset.size: found string, expected integer"),
            tuple(4L, "invalid_number", "leak.dataset.size: found a number beyond 64 bits"),
            tuple(5L, "wrong_type", "leak.dataset.size: found a fraction, expected integer"),
            tuple(6L, "malformed_json", "byte 1: found '[', expected an object"),
            tuple(7L, "malformed_json", "byte 14: found 'x', expected nothing after the object"),
            tuple(8L, "invalid_utf8", "name: found bytes that are not UTF-8"),
            tuple(9L, null, null));
  }

  @Test
  void ofDuplicateKeysTheLastCounts(SparkSession spark) throws IOException {
    assertThat(
            read(
                spark,
                "{\"name\":\"a\",\"leak\":{\"dataset\":{\"size\":1}},\"name\":\"b\",\"leak\":{\"dataset\":{}}}"))
        .extracting(row -> row.getAs("name"), row -> row.getAs("size"))
        .containsExactly(tuple("b", null));
  }

  @Test
  void integralFloatsAreIntegers(SparkSession spark) throws IOException {
    assertThat(
            read(
                spark,
                "{\"leak\":{\"dataset\":{\"size\":123.0}}}\n{\"leak\":{\"dataset\":{\"size\":1e3}}}\n"
                    + "{\"leak\":{\"dataset\":{\"size\":-9223372036854775808}}}"))
        .extracting(row -> row.getAs("size"))
        .containsExactly(123L, 1000L, Long.MIN_VALUE);
  }

  @Test
  void escapesAreDecoded(SparkSession spark) throws IOException {
    assertThat(
            read(
                spark, "{\"n\\u0061me\":\"\\u00e9\\n\\ud83d\\ude00\\/\\ud800\",\"port\":\"\\\\\"}"))
        .extracting(row -> row.getAs("name"), row -> row.getAs("port"))
        .containsExactly(tuple("é\n😀/\uFFFD", "\\"));
  }

  @Test
  void anArrayIsReadElementByElementWithTheLineOfEach(SparkSession spark) throws IOException {
    assertThat(
            read(
                spark,
                "\n[\n {\"name\":\"a\",\n  \"tags\":[\"}\",\"\\\"]\"]},\n {\"name\":5}, {\"name\":\"c\"}\n]\n"))
        .extracting(row -> row.getAs("name"), row -> row.getAs("line"), row -> row.getAs("reason"))
        .containsExactlyInAnyOrder(
            tuple("a", 3L, null), tuple(null, 5L, "wrong_type"), tuple("c", 5L, null));
  }

  @Test
  void anArrayThatBreaksOffIsReported(SparkSession spark) throws IOException {
    assertThat(read(spark, "[{\"name\":\"a\"}"))
        .extracting(row -> row.getAs("name"), row -> row.getAs("reason"))
        .containsExactlyInAnyOrder(tuple("a", null), tuple(null, "malformed_json"));
  }

  @Test
  void elementsOfAnExplodedMemberAreTheRecords(SparkSession spark) throws IOException {
    assertThat(
            read(
                spark,
                "{\"name\":\"outer\",\"events\":[{\"name\":\"a\"},{\"name\":1},{\"name\":\"b\"}]}\n"
                    + "{\"events\":null}\n{\"name\":\"plain\"}"))
        .extracting(row -> row.getAs("name"), row -> row.getAs("line"), row -> row.getAs("reason"))
        .containsExactlyInAnyOrder(
            tuple("a", 1L, null),
            tuple(null, 1L, "wrong_type"),
            tuple("b", 1L, null),
            tuple(null, 2L, "blank"),
            tuple("plain", 3L, null));
  }

  @Test
  void memberValuesOfAnExplodedObjectAreTheRecords(SparkSession spark) throws IOException {
    assertThat(
            read(
                spark,
                "{\"events\":{\"x\":{\"name\":\"a\"}, \"\\u0079\" : {\"name\":\"b\"},\"z\":1},\"port\":7}\n"
                    + "{\"events\":{}}\n{\"events\":{\"x\"}}\n{\"events\":\"text\",\"name\":\"plain\"}"))
        .extracting(row -> row.getAs("name"), row -> row.getAs("line"), row -> row.getAs("reason"))
        .containsExactlyInAnyOrder(
            tuple("a", 1L, null),
            tuple("b", 1L, null),
            tuple(null, 1L, "malformed_json"),
            tuple(null, 2L, "blank"),
            tuple(null, 3L, "malformed_json"),
            tuple("plain", 4L, null));
  }

  @Test
  void elementsTakeOverFromTheirCarrierOnlyWhatTheyLack(SparkSession spark) throws IOException {
    assertThat(
            read(
                spark,
                "{\"events\":[{\"name\":\"a\"},{\"name\":\"b\",\"host\":\"own\",\"geo\":{\"country\":null}},"
                    + "{\"geo\":{\"country\":\"FR\"}}],\"name\":\"outer\",\"host\":\"h\\u0031\",\"geo\":{\"country\":\"NL\"}}\n"
                    + "{\"events\":[{\"name\":\"c\"}]}\n{\"host\":5,\"events\":[{\"host\":\"own\"},{}]}\n"
                    + "{\"name\":\"d\",\"host\":\"self\"}"))
        .extracting(
            row -> row.getAs("line"),
            row -> row.getAs("name"),
            row -> row.getAs("host"),
            row -> row.getAs("country"),
            row -> row.getAs("outer_host"),
            row -> row.getAs("reason"))
        .containsExactlyInAnyOrder(
            tuple(1L, "a", "h1", "NL", "h1", null),
            tuple(1L, "b", "own", "NL", "h1", null),
            tuple(1L, null, "h1", "FR", "h1", null),
            tuple(2L, "c", null, null, null, null),
            tuple(3L, null, "own", null, "5", null),
            tuple(3L, null, null, null, null, "wrong_type"),
            tuple(4L, "d", "self", null, "self", null));
  }

  @Test
  void objectsOverSeveralLinesAreReadOneByOne(SparkSession spark) throws IOException {
    assertThat(
            read(
                spark,
                "\n{ \r\n  \"name\": \"a}\",\n  \"tags\": [{}, \"\\\"}\"]\n}\n]\n{\n \"events\": [\n  {\"name\": \"b\"}\n ]\n}{\"name\":\"c\"}\n}{\"name\":\"cut"))
        .extracting(row -> row.getAs("name"), row -> row.getAs("line"), row -> row.getAs("reason"))
        .containsExactlyInAnyOrder(
            tuple("a}", 2L, null),
            tuple(null, 6L, "malformed_json"),
            tuple("c", 11L, null),
            tuple(null, 12L, "malformed_json"),
            tuple(null, 12L, "malformed_json"));
  }

  @Test
  void aLineOf20MebibytesIsRejectedAndTheNextOneRead(SparkSession spark) throws IOException {
    byte[] longLine = new byte[20 << 20];
    Arrays.fill(longLine, (byte) 'x');
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write("{\"name\":\"a\"}\n{\"name\":\"".getBytes(StandardCharsets.UTF_8));
    content.write(longLine);
    content.write("\"}\n{\"name\":\"b\"}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(read(spark, gzip(content.toByteArray()), "a.ndjson.gz"))
        .extracting(
            row -> row.getAs("name"),
            row -> row.getAs("line"),
            row -> row.getAs("reason"),
            row -> row.getAs("detail"))
        .containsExactly(
            tuple("a", 1L, null, null),
            tuple(
                null,
                2L,
                "line_too_long",
                "found a longer record, expected at most 16777216 bytes"),
            tuple("b", 3L, null, null));
  }

  @Test
  void aTruncatedGzipKeepsItsRecordsAndIsReported(SparkSession spark) throws IOException {
    byte[] whole = gzip(lines(20_000));
    List<Row> rows = read(spark, Arrays.copyOf(whole, whole.length / 2), "a.ndjson.gz");
    assertDamaged(rows, 20_000);
  }

  @Test
  void aGzipWithGarbageInsideKeepsItsRecordsAndIsReported(SparkSession spark) throws IOException {
    byte[] broken = gzip(lines(20_000));
    Arrays.fill(broken, broken.length / 2, broken.length / 2 + 2_000, (byte) 0xFF);
    assertDamaged(read(spark, broken, "a.ndjson.gz"), 20_000);
  }

  @Test
  void garbageBehindAGzipIsReported(SparkSession spark) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(gzip(lines(10)));
    content.write("garbage garbage garbage".getBytes(StandardCharsets.UTF_8));
    List<Row> rows = read(spark, content.toByteArray(), "a.ndjson.gz");
    assertThat(rows).hasSize(11);
    assertThat(rows.get(10).<String>getAs("reason")).isEqualTo("damaged_file");
  }

  private static void assertDamaged(List<Row> rows, int whole) {
    Row last = rows.get(rows.size() - 1);
    assertThat(rows.size()).isBetween(100, whole);
    assertThat(rows.subList(0, rows.size() - 1))
        .allSatisfy(row -> assertThat(row.<String>getAs("reason")).isNull());
    assertThat(last.<String>getAs("reason")).isEqualTo("damaged_file");
    assertThat(last.<Long>getAs("line")).isEqualTo(rows.size());
    assertThat(last.<String>getAs("detail")).startsWith("the rest of the file cannot be read: ");
  }

  @Test
  void concatenatedGzipMembersAreAllRead(SparkSession spark) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(gzip(lines(3)));
    content.write(gzip(lines(4)));
    assertThat(read(spark, content.toByteArray(), "a.ndjson.gz")).hasSize(7);
  }

  @Test
  void aGzipWithAWrongChecksumIsReported(SparkSession spark) throws IOException {
    byte[] broken = gzip(lines(20_000));
    broken[broken.length - 8] ^= 1;
    List<Row> rows = read(spark, broken, "a.ndjson.gz");
    assertDamaged(rows, 20_001);
    assertThat(rows.get(rows.size() - 1).<String>getAs("detail"))
        .contains("found checksum of the content");
  }

  @Test
  void zstdIsReadFrameByFrame(SparkSession spark) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(Zstd.compress(lines(5)));
    content.write(Zstd.compress(lines(6)));
    assertThat(read(spark, content.toByteArray(), "a.ndjson.zst")).hasSize(11);
  }

  @Test
  void aTruncatedZstdKeepsItsRecordsAndIsReported(SparkSession spark) throws IOException {
    byte[] whole = Zstd.compress(lines(20_000));
    List<Row> rows = read(spark, Arrays.copyOf(whole, whole.length / 2), "a.ndjson.zst");
    assertDamaged(rows, 20_000);
  }

  @Test
  void emptyFilesHaveNoRecords(SparkSession spark) throws IOException {
    Files.createFile(folder.resolve("b.ndjson.gz"));
    Files.write(folder.resolve("c.ndjson.gz"), gzip(new byte[0]));
    assertThat(read(spark, new byte[0], "a.ndjson")).isEmpty();
  }

  @Test
  void aByteOrderMarkIsPassedOver(SparkSession spark) throws IOException {
    assertThat(read(spark, "\uFEFF{\"name\":\"a\"}"))
        .extracting(row -> row.getAs("name"))
        .containsExactly("a");
  }

  @Test
  void whatIsRejectedDoesNotDependOnTheColumnsAskedFor(SparkSession spark) throws IOException {
    Files.writeString(
        folder.resolve("a.ndjson"),
        "{\"name\":5}\n{\"leak\":{\"dataset\":{\"size\":\"x\"}}}\n{}\n");
    assertThat(dataset(spark).where("reason is null").select("port").count()).isEqualTo(1);
    assertThat(dataset(spark).count()).isEqualTo(3);
  }

  @Test
  void inAFolderOnlyTheWantedKindsOfFilesAreRead(SparkSession spark) throws IOException {
    for (String name : List.of("a.csv", "b.json.gz.part", "c.jsonl", "d.log", "_e.json")) {
      Files.writeString(folder.resolve(name), "{\"name\":\"" + name + "\"}");
    }
    assertThat(read(spark)).extracting(row -> row.getAs("name")).containsExactly("c.jsonl");
    assertThat(read(spark, "endings", ".log,.jsonl"))
        .extracting(row -> row.getAs("name"))
        .containsExactly("c.jsonl", "d.log");
  }

  @Test
  void anotherKindOfFileAndAMissingFolderAreNamed(SparkSession spark) throws IOException {
    Path other = Files.writeString(folder.resolve("a.csv"), "x");
    assertThatThrownBy(
            () ->
                spark
                    .read()
                    .format("ndjson-paths")
                    .option("fields", "[]")
                    .load(other.toString())
                    .count())
        .hasMessageContaining("a.csv: found another kind of file, expected a name ending in .json");
    assertThatThrownBy(
            () ->
                spark
                    .read()
                    .format("ndjson-paths")
                    .option("fields", "[]")
                    .load(folder.resolve("none").toString())
                    .count())
        .hasMessageContaining("no such file or folder");
  }
}

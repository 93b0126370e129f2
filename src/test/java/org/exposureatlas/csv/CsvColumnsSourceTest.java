package org.exposureatlas.csv;

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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class CsvColumnsSourceTest {

  private static final List<CsvColumn> COLUMNS =
      List.of(
          CsvColumn.required("ip", "ip"),
          CsvColumn.optional("password", "has_password", "password"),
          CsvColumn.optional("note", "note"));

  @TempDir Path folder;

  private List<Row> read(SparkSession spark, String... options) {
    var reader =
        spark
            .read()
            .format("csv-columns")
            .option("root", folder.toString())
            .option("columns", CsvColumn.encode(COLUMNS));
    for (int i = 0; i < options.length; i += 2) {
      reader = reader.option(options[i], options[i + 1]);
    }
    return reader.load(folder.toString()).orderBy("file", "line").collectAsList();
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private static byte[] zip(String... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndContents[i]));
        out.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void columnsAreFoundByAnyOfTheirNamesAndMissingOnesAreNull(SparkSession spark)
      throws IOException {
    file("a.csv", "\uFEFF\"IP\",port,has_password\n192.0.2.1,873,N\n");
    file("b.csv", "password,other,ip\r\nY,\"x\ny, \"\"z\"\"\",\"192.0.2.2\"\r\n,,192.0.2.3");

    assertThat(read(spark))
        .extracting(
            row -> row.getAs("file"),
            row -> row.getAs("line"),
            row -> row.getAs("ip"),
            row -> row.getAs("password"),
            row -> row.getAs("note"),
            row -> row.getAs("reason"))
        .containsExactly(
            tuple("a.csv", 2L, "192.0.2.1", "N", null, null),
            tuple("b.csv", 2L, "192.0.2.2", "Y", null, null),
            tuple("b.csv", 4L, "192.0.2.3", null, null, null));
  }

  @Test
  void everyUnusableRowSaysWhyAndReadingGoesOn(SparkSession spark) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(
        ("ip,note,rest\n"
                + "192.0.2.1,short of what nobody asks for\n"
                + "192.0.2.2\n"
                + "192.0.2.3,a,b,c\n"
                + "\n"
                + "\"192.0.2.4\"x,a,b\n"
                + "192.0.2.5,\"never closed,b\n"
                + "192.0.2.6,a,b\n")
            .getBytes(StandardCharsets.UTF_8));
    content.write("192.0.2.7,".getBytes(StandardCharsets.UTF_8));
    content.write(0xC3);
    content.write(",b\n".getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("a.csv"), content.toByteArray());

    assertThat(read(spark))
        .extracting(
            row -> row.getAs("line"), row -> row.getAs("reason"), row -> row.getAs("detail"))
        .containsExactly(
            tuple(2L, null, null),
            tuple(3L, "ragged_row", "found 1 values, expected 3 as in the header"),
            tuple(4L, "ragged_row", "found 4 values, expected 3 as in the header"),
            tuple(5L, "blank", ""),
            tuple(6L, "malformed_csv", "found 'x' behind a closing quote, expected a separator"),
            tuple(7L, "malformed_csv", "found the end of the file, expected a closing quote"),
            tuple(8L, null, null),
            tuple(9L, "invalid_utf8", "note: found bytes that are not UTF-8"));
  }

  @Test
  void aLongLineIsRejectedAndALostQuoteCostsOneLine(SparkSession spark) throws IOException {
    file(
        "a.csv",
        "ip,note\n192.0.2.1,"
            + "x".repeat(300_000)
            + "\n192.0.2.2,\"lost\n"
            + "192.0.2.3,y\n".repeat(30_000));

    List<Row> rows = read(spark, "maxLineBytes", "1000");

    assertThat(rows).hasSize(30_002);
    assertThat(rows.subList(0, 3))
        .extracting(row -> row.getAs("line"), row -> row.getAs("reason"))
        .containsExactly(tuple(2L, "line_too_long"), tuple(3L, "line_too_long"), tuple(4L, null));
  }

  @Test
  void aFileWithoutHeaderTakesTheKnownOneOrIsRejectedRowByRow(SparkSession spark)
      throws IOException {
    file("2018-scan_hadoop-nl.csv", "192.0.2.1,50070,x\n192.0.2.2,50070,y\n");
    file("other.csv", "192.0.2.3,50070\n192.0.2.4,50070\n");

    assertThat(read(spark, "headers", "{\"scan_hadoop\":[\"ip\",\"port\",\"note\"]}"))
        .extracting(
            row -> row.getAs("ip"),
            row -> row.getAs("note"),
            row -> row.getAs("reason"),
            row -> row.getAs("detail"))
        .containsExactly(
            tuple("192.0.2.1", "x", null, null),
            tuple("192.0.2.2", "y", null, null),
            tuple(null, null, "no_header", "found no header, expected one with ip"),
            tuple(null, null, "no_header", "found no header, expected one with ip"));
  }

  @Test
  void everyTextOfAnArchiveIsRead(SparkSession spark) throws IOException {
    Files.write(
        folder.resolve("all.zip"),
        zip("a.csv", "ip\n192.0.2.1\n", "more/", "", "more/b.csv", "note,ip\nx,192.0.2.2\n"));

    assertThat(read(spark))
        .extracting(row -> row.getAs("file"), row -> row.getAs("line"), row -> row.getAs("ip"))
        .containsExactly(
            tuple("all.zip/a.csv", 2L, "192.0.2.1"), tuple("all.zip/more/b.csv", 2L, "192.0.2.2"));
  }

  @Test
  void truncatedFilesKeepTheirRowsAndAreNamed(SparkSession spark) throws IOException {
    StringBuilder text = new StringBuilder("ip,note\n");
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      text.append("192.0.2.1,").append(random.nextLong()).append('\n');
    }
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("a.csv.gz"), Arrays.copyOf(zipped.toByteArray(), 10_000));
    byte[] archive = zip("a.csv", "ip\n192.0.2.1\n", "b.csv", text.toString());
    Files.write(folder.resolve("b.zip"), Arrays.copyOf(archive, 10_000));
    byte[] first = zip("a.csv", "ip\n192.0.2.1\n");
    Files.write(folder.resolve("c.zip"), Arrays.copyOf(first, first.length - 60));
    file("d.zip", "no archive");

    List<Row> rows = read(spark);

    assertThat(rows)
        .filteredOn(row -> row.isNullAt(row.fieldIndex("reason")))
        .hasSizeGreaterThan(9);
    assertThat(rows)
        .filteredOn(row -> "damaged_file".equals(row.getAs("reason")))
        .extracting(row -> row.getAs("file"))
        .containsExactly("a.csv.gz", "b.zip", "b.zip/b.csv", "c.zip", "d.zip");
  }

  @Test
  void anOptionThatCannotBeUsedSaysWhatIsExpected(SparkSession spark) {
    assertThatThrownBy(() -> read(spark, "separator", "ab"))
        .hasMessageContaining("separator: found 'ab', expected one ASCII character");
    assertThatThrownBy(() -> read(spark, "columns", "{"))
        .hasMessageContaining("columns: expected a JSON array");
  }
}

package org.exposureatlas.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.exposureatlas.gzip.GzipContent;

/**
 * Any bytes at all, as a file: reading ends, nothing crashes, and how the bytes arrive is all one.
 */
class RawRecordsFuzzTest {

  private static final int MAX_LINE_BYTES = 24;
  private static final List<JsonField> FIELDS =
      List.of(
          new JsonField("a", "a", FieldType.TEXT),
          new JsonField("b", "a.b", FieldType.JSON),
          new JsonField("n", "n", FieldType.LONG));

  /** Mostly what gives JSON and lines their structure, and the bytes of a byte order mark. */
  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\n",
            "\r\n",
            " ",
            "\"a\":",
            "\"n\":1",
            "-",
            "1e9",
            "null",
            "{\"a\":{\"b\":2}}",
            "\u00ef\u00bb\u00bf",
            "\u0000",
            "\u00ff",
            "\\u12");
    return pieces
        .list()
        .ofMaxSize(40)
        .map(list -> String.join("", list).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Property(tries = 3_000)
  void readingEndsAndIsTheSameInWhateverPiecesTheBytesArrive(
      @ForAll("files") byte[] file, @ForAll @IntRange(min = 1, max = 7) int pieceBytes)
      throws IOException {
    List<String> whole = read(file, new ByteArrayInputStream(file));
    assertThat(whole).hasSizeLessThanOrEqualTo(file.length + 2);
    assertThat(read(file, new Pieces(file, pieceBytes))).isEqualTo(whole);
  }

  /** Of more bytes than are read at once: lines that repeat each other, some of them too long. */
  @Property(tries = 40)
  void gzipIsReadAsItsContentIs(
      @ForAll @Size(value = 40) List<@IntRange(max = 60_000) Integer> lengths,
      @ForAll("files") byte[] start)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(start);
    for (int length : lengths) {
      content.writeBytes(
          ("\n" + "{\"n\":" + length + "}")
              .repeat(length % 3_000)
              .getBytes(StandardCharsets.US_ASCII));
      content.writeBytes(
          ("\n\"" + "x\\\"".repeat(length % 7 == 0 ? 5 * length : 20))
              .getBytes(StandardCharsets.US_ASCII));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
      content.writeTo(gzip);
    }
    byte[] plain = content.toByteArray();
    assertThat(read(plain, new GzipContent(new ByteArrayInputStream(file.toByteArray()))))
        .isEqualTo(read(plain, new ByteArrayInputStream(plain)));
  }

  /** Lines that are much alike, in whole and in part, and lines that are no record. */
  @Provide
  Arbitrary<byte[]> lines() {
    return Arbitraries.of(
            "{\"k\":\"x\",\"a\":{\"c\":[1,{}],\"b\":2},\"n\":3}",
            "{\"k\":\"x\",\"a\":{\"c\":[1,{}],\"b\":4},\"n\":3}",
            "{\"k\":\"y\",\"a\":{\"c\":[1,{}],\"b\":2},\"n\":3} \r",
            "{\"k\":\"x\",\"a\":{\"c\":[1,{}]},\"n\":3}",
            "{\"k\":\"x\",\"a\":{\"c\":[1,{}],\"b\":2},\"n\":null,\"n\":5}",
            "{\"k\":\"x\",\"a\":{\"c\":[1,{}],\"b\":2},\"n\":3,\"a\":\"\\\"\"}",
            " {\"k\":\"x\", \"a\":{\"c\":[1,{}],\"b\":2},\"n\":3}",
            "{\"k\":\"x\",\"a\":{\"c\":[1,{}],\"b\":2},\"n\":3",
            "{\"k\":\"x",
            "y\",\"a\":1}",
            "{\"k\":\"tab\there\",\"n\":3}",
            "{\"x\":[{\"a\":1},{\"n\":2}],\"n\":3}",
            "{\"n\":\"three\"}",
            "[1]",
            "")
        .list()
        .ofMaxSize(30)
        .map(list -> String.join("\n", list).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Property(tries = 2_000)
  void aLineScannedBeforeItsEndIsKnownIsReadAsItIsAlone(
      @ForAll("lines") byte[] file,
      @ForAll int where,
      @ForAll byte what,
      @ForAll @IntRange(min = 1, max = 200) int pieceBytes)
      throws IOException {
    if (file.length > 0) {
      file[Math.floorMod(where, file.length)] = what;
    }
    for (List<String> exploded : List.of(List.<String>of(), List.of("x"))) {
      assertThat(readAhead(new Pieces(file, pieceBytes), exploded))
          .as(new String(file, StandardCharsets.ISO_8859_1))
          .isEqualTo(readAlone(file, exploded));
    }
  }

  /** The way of the product: one scanner, which is shown what the buffer holds. */
  private static List<String> readAhead(InputStream in, List<String> exploded) throws IOException {
    JsonScanner scanner = new JsonScanner(PathTrie.of(FIELDS, exploded), FIELDS.size());
    RowAppender appender = new RowAppender(FIELDS, scanner);
    List<String> found = new ArrayList<>();
    try (RawRecords records = new RawRecords(in, 70)) {
      while (true) {
        if (records.nextScanned(scanner)) {
          found.add(records.line() + ": " + values(records, scanner, appender));
        } else if (records.next()) {
          found.add(records.line() + ": " + describe(records, scanner, appender));
        } else {
          return found;
        }
      }
    }
  }

  /** Every line by a scanner that has seen no other. */
  private static List<String> readAlone(byte[] file, List<String> exploded) throws IOException {
    List<String> found = new ArrayList<>();
    try (RawRecords records = new RawRecords(new ByteArrayInputStream(file), 70)) {
      while (records.next()) {
        JsonScanner scanner = new JsonScanner(PathTrie.of(FIELDS, exploded), FIELDS.size());
        found.add(
            records.line() + ": " + describe(records, scanner, new RowAppender(FIELDS, scanner)));
      }
    }
    return found;
  }

  private static List<String> read(byte[] file, InputStream in) throws IOException {
    JsonScanner scanner = new JsonScanner(PathTrie.of(FIELDS, List.of("x")), FIELDS.size());
    RowAppender appender = new RowAppender(FIELDS, scanner);
    List<String> found = new ArrayList<>();
    try (RawRecords records = new RawRecords(in, MAX_LINE_BYTES)) {
      while (records.next() && found.size() <= file.length + 2) {
        found.add(records.line() + ": " + describe(records, scanner, appender));
      }
    }
    return found;
  }

  private static String describe(RawRecords records, JsonScanner scanner, RowAppender appender) {
    if (records.problem() != null) {
      return records.problem().reason();
    }
    try {
      scanner.scan(records.bytes(), records.start(), records.end());
    } catch (Reject reject) {
      return reject.reason() + " " + reject.detail();
    }
    return values(records, scanner, appender);
  }

  /** Kind and text of every field of a record that was scanned, and its exploded elements. */
  private static String values(RawRecords records, JsonScanner scanner, RowAppender appender) {
    try {
      appender.convert(records.bytes());
    } catch (Reject reject) {
      return reject.reason() + " " + reject.detail();
    }
    StringBuilder text = new StringBuilder("carrier " + scanner.isCarrier());
    for (int i = 0; i < FIELDS.size(); i++) {
      byte kind = scanner.kind(i);
      boolean isThere = kind != JsonScanner.ABSENT;
      text.append(", ")
          .append(JsonScanner.kindName(kind))
          .append(isThere ? text(records, scanner.start(i), scanner.end(i)) : "");
    }
    for (int i = 0; i < scanner.exploded().size(); i++) {
      text.append("; ")
          .append(text(records, scanner.exploded().start(i), scanner.exploded().end(i)));
    }
    return text.toString();
  }

  private static String text(RawRecords records, int start, int end) {
    return " " + new String(records.bytes(), start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** Gives a few bytes at a time. */
  private static final class Pieces extends ByteArrayInputStream {

    private final int pieceBytes;

    Pieces(byte[] file, int pieceBytes) {
      super(file);
      this.pieceBytes = pieceBytes;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(length, pieceBytes));
    }
  }
}

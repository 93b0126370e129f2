package org.exposureatlas.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

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
      appender.convert(records.bytes());
    } catch (Reject reject) {
      return reject.reason() + " " + reject.detail();
    }
    return new String(
        records.bytes(),
        records.start(),
        records.end() - records.start(),
        StandardCharsets.ISO_8859_1);
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

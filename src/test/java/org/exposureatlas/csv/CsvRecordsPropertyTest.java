package org.exposureatlas.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The reader's records against those of a parser that many use, and against damage. */
class CsvRecordsPropertyTest {

  private static final int MAX_BYTES = 1 << 20;

  /** A record: where it began, what is wrong with it, its values. */
  private record Found(long line, String reason, List<String> values) {}

  private static List<Found> read(byte[] text, int maxBytes) {
    CsvRecords records = new CsvRecords(new ByteArrayInputStream(text), ',', maxBytes);
    List<Found> found = new ArrayList<>();
    while (records.next()) {
      String reason = records.problem() == null ? null : records.problem().reason();
      List<String> values =
          reason != null
              ? List.of()
              : IntStream.range(0, records.size())
                  .mapToObj(i -> records.value(i) == null ? "" : records.value(i))
                  .toList();
      found.add(new Found(records.line(), reason, values));
    }
    return found;
  }

  private static List<List<String>> univocity(String text) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxCharsPerColumn(-1);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setSkipEmptyLines(false);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setComment('\0');
    return new CsvParser(settings)
        .parseAll(new StringReader(text)).stream().map(row -> Arrays.asList(row)).toList();
  }

  @Provide
  static Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> value =
        Arbitraries.strings().withChars("ab ,\"\n;é|").ofMinLength(0).ofMaxLength(6);
    return value.list().ofMinSize(2).ofMaxSize(5).list().ofMinSize(1).ofMaxSize(8);
  }

  private static String written(List<List<String>> table, String lineEnd) {
    return table.stream()
        .map(
            row ->
                row.stream().map(CsvRecordsPropertyTest::written).collect(Collectors.joining(",")))
        .collect(Collectors.joining(lineEnd, "", lineEnd));
  }

  private static String written(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
    return plain && value.hashCode() % 2 == 0 ? value : "\"" + value.replace("\"", "\"\"") + "\"";
  }

  @Property(tries = 400)
  void wellFormedTextGivesTheValuesThatUnivocityGives(
      @ForAll("tables") List<List<String>> table, @ForAll boolean returns) {
    String text = written(table, returns ? "\r\n" : "\n");

    List<Found> found = read(text.getBytes(StandardCharsets.UTF_8), MAX_BYTES);

    assertThat(found).allMatch(record -> record.reason() == null);
    assertThat(found).extracting(Found::values).isEqualTo(table);
    assertThat(univocity(text.replace("\r\n", "\n"))).isEqualTo(table);
  }

  @Property(tries = 400)
  void linesAreCountedThroughQuotedLineBreaks(@ForAll("tables") List<List<String>> table) {
    long line = 1;
    List<Long> expected = new ArrayList<>();
    for (List<String> row : table) {
      expected.add(line);
      line += 1 + row.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
    }
    byte[] text = written(table, "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(read(text, MAX_BYTES)).extracting(Found::line).isEqualTo(expected);
  }

  @Property(tries = 600)
  void whateverIsBrokenEveryLineBelongsToARecordAndReadingGoesOn(
      @ForAll("tables") List<List<String>> table,
      @ForAll @IntRange(min = 0, max = 200) int place,
      @ForAll byte value,
      @ForAll @IntRange(min = 3, max = 60) int maxBytes) {
    byte[] text = written(table, "\n").getBytes(StandardCharsets.UTF_8);
    text[place % text.length] = value;
    byte[] tail = "\nlast,row\n".getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(text, text.length + tail.length);
    System.arraycopy(tail, 0, all, text.length, tail.length);

    List<Found> found = read(all, maxBytes);

    long lines = new String(all, StandardCharsets.ISO_8859_1).lines().count();
    assertThat(found).extracting(Found::line).isSorted().doesNotHaveDuplicates();
    assertThat(found.get(0).line()).isEqualTo(1);
    assertThat(found.get(found.size() - 1).line()).isLessThanOrEqualTo(lines);
    for (int i = 0; i + 1 < found.size(); i++) {
      long gap = found.get(i + 1).line() - found.get(i).line();
      assertThat(gap == 1 || found.get(i).reason() == null).isTrue();
    }
  }
}

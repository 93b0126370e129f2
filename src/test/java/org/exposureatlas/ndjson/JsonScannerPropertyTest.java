package org.exposureatlas.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.sql.vectorized.ColumnVector;

/** The scanner against Jackson: same fields for valid documents, refusal where it must refuse. */
class JsonScannerPropertyTest {

  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final List<JsonField> FIELDS =
      List.of(
          new JsonField("a", "a", FieldType.STRING),
          new JsonField("b", "b.c", FieldType.LONG),
          new JsonField("d", "b.d", FieldType.DOUBLE),
          new JsonField("e", "e", FieldType.BOOLEAN),
          new JsonField("f", "b.e.f", FieldType.TEXT));

  private static final List<JsonField> INHERITING =
      FIELDS.stream()
          .map(field -> JsonField.inherited(field.name(), field.path(), field.type()))
          .toList();

  private static String render(Object value) {
    return value == null ? "NULL" : value.toString();
  }

  /** The fields as our reader sees them; null when it rejects the record. */
  private static List<String> ours(byte[] document) {
    JsonScanner scanner = new JsonScanner(PathTrie.of(FIELDS, List.of()), FIELDS.size());
    return ours(scanner, new RowAppender(FIELDS, scanner), document);
  }

  private static List<String> ours(JsonScanner scanner, RowAppender appender, byte[] document) {
    try {
      scanner.scan(document, 0, document.length);
      appender.convert(document);
    } catch (Reject reject) {
      assertThat(reject.reason()).isNotBlank();
      return null;
    }
    return values(document, scanner, appender);
  }

  /** The same for every element of a carrier's member {@code x}. */
  private static List<List<String>> ofElements(byte[] carrier) {
    JsonScanner scanner = new JsonScanner(PathTrie.of(INHERITING, List.of("x")), INHERITING.size());
    RowAppender appender = new RowAppender(INHERITING, scanner);
    Inheritance inheritance = new Inheritance(INHERITING);
    List<List<String>> found = new ArrayList<>();
    try {
      scanner.scan(carrier, 0, carrier.length);
    } catch (Reject reject) {
      throw new AssertionError(reject);
    }
    inheritance.note(scanner);
    int[] bounds =
        IntStream.range(0, scanner.exploded().size())
            .flatMap(i -> IntStream.of(scanner.exploded().start(i), scanner.exploded().end(i)))
            .toArray();
    for (int i = 0; i < bounds.length; i += 2) {
      try {
        scanner.scan(carrier, bounds[i], bounds[i + 1]);
        inheritance.complete(scanner);
        appender.convert(carrier);
        found.add(values(carrier, scanner, appender));
      } catch (Reject reject) {
        found.add(null);
      }
    }
    return found;
  }

  private static List<String> values(byte[] document, JsonScanner scanner, RowAppender appender) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < FIELDS.size(); i++) {
      String value = value(document, appender, FIELDS.get(i));
      boolean isNumber = scanner.kind(i) == JsonScanner.NUMBER;
      values.add(isNumber && FIELDS.get(i).type() == FieldType.TEXT ? canonical(value) : value);
    }
    return values;
  }

  /** The reader keeps a number's text as it stands; Jackson's tree writes -0 as 0, 1e3 as 1000.0 */
  private static String canonical(String number) {
    try {
      return JACKSON.readTree(number).asText();
    } catch (IOException e) {
      throw new IllegalStateException(number, e);
    }
  }

  private static String value(byte[] document, RowAppender appender, JsonField field) {
    try (ColumnVector vector = BatchReader.vector(field.type().dataType())) {
      BatchReader.clear(vector);
      appender.put(document, FIELDS.indexOf(field), vector, 0);
      if (vector.isNullAt(0)) {
        return "NULL";
      }
      return switch (field.type()) {
        case LONG -> render(vector.getLong(0));
        case DOUBLE -> unsignedZero(vector.getDouble(0));
        case BOOLEAN -> render(vector.getBoolean(0));
        default -> vector.getUTF8String(0).toString();
      };
    }
  }

  /** Jackson takes -0 for the integer 0, the reader for the double -0.0: the same number. */
  private static String unsignedZero(double value) {
    return Double.toString(value + 0.0);
  }

  /** The fields as Jackson's tree gives them; null where a value is not of its field's type. */
  private static List<String> jackson(JsonNode document) {
    return jackson(document, MissingNode.getInstance());
  }

  /** The same, where a field that is absent or null is that of {@code carrier}. */
  private static List<String> jackson(JsonNode document, JsonNode carrier) {
    if (!document.isObject()) {
      return null;
    }
    String[] values = new String[FIELDS.size()];
    for (int i = 0; i < values.length; i++) {
      String path = "/" + FIELDS.get(i).path().replace('.', '/');
      JsonNode own = document.at(path);
      JsonNode node = own.isMissingNode() || own.isNull() ? carrier.at(path) : own;
      values[i] = typed(node, FIELDS.get(i).type());
      if (values[i] == null) {
        return null;
      }
    }
    return List.of(values);
  }

  private static String typed(JsonNode node, FieldType type) {
    if (node.isMissingNode() || node.isNull()) {
      return "NULL";
    }
    return switch (type) {
      case STRING -> node.isTextual() ? whole(node.textValue()) : null;
      case TEXT -> node.isValueNode() ? whole(node.asText()) : null;
      case LONG ->
          node.isIntegralNumber() && node.canConvertToLong() ? render(node.longValue()) : null;
      case DOUBLE ->
          node.isNumber() && Double.isFinite(node.doubleValue())
              ? unsignedZero(node.doubleValue())
              : null;
      case BOOLEAN -> node.isBoolean() ? render(node.booleanValue()) : null;
      case JSON -> node.toString();
    };
  }

  /** Jackson keeps half a surrogate pair as it is; the reader puts U+FFFD there. */
  private static String whole(String text) {
    StringBuilder whole = new StringBuilder();
    text.codePoints()
        .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  private static Arbitrary<String> string() {
    return Arbitraries.strings()
        .withChars("abcdef\"\\/\b\n\t{}[]:,é€")
        .withCharRange('\u0020', '\u007e')
        .ofMaxLength(12)
        .map(
            text -> {
              try {
                return JACKSON.writeValueAsString(text);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static Arbitrary<String> scalar() {
    return Arbitraries.oneOf(
        string(),
        Arbitraries.longs().map(Object::toString),
        Arbitraries.integers().between(-99, 99).map(Object::toString),
        Arbitraries.of("true", "false", "null", "0", "-0", "12.5", "-3e7", "1E-3"),
        Arbitraries.of("\"\\u0041\\ud83d\\ude00\"", "\"\\u00e9\\/\"", "\"\\\\\\\"\""));
  }

  private static Arbitrary<String> value(int depth) {
    if (depth == 0) {
      return scalar();
    }
    return Arbitraries.frequencyOf(
        Tuple.of(3, scalar()),
        Tuple.of(
            1,
            value(depth - 1)
                .list()
                .ofMaxSize(3)
                .map(items -> "[" + String.join(", ", items) + "]")),
        Tuple.of(2, object(depth - 1)));
  }

  private static Arbitrary<String> object(int depth) {
    Arbitrary<String> name =
        Arbitraries.of(
            "\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"e\"", "\"f\"", "\"\\u0061\"", "\"x\"");
    Arbitrary<String> space = Arbitraries.of("", "", " ", "\t");
    return Combinators.combine(name, space, value(depth))
        .as((key, gap, value) -> gap + key + gap + ":" + gap + value + gap)
        .list()
        .ofMaxSize(6)
        .map(members -> "{" + String.join(",", members) + "}");
  }

  @Provide
  Arbitrary<String> documents() {
    return object(3);
  }

  @Property(tries = 3_000)
  void validDocumentsGiveTheSameFields(@ForAll("documents") String document) throws IOException {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    List<String> expected = jackson(JACKSON.readTree(bytes));
    List<String> found = ours(bytes);
    if (expected != null) {
      assertThat(found).as(document).isEqualTo(expected);
    } else if (found != null) {
      assertThat(document).containsPattern("[0-9][.eE]");
    }
  }

  @Property(tries = 2_000)
  void elementsTakeOverWhatJacksonSaysTheCarrierHas(
      @ForAll("documents") String carrier,
      @ForAll("documents") String first,
      @ForAll("documents") String second,
      @ForAll boolean asObject)
      throws IOException {
    String elements = asObject ? "{\"k\":%s, \"l\":%s}" : "[%s ,%s]";
    String members = carrier.substring(1, carrier.length() - 1).replace("\"x\"", "\"y\"");
    String document =
        "{\"x\":"
            + String.format(elements, first, second)
            + (members.isEmpty() ? "" : "," + members)
            + "}";
    List<List<String>> found = ofElements(document.getBytes(StandardCharsets.UTF_8));
    JsonNode tree = JACKSON.readTree(document);
    assertThat(found).hasSize(2);
    List<String> texts = List.of(first, second);
    for (int i = 0; i < 2; i++) {
      List<String> expected = jackson(JACKSON.readTree(texts.get(i)), tree);
      if (expected != null) {
        assertThat(found.get(i)).as(document).isEqualTo(expected);
      } else if (found.get(i) != null) {
        assertThat(document).containsPattern("[0-9][.eE]");
      }
    }
  }

  @Property(tries = 3_000)
  void mutatedDocumentsThatJacksonTakesGiveTheSameFieldsAndNothingCrashes(
      @ForAll("documents") String document, @ForAll int where, @ForAll byte what)
      throws IOException {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    bytes[Math.floorMod(where, bytes.length)] = what;
    JsonNode tree;
    try {
      tree = JACKSON.readTree(bytes);
    } catch (IOException e) {
      List<String> found = ours(bytes);
      assertThat(found == null || skippedPartsOnly(bytes)).as(document).isTrue();
      return;
    }
    List<String> expected = jackson(tree);
    List<String> found = ours(bytes);
    boolean refused = found == null && !JsonText.isUtf8(bytes, 0, bytes.length);
    if (expected != null && !refused) { // Jackson takes longer forms of UTF-8 than need be
      assertThat(found).as(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(expected);
    }
  }

  /** Whether Jackson takes the document once the content of its strings is made harmless. */
  private static boolean skippedPartsOnly(byte[] bytes) {
    byte[] harmless = bytes.clone();
    boolean quoted = false;
    for (int i = 0; i < harmless.length; i++) {
      if (quoted && harmless[i] == '\\' && i + 1 < harmless.length) {
        harmless[i++] = 'x';
        harmless[i] = 'x';
      } else if (harmless[i] == '"') {
        quoted = !quoted;
      } else if (quoted) {
        harmless[i] = 'x';
      }
    }
    try {
      return JACKSON.readTree(harmless).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  @Property(tries = 1_000)
  void whatWasReadBeforeChangesNothing(
      @ForAll @Size(max = 6) List<@From("documents") String> documents,
      @ForAll @Size(value = 20) List<@IntRange(max = 5) Integer> order,
      @ForAll @Size(value = 20) List<Integer> places,
      @ForAll byte what) {
    JsonScanner experienced = new JsonScanner(PathTrie.of(FIELDS, List.of()), FIELDS.size());
    RowAppender appender = new RowAppender(FIELDS, experienced);
    for (int i = 0; i < order.size() && !documents.isEmpty(); i++) {
      byte[] bytes =
          documents.get(order.get(i) % documents.size()).getBytes(StandardCharsets.UTF_8);
      if (i % 3 == 2) {
        bytes[Math.floorMod(places.get(i), bytes.length)] = what;
      }
      assertThat(ours(experienced, appender, bytes))
          .as(new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo(ours(bytes));
    }
  }

  /** Values that begin alike, so that a record differs from the one before inside of a value. */
  private static Arbitrary<String> likeValue() {
    return Arbitraries.of(
        "\"\"",
        "\"k\"",
        "\"kl\"",
        "\"k\\\"l\"",
        "\"k\\\\\"",
        "\"k\\\\\\\"l,\"",
        "\"k\\u00e9\"",
        "\"k\n\"",
        "1",
        "12",
        "-1",
        "1.5",
        "1e2",
        "01",
        "true",
        "null",
        "{}",
        "[1]",
        "{\"k\":\"l\"}");
  }

  @Provide
  Arbitrary<String> likeRecords() {
    return Combinators.combine(
            likeValue(), likeValue(), likeValue(), likeValue(), Arbitraries.of("", "", " "), last())
        .as(
            (a, x, d, f, gap, last) ->
                "{\"x\":%2$s%5$s,\"a\":%1$s%5$s,\"b\":{\"d\":%3$s,\"e\":{\"f\":%4$s%5$s}}%6$s}"
                    .formatted(a, x, d, f, gap, last));
  }

  private static Arbitrary<String> last() {
    return Arbitraries.of(
        "", ",\"e\":true", ",\"a\":\"k\"", ",\"y\":\"k\"", ",\"y\":\"k\" ,\"e\":false", ",");
  }

  @Property(tries = 2_000)
  void recordsThatBeginAlikeAreNotTakenForEachOther(
      @ForAll @Size(value = 12) List<@From("likeRecords") String> records) {
    JsonScanner experienced = new JsonScanner(PathTrie.of(FIELDS, List.of()), FIELDS.size());
    RowAppender appender = new RowAppender(FIELDS, experienced);
    for (String record : records) {
      byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
      assertThat(ours(experienced, appender, bytes)).as(record).isEqualTo(ours(bytes));
    }
  }

  /** A backslash and an n as a text, then a line feed, which is written as those two. */
  @Example
  void aTextThatWasReadBeforeIsNotTakenForAnEscape() {
    JsonScanner experienced = new JsonScanner(PathTrie.of(FIELDS, List.of()), FIELDS.size());
    RowAppender appender = new RowAppender(FIELDS, experienced);
    for (String text : List.of("\\\\n", "\\n")) {
      byte[] bytes = ("{\"a\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
      assertThat(ours(experienced, appender, bytes)).isNotNull().isEqualTo(ours(bytes));
    }
  }

  @Example
  void aBadEscapeInAnUnwantedNameIsPassedOverWhateverWasSeenBefore() {
    JsonScanner experienced = new JsonScanner(PathTrie.of(FIELDS, List.of()), FIELDS.size());
    for (String name : List.of("k", "l", "\\0061")) {
      byte[] bytes = ("{\"x\":{\"" + name + "\":1}}").getBytes(StandardCharsets.UTF_8);
      assertThat(ours(experienced, new RowAppender(FIELDS, experienced), bytes))
          .isNotNull()
          .isEqualTo(ours(bytes));
    }
  }

  @Property(tries = 500)
  void everyBeginningOfADocumentIsRejected(@ForAll("documents") String document, @ForAll int cut) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    byte[] beginning = Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length));
    assertThat(ours(beginning)).isNull();
  }
}

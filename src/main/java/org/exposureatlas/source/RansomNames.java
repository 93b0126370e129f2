package org.exposureatlas.source;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Names of databases, collections, indices and tables that tell of a ransomed or wiped store: the
 * dated list {@code ransom-names.csv}.
 *
 * <p>Names are looked at on entry and never stored; only the answer leaves. The list becomes one
 * regular expression, in which no part repeats another, so that the time it takes grows with the
 * length of the text alone. Text without a word of the list is not matched with it at all.
 */
public final class RansomNames {

  private static final String RESOURCE = "ransom-names.csv";
  private static final String SEPARATORS = "[\\\\W_]+";
  private static final String WORD_ENDS = "(?![a-z0-9])";

  /** One line of the list. */
  private record Rule(String match, String name) {

    static Rule parse(String line) {
      String[] cells = line.split(",", 3);
      return new Rule(cells[0], cells[1]);
    }
  }

  private static final List<Rule> RULES = read();
  private static final WordSearch WORDS =
      new WordSearch(RULES.stream().map(Rule::name).map(RansomNames::longestWord).toList());
  private static final String NAME = expression("^", ".", "$");
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);

  /** By what stands before a name. */
  private static final Map<UTF8String, Pattern> TEXT_PATTERNS = new ConcurrentHashMap<>();

  private RansomNames() {}

  /** Whether a name tells of a ransomed or wiped store. */
  public static boolean contain(String name) {
    return NAME_PATTERN.matcher(name).find();
  }

  /** Whether any of {@code names}, an array of strings, does; NULL where there is no array. */
  public static Column among(Column names) {
    return exists(names, name -> name.rlike(NAME));
  }

  /**
   * Whether a name in running text does; NULL where there is no text. A name ends at white space.
   *
   * @param before regular expression of what stands before a name in the text, such as a line's
   *     beginning
   */
  public static Column in(Column text, String before) {
    return RecordFunctions.call(RansomTextFunction.NAME, text, lit(before));
  }

  static boolean standIn(UTF8String text, UTF8String before) {
    int word = WORDS.find(text);
    if (word < 0) {
      return false;
    }
    Pattern pattern = TEXT_PATTERNS.computeIfAbsent(before, RansomNames::textPattern);
    return pattern.matcher(fromLineOf(text, word)).lookingAt()
        || pattern.matcher(text.toString()).find();
  }

  /** What stands from the start of a line on: where the word is there is mostly the name. */
  private static String fromLineOf(UTF8String text, int word) {
    byte[] bytes = text.getBytes();
    int start = word;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }

  private static Pattern textPattern(UTF8String before) {
    return Pattern.compile(expression(before.toString(), "\\S", "(?=\\s|$)"));
  }

  /** The part of a listed name that any text with this name has. */
  private static String longestWord(String name) {
    return Arrays.stream(name.split("_"))
        .max(Comparator.comparingInt(String::length))
        .orElseThrow();
  }

  private static String expression(String start, String character, String end) {
    return "(?ims)"
        + start
        + "(?:(?:"
        + character
        + "*?[\\W_])?(?:"
        + alternatives("words")
        + ")"
        + WORD_ENDS
        + "|(?:"
        + alternatives("begins")
        + ")"
        + WORD_ENDS
        + "|(?:"
        + alternatives("whole")
        + ")"
        + end
        + ")";
  }

  /** Grouped by first letter: most names fail there at once. */
  private static String alternatives(String match) {
    return RULES.stream()
        .filter(rule -> rule.match().equals(match))
        .map(Rule::name)
        .sorted()
        .collect(groupingBy(name -> name.charAt(0), TreeMap::new, joining("|", "(?:", ")")))
        .entrySet()
        .stream()
        .map(group -> "(?=" + group.getKey() + ")" + group.getValue())
        .collect(joining("|"))
        .replaceAll("_", SEPARATORS);
  }

  private static List<Rule> read() {
    try (InputStream in = RansomNames.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).skip(1).map(Rule::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}

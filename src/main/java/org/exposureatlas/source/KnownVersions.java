package org.exposureatlas.source;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.apache.spark.sql.functions.lit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Plugins, modules, reports and versions that the adapters were written for: the dated list {@code
 * known-versions.csv}.
 *
 * <p>What a source names beyond it is read all the same, and told in {@code snapshot_quality}.
 */
final class KnownVersions {

  private static final String RESOURCE = "known-versions.csv";

  /** What may be told of a name that stands in a file; others are not repeated. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}|[0-9]{1,3}\\.[0-9]{1,3}");

  /** Names by source and kind, such as {@code zgrab2,module}. */
  private static final Map<UTF8String, Set<UTF8String>> KNOWN = read();

  private KnownVersions() {}

  /**
   * What is not known, such as {@code module gopher}; NULL: known, or nothing named.
   *
   * @param source name of the source
   * @param kind what the name is of, such as {@code module}
   * @param name the name as the source gives it
   */
  static Column unknown(String source, String kind, Column name) {
    return RecordFunctions.call(UnknownVersionFunction.NAME, lit(source + "," + kind), name);
  }

  /** The same for a list of names by source and kind, and a name of a record. */
  static UTF8String unknown(UTF8String list, UTF8String name) {
    if (KNOWN.get(list).contains(name)) {
      return null;
    }
    String kind = list.toString().split(",", 2)[1];
    String found = name.toString();
    String told = NAME.matcher(found).matches() ? found : "of an unusual name";
    return UTF8String.fromString(kind + " " + told);
  }

  private static Map<UTF8String, Set<UTF8String>> read() {
    try (InputStream in = KnownVersions.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", 3))
          .collect(
              toUnmodifiableMap(
                  cells -> UTF8String.fromString(cells[0] + "," + cells[1]),
                  cells ->
                      Arrays.stream(cells[2].split(" "))
                          .map(UTF8String::fromString)
                          .collect(toUnmodifiableSet())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}

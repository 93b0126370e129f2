package org.exposureatlas.source;

import static org.apache.spark.sql.functions.lit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** By name the lists it is in, such as {@code zgrab2,module}: by source and kind. */
  private static final Map<UTF8String, List<UTF8String>> LISTS = read();

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
    if (LISTS.getOrDefault(name, List.of()).contains(list)) {
      return null;
    }
    String kind = list.toString().split(",", 2)[1];
    String found = name.toString();
    String told = NAME.matcher(found).matches() ? found : "of an unusual name";
    return UTF8String.fromString(kind + " " + told);
  }

  private static Map<UTF8String, List<UTF8String>> read() {
    Map<UTF8String, List<UTF8String>> lists = new HashMap<>();
    try (InputStream in = KnownVersions.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", 3))
          .forEach(cells -> add(cells[0] + "," + cells[1], cells[2], lists));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return lists;
  }

  private static void add(String list, String names, Map<UTF8String, List<UTF8String>> lists) {
    for (String name : names.split(" ")) {
      lists
          .computeIfAbsent(UTF8String.fromString(name), any -> new ArrayList<>())
          .add(UTF8String.fromString(list));
    }
  }
}

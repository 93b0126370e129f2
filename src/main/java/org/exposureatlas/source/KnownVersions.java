package org.exposureatlas.source;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * Plugins, modules, reports and versions that the adapters were written for: the dated list {@code
 * known-versions.csv}.
 *
 * <p>What a source names beyond it is read all the same, and told in {@code snapshot_quality}.
 */
final class KnownVersions {

  private static final String RESOURCE = "known-versions.csv";

  /** What may be told of a name that stands in a file; others are not repeated. */
  private static final String NAME = "^(?:[A-Za-z][A-Za-z0-9_-]{0,59}|[0-9]{1,3}\\.[0-9]{1,3})$";

  private static final Map<String, String[]> KNOWN = read();

  private KnownVersions() {}

  /**
   * What is not known, such as {@code module gopher}; NULL: known, or nothing named.
   *
   * @param source name of the source
   * @param kind what the name is of, such as {@code module}
   * @param name the name as the source gives it
   */
  static Column unknown(String source, String kind, Column name) {
    Object[] known = KNOWN.get(source + "," + kind);
    Column told = when(name.rlike(NAME), name).otherwise("of an unusual name");
    return when(not(name.isin(known)), concat(lit(kind + " "), told));
  }

  private static Map<String, String[]> read() {
    try (InputStream in = KnownVersions.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", 3))
          .collect(
              Collectors.toMap(cells -> cells[0] + "," + cells[1], cells -> cells[2].split(" ")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}

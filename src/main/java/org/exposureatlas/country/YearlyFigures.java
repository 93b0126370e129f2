package org.exposureatlas.country;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** A figure of each country per year, from a table shipped with the code; its header says whose. */
final class YearlyFigures {

  /** A figure that is older tells nothing of the year asked for. */
  private static final int OLDEST_YEARS = 5;

  private final Map<String, NavigableMap<Integer, Long>> values = new HashMap<>();

  private YearlyFigures() {}

  static YearlyFigures load(String resource) {
    YearlyFigures figures = new YearlyFigures();
    try (InputStream in = YearlyFigures.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith("#")).skip(1).forEach(figures::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
    return figures;
  }

  private void add(String line) {
    String[] cells = line.split(",");
    values
        .computeIfAbsent(cells[0], code -> new TreeMap<>())
        .put(Integer.valueOf(cells[1]), Long.valueOf(cells[2]));
  }

  Set<String> countries() {
    return values.keySet();
  }

  /** The figure of the newest year up to {@code year}; null: none of the five years before it. */
  Long asOf(String country, int year) {
    Map.Entry<Integer, Long> newest =
        values.getOrDefault(country, new TreeMap<>()).floorEntry(year);
    return newest == null || newest.getKey() < year - OLDEST_YEARS ? null : newest.getValue();
  }
}

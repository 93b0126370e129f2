package org.exposureatlas.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The {@code spark.atlas.*} settings in force: the defaults of {@code settings.tsv}, overridden.
 */
public final class Settings {

  static final String PREFIX = "spark.atlas.";

  private static final String FRACTION = "(?:0(?:\\.[0-9]+)?|1(?:\\.0+)?)";

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /**
   * The defaults, overridden by the {@code spark.atlas.*} entries of {@code configuration}; its
   * other entries are not looked at.
   *
   * @throws ConfigException for an unknown {@code spark.atlas.*} key; it names the nearest known
   *     one
   */
  public static Settings of(Map<String, String> configuration) {
    Map<String, String> values = new TreeMap<>(defaults());
    configuration.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            if (!values.containsKey(key)) {
              throw new ConfigException(key, value, "a known key, such as " + nearest(key, values));
            }
            values.put(key, value.strip());
          }
        });
    return new Settings(values);
  }

  /** Every known key with its default. */
  static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    try (InputStream in = Settings.class.getResourceAsStream("/settings.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(cells -> defaults.put(cells[0], cells[1]));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read settings.tsv", e);
    }
    return defaults;
  }

  private static String nearest(String key, Map<String, String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.keySet().stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(key, candidate)))
        .orElseThrow();
  }

  /** All settings by key, in key order. */
  public Map<String, String> asMap() {
    return Collections.unmodifiableMap(values);
  }

  /** The text of a setting; empty when it has no value. {@code key} is without the prefix. */
  String text(String key) {
    return values.get(PREFIX + key);
  }

  int positiveInt(String key) {
    return (int) whole(key, 1, Integer.MAX_VALUE);
  }

  long positiveLong(String key) {
    return whole(key, 1, Long.MAX_VALUE);
  }

  /** A number of things, which may be none. */
  int count(String key, int most) {
    return (int) whole(key, 0, most);
  }

  double fraction(String key) {
    String text = text(key);
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // answered below, as every other value that is no fraction
    }
    throw new ConfigException(PREFIX + key, text, "a fraction from 0 to 1");
  }

  /** A fraction, then others for single sources: {@code 0.5,shodan=0.9}. */
  ShareBySource shareBySource(String key) {
    String text = text(key);
    if (!text.matches(FRACTION + "(?:\\s*,\\s*[a-z0-9_-]+=" + FRACTION + ")*")) {
      throw new ConfigException(
          PREFIX + key, text, "a fraction from 0 to 1, perhaps with others such as 0.5,shodan=0.9");
    }
    String[] parts = text.split("\\s*,\\s*");
    Map<String, Double> bySource = new TreeMap<>();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      String[] entry = part.split("=");
      bySource.put(entry[0], Double.valueOf(entry[1]));
    }
    return new ShareBySource(Double.parseDouble(parts[0]), bySource);
  }

  /** Empty where the setting has no value. */
  Optional<LocalDate> date(String key) {
    String text = text(key);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      throw new ConfigException(PREFIX + key, text, "a date such as 2022-07-21");
    }
  }

  private long whole(String key, long least, long most) {
    String text = text(key);
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // answered below, as every other value that is no such number
    }
    throw new ConfigException(PREFIX + key, text, "a whole number from " + least + " to " + most);
  }
}

package org.exposureatlas.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of the exposure index.
 *
 * @param counts CSV file of counts; empty: those that were measured
 * @param weights weight of each list, by service type, and of aggregate
 */
public record IndexConfig(Optional<String> counts, Map<String, Integer> weights) {

  private static final String WEIGHTS = "index.weights";

  public IndexConfig {
    weights = Map.copyOf(weights);
  }

  static IndexConfig of(Settings settings) {
    return new IndexConfig(
        Optional.of(settings.text("index.counts")).filter(text -> !text.isEmpty()),
        weights(settings.text(WEIGHTS)));
  }

  private static Map<String, Integer> weights(String text) {
    Map<String, Integer> weights = new TreeMap<>();
    for (String entry : text.split(",")) {
      if (!entry.strip().matches("[a-z0-9_]+=[1-9][0-9]{0,2}")) {
        throw new ConfigException(
            Settings.PREFIX + WEIGHTS, text, "list=weight, comma separated, such as mysql=3,smb=4");
      }
      String[] parts = entry.strip().split("=");
      weights.put(parts[0], Integer.valueOf(parts[1]));
    }
    return weights;
  }
}

package org.exposureatlas.config;

import java.util.Map;

/**
 * A share that is set for every source, and another for some.
 *
 * @param otherwise for sources that are not listed; fraction, 0 to 1
 * @param bySource for those that are; fractions, 0 to 1
 */
public record ShareBySource(double otherwise, Map<String, Double> bySource) {

  public ShareBySource {
    bySource = Map.copyOf(bySource);
  }

  /** The share of a source. */
  public double of(String source) {
    return bySource.getOrDefault(source, otherwise);
  }
}

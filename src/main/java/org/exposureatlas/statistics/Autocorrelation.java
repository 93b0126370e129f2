package org.exposureatlas.statistics;

import java.util.Arrays;

/** How much neighbouring values depend on each other. */
final class Autocorrelation {

  private Autocorrelation() {}

  /**
   * The sample autocorrelation at a distance of one unit of time; 0 of a constant.
   *
   * @param times whole units, increasing; a missing one leaves its two pairs out, and the sum is
   *     enlarged in their place
   */
  static double ofNeighbours(double[] times, double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = 0;
    double products = 0;
    int pairs = 0;
    for (int i = 0; i < values.length; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
      if (i > 0 && times[i] - times[i - 1] == 1) {
        products += (values[i] - mean) * (values[i - 1] - mean);
        pairs++;
      }
    }
    return squares == 0 || pairs == 0 ? 0 : products / squares * (values.length - 1) / pairs;
  }
}

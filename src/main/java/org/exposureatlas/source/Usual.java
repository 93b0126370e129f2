package org.exposureatlas.source;

import java.util.Arrays;

/**
 * What trailing snapshots usually have.
 *
 * @param median the mean of the middle two where there are two; NaN of none
 * @param spread median distance from it, scaled to the standard deviation of a normal distribution
 */
record Usual(double median, double spread) {

  private static final double MAD_TO_DEVIATION = 1.4826;

  static Usual of(double... values) {
    double median = median(values);
    double[] distances = Arrays.stream(values).map(value -> Math.abs(value - median)).toArray();
    return new Usual(median, MAD_TO_DEVIATION * median(distances));
  }

  private static double median(double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}

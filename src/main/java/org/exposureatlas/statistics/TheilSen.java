package org.exposureatlas.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The Theil-Sen slope: the median of the slopes between all pairs of points, with bounds.
 *
 * <p>Holds against up to 29 % of wild points. The bounds are the slopes at ranks (N -+ t sqrt(Var
 * S)) / 2 of the N pairs, to the nearest rank. Source: Theil 1950; Sen 1968, J. Am. Stat. Assoc.
 * 63.
 *
 * @param slope change of the value per unit of time
 * @param low lower 95 % bound; NaN where the pairs are too few for one
 * @param high upper 95 % bound; NaN where the pairs are too few for one
 */
public record TheilSen(double slope, double low, double high) {

  private static final double UPPER_TAIL = 0.025;

  /**
   * Fits independent values at increasing times; their distances may differ.
   *
   * @throws IllegalArgumentException for fewer than two points, or times that do not increase
   */
  public static TheilSen fit(double[] times, double[] values) {
    return bounded(slopes(times, values), MannKendall.test(values));
  }

  /**
   * The same slope with bounds for values whose neighbours depend on each other, by the variance of
   * {@link MannKendall#autocorrelated}.
   *
   * @throws IllegalArgumentException for fewer than five points, or times that do not increase
   */
  public static TheilSen autocorrelated(double[] times, double[] values) {
    double[] slopes = slopes(times, values);
    return bounded(slopes, MannKendall.autocorrelated(times, values, median(slopes)));
  }

  private static double[] slopes(double[] times, double... values) {
    if (times.length < 2 || times.length != values.length) {
      throw new IllegalArgumentException(
          "found "
              + times.length
              + " times and "
              + values.length
              + " values, expected two or more of each");
    }
    double[] slopes = new double[times.length * (times.length - 1) / 2];
    int next = 0;
    for (int i = 0; i < times.length; i++) {
      for (int j = i + 1; j < times.length; j++) {
        if (!(times[j] > times[i])) {
          throw new IllegalArgumentException("found times that do not increase at " + j);
        }
        slopes[next++] = (values[j] - values[i]) / (times[j] - times[i]);
      }
    }
    Arrays.sort(slopes);
    return slopes;
  }

  private static TheilSen bounded(double[] slopes, MannKendall test) {
    double quantile =
        TDistribution.of(test.degreesOfFreedom()).inverseSurvivalProbability(UPPER_TAIL);
    double spread = quantile * Math.sqrt(test.variance());
    long below = (long) Math.rint((slopes.length - spread) / 2) - 1;
    long above = (long) Math.rint((slopes.length + spread) / 2);
    boolean isBounded = below >= 0 && above < slopes.length;
    return new TheilSen(
        median(slopes),
        isBounded ? slopes[(int) below] : Double.NaN,
        isBounded ? slopes[(int) above] : Double.NaN);
  }

  private static double median(double... sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

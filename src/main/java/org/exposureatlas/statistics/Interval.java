package org.exposureatlas.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A 95 % interval from bootstrap replicates.
 *
 * @param low lower bound
 * @param high upper bound
 */
public record Interval(double low, double high) {

  private static final double TAIL = 0.025;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * The percentile interval: the 2.5 % and 97.5 % quantiles of the replicates.
   *
   * <p>Holds for sums of figures with finite variance; too narrow for a handful of units. Source:
   * Davison and Hinkley 1997, Bootstrap Methods, section 5.3; quantiles as {@link #quantile}.
   */
  public static Interval percentile(double... replicates) {
    double[] sorted = replicates.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** The interval, made wide enough to hold {@code value}. */
  public Interval with(double value) {
    return new Interval(Math.min(low, value), Math.max(high, value));
  }

  /** The lower bound as a whole number, at most {@code value}. */
  public long wholeLow(long value) {
    return Math.min(value, Math.round(low));
  }

  /** The upper bound as a whole number, at least {@code value}. */
  public long wholeHigh(long value) {
    return Math.max(value, Math.round(high));
  }

  /**
   * The quantile of ascending replicates at position (R + 1) p, interpolated on the scale of the
   * normal distribution; the smallest or largest where that lies outside. As {@code boot.ci} of the
   * R package boot does it (Davison and Hinkley 1997, equation 5.8).
   */
  static double quantile(double[] ascending, double probability) {
    double position = (ascending.length + 1) * probability;
    int below = (int) Math.floor(position);
    if (below < 1) {
      return ascending[0];
    }
    if (below >= ascending.length || ascending[below - 1] == ascending[below]) {
      return ascending[below - 1];
    }
    double left = normal(below, ascending.length);
    double right = normal(below + 1, ascending.length);
    double share = (NORMAL.inverseCumulativeProbability(probability) - left) / (right - left);
    return ascending[below - 1] + share * (ascending[below] - ascending[below - 1]);
  }

  private static double normal(int rank, int count) {
    return NORMAL.inverseCumulativeProbability(rank / (count + 1.0));
  }
}

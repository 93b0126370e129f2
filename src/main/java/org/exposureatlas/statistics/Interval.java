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

  /**
   * The m-out-of-n interval of a sum of heavy-tailed figures, those of tail index below 2, for
   * which the percentile interval fails (Athreya 1987, Ann. Stat. 15).
   *
   * <p>The spread of the sum over samples of m of the n units grows like m^(1/index), so the
   * deviations of the replicates are stretched by (n/m)^(1/index). An index below 1, where the
   * expected sum does not exist, counts as 1. Of the samples of n/4, n/16 and n/64 units those
   * nearest to n^(2/3) are taken. Still too narrow, the more so the heavier the tail. Source:
   * Bickel, Götze and van Zwet 1997, Stat. Sinica 7; Politis, Romano and Wolf 1999, Subsampling.
   *
   * @param sums replicates whose first figure is the one asked for
   * @param sum the sum itself
   * @param units number of units, n
   * @param tailIndex tail index of the figures
   */
  public static Interval mOutOfN(BootstrapSums sums, double sum, long units, double tailIndex) {
    int level = level(units);
    double fraction = Math.pow(4, -level);
    double stretch = Math.pow(fraction, -1 / Math.max(1, tailIndex));
    double[] stretched =
        Arrays.stream(sums.thinned(level))
            .mapToDouble(replicate -> sum + stretch * (replicate - fraction * sum))
            .toArray();
    Interval interval = percentile(stretched);
    return new Interval(Math.max(0, interval.low), Math.max(0, interval.high));
  }

  /** The level of thinning whose samples are nearest to {@code units}^(2/3). */
  static int level(long units) {
    double wanted = Math.log(units) / 3 / Math.log(4);
    return (int) Math.max(1, Math.min(BootstrapSums.LEVELS - 1, Math.round(wanted)));
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

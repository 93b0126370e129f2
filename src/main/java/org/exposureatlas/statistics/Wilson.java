package org.exposureatlas.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The Wilson score interval of a proportion.
 *
 * <p>Holds for small counts, where the usual interval does not; assumes independent trials. Source:
 * Wilson 1927, J. Am. Stat. Assoc. 22. As {@code binom.wilson} of the R package binom.
 */
public final class Wilson {

  private static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);

  private Wilson() {}

  /**
   * The 95 % interval of {@code successes} in {@code trials}.
   *
   * @throws IllegalArgumentException unless 0 &lt;= successes &lt;= trials and there is a trial
   */
  public static Interval interval(long successes, long trials) {
    if (successes < 0 || successes > trials || trials == 0) {
      throw new IllegalArgumentException(
          "found " + successes + " of " + trials + ", expected a part of at least one trial");
    }
    double n = trials;
    double share = successes / n;
    double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
    double low = successes == 0 ? 0 : centre - half;
    double high = successes == trials ? 1 : centre + half;
    return new Interval(low, high);
  }
}

package org.exposureatlas.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The Kruskal-Wallis test: whether groups of values lie at the same level.
 *
 * <p>Source: Kruskal and Wallis 1952, J. Am. Stat. Assoc. 47, with the correction for ties. The
 * chi-squared approximation needs about five values a group.
 *
 * @param statistic H; 0 where all values are equal
 * @param pValue probability of an H at least as large when the levels are the same
 */
public record KruskalWallis(double statistic, double pValue) {

  /**
   * Tests values by group.
   *
   * @param groups group of each value, 0 to {@code groupCount} - 1; a group may be empty
   * @throws IllegalArgumentException for fewer than two groups with a value
   */
  public static KruskalWallis test(double[] values, int[] groups, int groupCount) {
    double[] ranks = Ranks.of(values);
    double[] sums = new double[groupCount];
    int[] sizes = new int[groupCount];
    for (int i = 0; i < values.length; i++) {
      sums[groups[i]] += ranks[i];
      sizes[groups[i]]++;
    }
    int present = (int) Arrays.stream(sizes).filter(size -> size > 0).count();
    if (present < 2) {
      throw new IllegalArgumentException("found " + present + " groups, expected at least 2");
    }
    double n = values.length;
    double between = 0;
    for (int group = 0; group < groupCount; group++) {
      between += sizes[group] == 0 ? 0 : sums[group] * sums[group] / sizes[group];
    }
    double ties = Arrays.stream(ranks).map(rank -> rank * rank).sum() - n * (n + 1) * (n + 1) / 4;
    double statistic = ties == 0 ? 0 : (n - 1) * (between - n * (n + 1) * (n + 1) / 4) / ties;
    return new KruskalWallis(
        statistic, ChiSquaredDistribution.of(present - 1).survivalProbability(statistic));
  }
}

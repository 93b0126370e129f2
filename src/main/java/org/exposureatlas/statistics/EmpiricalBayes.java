package org.exposureatlas.statistics;

/**
 * Rates drawn towards their common mean, the more so the smaller the base they are counted on.
 *
 * <p>Global estimator of Marshall 1991, Appl. Stat. 40, by moments: counts are Poisson around rates
 * whose spread over the groups is estimated from the counts. Assumes that groups are alike but for
 * chance and that spread; a group that truly stands out is drawn back with the others. As {@code
 * EBest} of the R package spdep.
 *
 * @param mean counts of all groups over their bases
 * @param spread variance of the rates between groups beyond chance, at least 0
 */
public record EmpiricalBayes(double mean, double spread) {

  /**
   * The mean and spread of groups.
   *
   * @param counts count of each group, none below 0
   * @param bases base of each group, all above 0
   * @throws IllegalArgumentException where the two differ in length
   */
  public static EmpiricalBayes fit(double[] counts, double[] bases) {
    if (counts.length != bases.length) {
      throw new IllegalArgumentException(
          "found " + counts.length + " counts and " + bases.length + " bases");
    }
    double allCounts = 0;
    double allBases = 0;
    for (int i = 0; i < counts.length; i++) {
      allCounts += counts[i];
      allBases += bases[i];
    }
    double mean = allCounts / allBases;
    double squares = 0;
    for (int i = 0; i < counts.length; i++) {
      double deviation = counts[i] / bases[i] - mean;
      squares += bases[i] * deviation * deviation;
    }
    double between = squares / allBases - mean / (allBases / counts.length);
    return new EmpiricalBayes(mean, Math.max(0, between));
  }

  /** How much a group's own rate counts against the mean; a fraction, 0 to 1. */
  public double weight(double base) {
    double chance = mean / base;
    return spread + chance == 0 ? 0 : spread / (spread + chance);
  }

  /** The shrunk rate, count per unit of base, of a group. */
  public double rate(double count, double base) {
    return mean + weight(base) * (count / base - mean);
  }
}

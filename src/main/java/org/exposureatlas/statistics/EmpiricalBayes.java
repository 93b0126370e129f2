package org.exposureatlas.statistics;

/**
 * Rates drawn towards their common mean, the more so the smaller the base they are counted on.
 *
 * <p>Global estimator of Marshall 1991, Appl. Stat. 40, by moments: counts are Poisson around rates
 * whose spread over the groups is estimated from the counts. Assumes that groups are alike but for
 * chance and that spread; a group that truly stands out is drawn back with the others. As {@code
 * EBest} of the R package spdep.
 */
public final class EmpiricalBayes {

  private EmpiricalBayes() {}

  /**
   * The shrunk rate, count per unit of base, of every group.
   *
   * @param counts count of each group, none below 0
   * @param bases base of each group, all above 0
   * @throws IllegalArgumentException where the two differ in length
   */
  public static double[] rates(double[] counts, double[] bases) {
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
    double spread = 0;
    for (int i = 0; i < counts.length; i++) {
      double deviation = counts[i] / bases[i] - mean;
      spread += bases[i] * deviation * deviation;
    }
    double between = Math.max(0, spread / allBases - mean / (allBases / counts.length));
    double[] rates = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      double chance = mean / bases[i];
      double weight = between + chance == 0 ? 0 : between / (between + chance);
      rates[i] = mean + weight * (counts[i] / bases[i] - mean);
    }
    return rates;
  }
}

package org.exposureatlas.statistics;

/**
 * How many there are in a closed population that two independent lists cover in part, by
 * capture-recapture.
 *
 * <p>The estimate is Chapman's (Chapman 1951), nearly without bias and finite also where the lists
 * share nothing. The interval is the transformed logit interval of Sadinle 2009, which stays above
 * what was seen. Lists that favour the same members make both too low.
 *
 * @param estimate members of the population
 * @param low95 lower end of the 95 % interval
 * @param high95 upper end of the 95 % interval
 */
public record Chapman(double estimate, double low95, double high95) {

  private static final double Z95 = 1.959963984540054;
  private static final double HALF = 0.5;

  /**
   * The estimate from two lists.
   *
   * @param onlyA members on the first list alone
   * @param onlyB members on the second list alone
   * @param both members on both lists
   */
  public static Chapman of(long onlyA, long onlyB, long both) {
    double first = (double) onlyA + both;
    double second = (double) onlyB + both;
    double estimate = (first + 1) * (second + 1) / (both + 1) - 1;
    double a = onlyA + HALF;
    double b = onlyB + HALF;
    double ab = both + HALF;
    double unseen = a * b / ab;
    double spread = Math.exp(Z95 * Math.sqrt(1 / ab + 1 / a + 1 / b + ab / (a * b)));
    double seen = (double) onlyA + onlyB + both - HALF;
    return new Chapman(estimate, seen + unseen / spread, seen + unseen * spread);
  }
}

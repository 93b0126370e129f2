package org.exposureatlas.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * The Hill estimate of the tail index: the share of sizes above x falls like x^-index. Below 2 the
 * variance is infinite, below 1 the mean.
 *
 * <p>The estimate depends on the number k of largest sizes it is made of, so it is made for every k
 * from 5 % to 15 % of the sizes, at least 10 of them. Assumes a tail that follows a power law from
 * there on: biased where it does not, and of relative standard error about 1/sqrt(k) where it does.
 * Source: Hill 1975, Ann. Stat. 3; the range after Clauset, Shalizi and Newman 2009, SIAM Rev. 51,
 * who warn of a single k.
 *
 * @param index median over the k
 * @param low smallest over the k
 * @param high largest over the k
 * @param fewest smallest k
 * @param most largest k
 */
public record TailIndex(double index, double low, double high, int fewest, int most) {

  /** Below this many sizes there is no estimate. */
  public static final int LEAST_SIZES = 50;

  private static final int LEAST_USED = 10;
  private static final double FEWEST = 0.05;
  private static final double MOST = 0.15;

  /**
   * Estimates the index of ascending sizes; those of 0 are not looked at.
   *
   * @return empty for fewer than {@link #LEAST_SIZES} sizes above 0, and where the largest are all
   *     equal
   */
  static Optional<TailIndex> of(long... ascending) {
    int zeros = 0;
    while (zeros < ascending.length && ascending[zeros] <= 0) {
      zeros++;
    }
    int count = ascending.length - zeros;
    if (count < LEAST_SIZES) {
      return Optional.empty();
    }
    int fewest = Math.max(LEAST_USED, (int) Math.ceil(FEWEST * count));
    int most = Math.max(fewest, (int) Math.ceil(MOST * count));
    double[] estimates = new double[most - fewest + 1];
    double sum = 0;
    for (int k = 1; k <= most; k++) {
      sum += Math.log(ascending[ascending.length - k]);
      if (k >= fewest) {
        double excess = sum / k - Math.log(ascending[ascending.length - k - 1]);
        if (!(excess > 0)) {
          return Optional.empty();
        }
        estimates[k - fewest] = 1 / excess;
      }
    }
    Arrays.sort(estimates);
    double middle = (estimates[(estimates.length - 1) / 2] + estimates[estimates.length / 2]) / 2;
    return Optional.of(
        new TailIndex(middle, estimates[0], estimates[estimates.length - 1], fewest, most));
  }
}

package org.exposureatlas.statistics;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The Mann-Kendall test for a monotonic trend.
 *
 * <p>Sources: Mann 1945, Econometrica 13; Kendall 1975, Rank Correlation Methods, with the
 * correction for ties; Hamed and Rao 1998, J. Hydrol. 204, for autocorrelated values.
 *
 * @param score S: pairs that rise less pairs that fall
 * @param variance variance of S without a trend, ties and autocorrelation accounted for
 * @param z S, brought one towards 0 for continuity, in standard deviations; 0 where the variance is
 *     0
 * @param degreesOfFreedom of the t distribution that z is judged by; infinite: the normal one
 * @param pValue two-sided probability of a z at least as extreme without a trend
 */
public record MannKendall(
    long score, double variance, double z, double degreesOfFreedom, double pValue) {

  private static final double STRONGEST = 0.97;
  private static final double LEAST_DEGREES = 2;

  /** Set so that 5 % of trends are found at 5 % in simulated noise of coefficients up to 0.8. */
  private static final double DEGREES_OF_COEFFICIENT = 6;

  /**
   * Tests independent values in order of time.
   *
   * @throws IllegalArgumentException for fewer than two values
   */
  public static MannKendall test(double... values) {
    return of(score(values), variance(values), Double.POSITIVE_INFINITY);
  }

  /**
   * Tests values whose neighbours depend on each other.
   *
   * <p>The variance of S is enlarged as by Hamed and Rao, with the autocorrelations of the ranks
   * about the trend. They do not come one by one from the sample, whose noise makes the test find
   * 10 to 35 % of trends that are not there, but from a first-order autoregression: its coefficient
   * is estimated at lag one and freed of its bias, (n r + 2) / (n - 4). Because it is an estimate,
   * z is judged by a t distribution with as many degrees of freedom as there are independent
   * values, less two, and less six times the square of a coefficient above 0, which is the less
   * certain the larger it is.
   *
   * @param times whole units, increasing; pairs one unit apart tell the dependence
   * @param slope trend per unit, as by {@link TheilSen}
   * @throws IllegalArgumentException for fewer than five values
   */
  public static MannKendall autocorrelated(double[] times, double[] values, double slope) {
    int count = values.length;
    if (count < 5 || times.length != count) {
      throw new IllegalArgumentException(
          "found " + times.length + " times, " + count + " values, expected at least 5 of each");
    }
    double[] ranks = Ranks.of(residuals(times, values, slope));
    double sample = Autocorrelation.ofNeighbours(times, ranks);
    double unbiased = clamp((count * sample + 2) / (count - 4));
    double coefficient = 2 * Math.sin(Math.PI / 6 * unbiased);
    double factor =
        varianceFactor(count, lag -> 6 / Math.PI * Math.asin(Math.pow(coefficient, lag) / 2));
    double persistence = Math.max(0, coefficient);
    double degrees =
        count * (1 - coefficient) / (1 + coefficient)
            - 2
            - DEGREES_OF_COEFFICIENT * persistence * persistence;
    return of(score(values), factor * variance(values), Math.max(LEAST_DEGREES, degrees));
  }

  private static MannKendall of(long score, double variance, double degreesOfFreedom) {
    double z = variance == 0 ? 0 : (score - Long.signum(score)) / Math.sqrt(variance);
    double tail = TDistribution.of(degreesOfFreedom).survivalProbability(Math.abs(z));
    return new MannKendall(score, variance, z, degreesOfFreedom, Math.min(1, 2 * tail));
  }

  private static double clamp(double correlation) {
    return Math.max(-STRONGEST, Math.min(STRONGEST, correlation));
  }

  private static double[] residuals(double[] times, double[] values, double slope) {
    double[] residuals = new double[values.length];
    Arrays.setAll(residuals, i -> values[i] - slope * (times[i] - times[0]));
    return residuals;
  }

  static long score(double... values) {
    if (values.length < 2) {
      throw new IllegalArgumentException("found " + values.length + " values, expected at least 2");
    }
    long score = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        score += Double.compare(values[j], values[i]);
      }
    }
    return score;
  }

  /** Var(S) = [n(n-1)(2n+5) - sum over ties t(t-1)(2t+5)] / 18. */
  static double variance(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double sum = term(sorted.length);
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        sum -= term(i - start);
        start = i;
      }
    }
    return sum / 18;
  }

  private static double term(double count) {
    return count * (count - 1) * (2 * count + 5);
  }

  /**
   * 1 + 2 / (n(n-1)(n-2)) sum over lags (n-k)(n-k-1)(n-k-2) rho(k), Hamed and Rao, equation 10; at
   * least 1 / n.
   *
   * @param rankAutocorrelation autocorrelation of the ranks at lags 1 to n - 3
   */
  static double varianceFactor(int count, IntToDoubleFunction rankAutocorrelation) {
    double n = count;
    double sum = 0;
    for (int lag = 1; lag <= count - 3; lag++) {
      sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * rankAutocorrelation.applyAsDouble(lag);
    }
    return Math.max(1 / n, 1 + 2 * sum / (n * (n - 1) * (n - 2)));
  }
}

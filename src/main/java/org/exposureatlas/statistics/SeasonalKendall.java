package org.exposureatlas.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The seasonal Kendall test: a trend in values that follow a pattern, each season compared with
 * itself only.
 *
 * <p>Sources: Hirsch, Slack and Smith 1982, Water Resour. Res. 18; Hirsch and Slack 1984, Water
 * Resour. Res. 20, for seasons that depend on each other. Needs about ten cycles.
 *
 * @param score sum of S over the seasons
 * @param variance variance of the score without a trend: of all seasons, and between each two
 * @param z score in standard deviations; 0 where the variance is not above 0
 * @param pValue two-sided probability of a z at least as extreme without a trend
 */
public record SeasonalKendall(long score, double variance, double z, double pValue) {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * Tests values in order of time.
   *
   * @param cycles one row per cycle, one value per season; NaN where there is none
   * @throws IllegalArgumentException for rows of different length
   */
  public static SeasonalKendall test(double[]... cycles) {
    int seasons = cycles.length == 0 ? 0 : cycles[0].length;
    if (Arrays.stream(cycles).anyMatch(cycle -> cycle.length != seasons)) {
      throw new IllegalArgumentException("found cycles of different length, expected " + seasons);
    }
    long score = 0;
    double variance = 0;
    for (int season = 0; season < seasons; season++) {
      double[] known = known(cycles, season);
      if (known.length > 1) {
        score += MannKendall.score(known);
        variance += MannKendall.variance(known);
      }
      for (int other = 0; other < season; other++) {
        variance += 2 * covariance(cycles, season, other);
      }
    }
    double z = variance > 0 ? score / Math.sqrt(variance) : 0;
    double pValue = Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z)));
    return new SeasonalKendall(score, variance, z, pValue);
  }

  private static double[] known(double[][] cycles, int season) {
    return Arrays.stream(cycles)
        .mapToDouble(cycle -> cycle[season])
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** [K + 4 sum R_g R_h - n (n_g + 1)(n_h + 1)] / 3, Dietz and Killeen 1981. */
  private static double covariance(double[][] cycles, int g, int h) {
    int n = cycles.length;
    double concordance = 0;
    double rankProducts = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        concordance += sign(cycles[j][g], cycles[i][g]) * sign(cycles[j][h], cycles[i][h]);
      }
      rankProducts += rank(cycles, i, g) * rank(cycles, i, h);
    }
    double middle = (known(cycles, g).length + 1.0) * (known(cycles, h).length + 1.0);
    return (concordance + 4 * rankProducts - n * middle) / 3;
  }

  /** Among the known values of a season; the middle one where the value is not known. */
  private static double rank(double[][] cycles, int cycle, int season) {
    double signs = 0;
    for (double[] other : cycles) {
      signs += sign(cycles[cycle][season], other[season]);
    }
    return (known(cycles, season).length + 1 + signs) / 2;
  }

  private static double sign(double one, double other) {
    return Double.isNaN(one) || Double.isNaN(other) ? 0 : Math.signum(one - other);
  }
}

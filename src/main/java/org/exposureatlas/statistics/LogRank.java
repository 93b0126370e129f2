package org.exposureatlas.statistics;

import java.util.List;
import java.util.SortedSet;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The log-rank test: whether two groups of things last equally long, with late entry.
 *
 * <p>Sources: Mantel 1966, Cancer Chemother. Rep. 50; Peto and Peto 1972, J. R. Stat. Soc. A 135.
 * Strongest where the hazards are proportional; blind to curves that cross.
 *
 * @param statistic squared sum of closed less expected, over its variance; 0 where that is 0
 * @param pValue probability of a statistic at least as large when the groups last equally long
 */
public record LogRank(double statistic, double pValue) {

  private static final ChiSquaredDistribution CHI_SQUARED = ChiSquaredDistribution.of(1);

  /**
   * Tests a group against all others.
   *
   * @param group lives of the group
   * @param all lives of the group and of the others
   */
  public static LogRank test(List<Lifetime> group, List<Lifetime> all) {
    SortedSet<Double> ages = RiskTable.closingAges(all);
    List<RiskTable.Line> groupLines = RiskTable.at(ages, group);
    List<RiskTable.Line> allLines = RiskTable.at(ages, all);
    double difference = 0;
    double variance = 0;
    for (int i = 0; i < allLines.size(); i++) {
      double atRisk = allLines.get(i).atRisk();
      double closed = allLines.get(i).closed();
      double share = groupLines.get(i).atRisk() / atRisk;
      difference += groupLines.get(i).closed() - closed * share;
      if (atRisk > 1) {
        variance += closed * share * (1 - share) * (atRisk - closed) / (atRisk - 1);
      }
    }
    double statistic = variance > 0 ? difference * difference / variance : 0;
    return new LogRank(statistic, CHI_SQUARED.survivalProbability(statistic));
  }
}

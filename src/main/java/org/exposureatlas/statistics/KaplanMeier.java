package org.exposureatlas.statistics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The Kaplan-Meier estimate of how long things last, with late entry: a thing is at risk at ages
 * above its entry, up to its exit.
 *
 * <p>Bounds: Greenwood's variance on the scale log(-log S), 95 %. Sources: Kaplan and Meier 1958,
 * J. Am. Stat. Assoc. 53; Greenwood 1926; Kalbfleisch and Prentice 1980. Assumes that what ends the
 * watching has nothing to do with the end of the thing. Few things at risk at young ages make a
 * late-entry estimate unsteady.
 *
 * @param steps one per age at which something closed, ascending
 */
public record KaplanMeier(List<Step> steps) {

  private static final double Z_975 =
      NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);
  private static final Step BEFORE_ALL = new Step(0, 0, 0, 1, 1, 1);

  /**
   * The estimate from {@code age} on.
   *
   * @param atRisk things at risk just before
   * @param closed things that closed at this age
   * @param survival share that lasts longer
   * @param low lower 95 % bound
   * @param high upper 95 % bound
   */
  public record Step(
      double age, long atRisk, long closed, double survival, double low, double high) {}

  public KaplanMeier {
    steps = List.copyOf(steps);
  }

  /** Estimates from lives; no step where nothing closed. */
  public static KaplanMeier fit(List<Lifetime> lives) {
    List<Step> steps = new ArrayList<>();
    double survival = 1;
    double greenwood = 0;
    for (RiskTable.Line line : RiskTable.at(RiskTable.closingAges(lives), lives)) {
      survival *= 1 - (double) line.closed() / line.atRisk();
      greenwood += (double) line.closed() / line.atRisk() / (line.atRisk() - line.closed());
      steps.add(step(line, survival, greenwood));
    }
    return new KaplanMeier(steps);
  }

  private static Step step(RiskTable.Line line, double survival, double greenwood) {
    double low = survival;
    double high = survival;
    if (survival > 0) {
      double spread = Z_975 * Math.sqrt(greenwood) / -Math.log(survival);
      low = Math.pow(survival, Math.exp(spread));
      high = Math.pow(survival, Math.exp(-spread));
    }
    return new Step(line.age(), line.atRisk(), line.closed(), survival, low, high);
  }

  /** The estimate at {@code age}; 1 before the first step. */
  public Step at(double age) {
    Step found = BEFORE_ALL;
    for (Step step : steps) {
      if (step.age() > age) {
        break;
      }
      found = step;
    }
    return found;
  }

  /** Age at which no more than half are left; NaN: more than half are left at the last step. */
  public double median() {
    return firstAge(steps.stream().filter(step -> step.survival() <= 0.5).toList());
  }

  /** Lower 95 % bound of the median, after Brookmeyer and Crowley 1982; NaN: not reached. */
  public double medianLow() {
    return firstAge(steps.stream().filter(step -> step.low() <= 0.5).toList());
  }

  /** Upper 95 % bound of the median; NaN: not reached. */
  public double medianHigh() {
    return firstAge(steps.stream().filter(step -> step.high() <= 0.5).toList());
  }

  private static double firstAge(List<Step> below) {
    return below.isEmpty() ? Double.NaN : below.get(0).age();
  }
}

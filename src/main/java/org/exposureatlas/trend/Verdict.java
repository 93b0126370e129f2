package org.exposureatlas.trend;

import java.util.Arrays;
import java.util.Locale;

/**
 * The verdict on a trend: in a word, and in a sentence that can stand alone.
 *
 * @param word rising, falling, flat, too_short or broken
 * @param text what can and cannot be concluded
 */
record Verdict(String word, String text) {

  /** What the test says once it is judged together with all others. */
  enum Evidence {
    WEAK,
    STRONG
  }

  /**
   * The verdict.
   *
   * @param days length of the window
   */
  static Verdict of(Trend trend, int days, Evidence evidence) {
    return switch (trend.state()) {
      case BROKEN ->
          new Verdict(
              "broken",
              String.format(
                  Locale.ROOT,
                  "No verdict: of %d days, %d have a whole snapshot, and the last one or a stretch of"
                      + " more than a quarter has none.",
                  days,
                  trend.series().size()));
      case TOO_SHORT ->
          new Verdict(
              "too_short",
              String.format(
                  Locale.ROOT,
                  "No verdict yet: the figures that can be compared are %d snapshots, too few or too"
                      + " late in %d days.",
                  trend.series().size(),
                  days));
      case TESTED -> tested(trend, days, evidence);
    };
  }

  private static Verdict tested(Trend trend, int days, Evidence evidence) {
    double slope = trend.slope().slope();
    if (evidence == Evidence.STRONG && slope != 0) {
      return new Verdict(
          slope > 0 ? "rising" : "falling",
          String.format(
              Locale.ROOT,
              "%s by %s in %d days%s.",
              slope > 0 ? "Rising" : "Falling",
              percent(Math.abs(slope), trend, days),
              days,
              bounds(trend, days)));
    }
    return new Verdict(
        "flat",
        String.format(
            Locale.ROOT,
            "No trend shown over %d days%s; that is no proof of standstill.",
            days,
            bounds(trend, days)));
  }

  private static String bounds(Trend trend, int days) {
    double low = trend.slope().low();
    double high = trend.slope().high();
    if (Double.isNaN(low) || level(trend) == 0) {
      return "";
    }
    return " (95 % interval "
        + percent(low, trend, days)
        + " to "
        + percent(high, trend, days)
        + ")";
  }

  private static String percent(double slope, Trend trend, int days) {
    double level = level(trend);
    return level == 0
        ? "more than nothing"
        : String.format(Locale.ROOT, "%.3g %%", 100 * slope * (days - 1) / level);
  }

  /** Median of the values. */
  private static double level(Trend trend) {
    double[] sorted = trend.series().values();
    Arrays.sort(sorted);
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }
}

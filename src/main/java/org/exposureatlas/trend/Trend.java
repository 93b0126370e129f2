package org.exposureatlas.trend;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.exposureatlas.statistics.ChangePoints;
import org.exposureatlas.statistics.KruskalWallis;
import org.exposureatlas.statistics.MannKendall;
import org.exposureatlas.statistics.SeasonalKendall;
import org.exposureatlas.statistics.TheilSen;

/**
 * What one window of a series shows, by the stretch of it since the last change of method.
 *
 * @param state whether a verdict can be given
 * @param series the stretch
 * @param slope slope per day; null: fewer than two snapshots
 * @param test test for a trend; null where there can be no verdict
 * @param changePoints days on which level or slope changed; null: too few snapshots to tell
 */
record Trend(State state, Series series, TheilSen slope, Test test, List<LocalDate> changePoints) {

  /** The approximations of the test need about as many. */
  static final int LEAST_SNAPSHOTS = 8;

  private static final int LEAST_WEEKS = 10;
  private static final double WEEKLY_PATTERN = 0.01;
  private static final double LONGEST_GAP_SHARE = 0.25;
  private static final int WEEKDAYS = 7;

  /** Whether a verdict can be given. */
  enum State {
    TESTED,
    TOO_SHORT,
    BROKEN
  }

  /** Outcome of the test that was made. */
  record Test(String name, double z, double pValue) {}

  static Trend of(Series all, Calendar calendar, LocalDate asOf, int days) {
    LocalDate first = asOf.minusDays(days - 1L);
    Series series = all.between(calendar.stretchStart(asOf, first), asOf);
    State state = state(series, asOf, days);
    boolean isTestable = series.size() >= LEAST_SNAPSHOTS;
    TheilSen slope = series.size() < 2 ? null : slope(series);
    return new Trend(
        state,
        series,
        slope,
        state == State.TESTED ? test(series, slope) : null,
        isTestable ? changePoints(series) : null);
  }

  /**
   * Broken without a snapshot on the last day, or with a gap of more than a quarter of the window;
   * too short below eight snapshots, or where they begin after a quarter of the window.
   */
  private static State state(Series series, LocalDate asOf, int days) {
    double longestGap = LONGEST_GAP_SHARE * days;
    if (!series.isKnown(asOf) || series.longestGap() > longestGap) {
      return State.BROKEN;
    }
    double span = asOf.toEpochDay() - series.times()[0] + 1;
    return series.size() < LEAST_SNAPSHOTS || days - span > longestGap
        ? State.TOO_SHORT
        : State.TESTED;
  }

  private static TheilSen slope(Series series) {
    return series.size() < LEAST_SNAPSHOTS
        ? TheilSen.fit(series.times(), series.values())
        : TheilSen.autocorrelated(series.times(), series.values());
  }

  private static Test test(Series series, TheilSen slope) {
    if (followsWeekdays(series, slope)) {
      SeasonalKendall seasonal = SeasonalKendall.test(series.weeks());
      return new Test("seasonal_kendall", seasonal.z(), seasonal.pValue());
    }
    MannKendall test = MannKendall.autocorrelated(series.times(), series.values(), slope.slope());
    return new Test("mann_kendall", test.z(), test.pValue());
  }

  /** Ten weeks in which weekdays differ beyond the trend. */
  private static boolean followsWeekdays(Series series, TheilSen slope) {
    if (series.size() < LEAST_WEEKS * WEEKDAYS) {
      return false;
    }
    double[] times = series.times();
    double[] values = series.values();
    double[] residuals = new double[values.length];
    Arrays.setAll(residuals, i -> values[i] - slope.slope() * (times[i] - times[0]));
    return KruskalWallis.test(residuals, series.weekdays(), WEEKDAYS).pValue() < WEEKLY_PATTERN;
  }

  /** Never across a day that is missing. */
  private static List<LocalDate> changePoints(Series series) {
    double penalty = ChangePoints.penalty(series.values());
    List<LocalDate> changes = new ArrayList<>();
    for (Series stretch : series.unbroken()) {
      List<LocalDate> days = stretch.days();
      ChangePoints.find(stretch.times(), stretch.values(), penalty)
          .forEach(index -> changes.add(days.get(index)));
    }
    return changes;
  }
}

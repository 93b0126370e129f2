package org.exposureatlas.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where a series changes its level or its slope.
 *
 * <p>Between two changes the series is a straight line; the places are those that make the squared
 * distances from the lines, plus a penalty for each change, smallest. Found exactly by PELT:
 * Killick, Fearnhead and Eckley 2012, J. Am. Stat. Assoc. 107. A steady rise is one line and no
 * change.
 */
public final class ChangePoints {

  /** Fewer points are fitted by a line too easily. */
  public static final int LEAST_LENGTH = 4;

  private static final double PENALTY_PER_LOG = 4;
  private static final double TRIMMED_SHARE = 0.1;

  /** Variance of a normal distribution without the tenth farthest from 0. */
  private static final double TRIMMED_VARIANCE = 0.623;

  private static final double STRONGEST = 0.7;
  private static final double NOISE_OF_RANGE = 0.2;

  private ChangePoints() {}

  /**
   * The penalty for a change: 4 ln(n) times the long-run variance of the noise.
   *
   * <p>The noise is taken from differences at distance one and two, without the tenth that is
   * largest, so that steps do not count; the two tell how much neighbours depend on each other, a
   * coefficient of at most 0.7: noise that depends more is taken for changes. Where nine tenths of
   * the differences are 0, the noise is a fifth of the range.
   */
  public static double penalty(double... values) {
    double one = differenceVariance(1, values);
    double range = Arrays.stream(values).max().orElse(0) - Arrays.stream(values).min().orElse(0);
    double variance = range * range * NOISE_OF_RANGE * NOISE_OF_RANGE;
    if (one > 0) {
      double coefficient =
          Math.max(0, Math.min(STRONGEST, differenceVariance(2, values) / one - 1));
      variance = one * (1 + coefficient) / (2 * (1 - coefficient) * (1 - coefficient));
    }
    return PENALTY_PER_LOG * Math.log(values.length) * variance;
  }

  private static double differenceVariance(int distance, double... values) {
    if (values.length <= distance) {
      return 0;
    }
    double[] differences = new double[values.length - distance];
    Arrays.setAll(differences, i -> values[i + distance] - values[i]);
    double[] sorted = differences.clone();
    Arrays.sort(sorted);
    double middle = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    double[] squares =
        Arrays.stream(differences).map(d -> (d - middle) * (d - middle)).sorted().toArray();
    int kept = (int) Math.ceil(squares.length * (1 - TRIMMED_SHARE));
    return Arrays.stream(squares, 0, kept).sum() / kept / TRIMMED_VARIANCE;
  }

  /**
   * Indexes of the first point after each change, ascending.
   *
   * @param times increasing
   * @param penalty cost of a change, in squared units of the values
   */
  public static List<Integer> find(double[] times, double[] values, double penalty) {
    int n = values.length;
    LineCost cost = new LineCost(times, values);
    double[] best = new double[n + 1];
    int[] last = new int[n + 1];
    int[] droppedAt = new int[n + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    Arrays.fill(droppedAt, Integer.MAX_VALUE);
    best[0] = -penalty;
    List<Integer> candidates = new ArrayList<>();
    for (int end = LEAST_LENGTH; end <= n; end++) {
      candidates.add(end - LEAST_LENGTH);
      int now = end;
      candidates.removeIf(start -> droppedAt[start] <= now);
      for (int start : candidates) {
        double total = best[start] + cost.of(start, end) + penalty;
        if (total < best[end]) {
          best[end] = total;
          last[end] = start;
        }
      }
      for (int start : candidates) {
        if (best[start] + cost.of(start, end) > best[end] && droppedAt[start] > n) {
          droppedAt[start] = end + LEAST_LENGTH;
        }
      }
    }
    List<Integer> changes = new ArrayList<>();
    for (int end = n; end > 0 && last[end] > 0; end = last[end]) {
      changes.add(last[end]);
    }
    Collections.reverse(changes);
    return changes;
  }

  /** Sum of squared distances of points from the line that fits them best. */
  private static final class LineCost {

    private final double[] t;
    private final double[] tt;
    private final double[] y;
    private final double[] yy;
    private final double[] ty;

    LineCost(double[] times, double[] values) {
      int n = values.length;
      t = new double[n + 1];
      tt = new double[n + 1];
      y = new double[n + 1];
      yy = new double[n + 1];
      ty = new double[n + 1];
      double middle = n == 0 ? 0 : times[n / 2];
      double mean = Arrays.stream(values).average().orElse(0);
      for (int i = 0; i < n; i++) {
        double time = times[i] - middle;
        double value = values[i] - mean;
        t[i + 1] = t[i] + time;
        tt[i + 1] = tt[i] + time * time;
        y[i + 1] = y[i] + value;
        yy[i + 1] = yy[i] + value * value;
        ty[i + 1] = ty[i] + time * value;
      }
    }

    /** Points {@code from} to {@code to} - 1. */
    double of(int from, int to) {
      double n = to - from;
      double times = t[to] - t[from];
      double values = y[to] - y[from];
      double spread = tt[to] - tt[from] - times * times / n;
      double joint = ty[to] - ty[from] - times * values / n;
      double around = yy[to] - yy[from] - values * values / n;
      return Math.max(0, around - joint * joint / spread);
    }
  }
}

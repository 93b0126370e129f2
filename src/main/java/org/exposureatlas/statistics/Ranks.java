package org.exposureatlas.statistics;

import java.util.Arrays;
import java.util.Comparator;

/** Ranks of values, 1 for the smallest; equal values share the mean of their ranks. */
final class Ranks {

  private Ranks() {}

  static double[] of(double... values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    int start = 0;
    for (int i = 1; i <= order.length; i++) {
      if (i == order.length || values[order[i]] != values[order[start]]) {
        for (int tied = start; tied < i; tied++) {
          ranks[order[tied]] = (start + i + 1) / 2.0;
        }
        start = i;
      }
    }
    return ranks;
  }
}

package org.exposureatlas.statistics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Control of the false discovery rate over many tests.
 *
 * <p>Source: Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57. Holds for independent or
 * positively dependent tests.
 */
public final class BenjaminiHochberg {

  private BenjaminiHochberg() {}

  /**
   * The q-value of every p-value, in their order: the smallest rate of false discoveries at which
   * the test would be one.
   */
  public static double[] qValues(double... pValues) {
    Integer[] order = new Integer[pValues.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
    double[] qValues = new double[pValues.length];
    double smallest = 1;
    for (int rank = pValues.length; rank >= 1; rank--) {
      int test = order[rank - 1];
      smallest = Math.min(smallest, pValues[test] * pValues.length / rank);
      qValues[test] = smallest;
    }
    return qValues;
  }
}

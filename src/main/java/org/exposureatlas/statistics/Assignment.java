package org.exposureatlas.statistics;

import java.util.Arrays;

/**
 * The assignment problem: each row gets its own column at least total cost, exactly.
 *
 * <p>Hungarian method with potentials, O(n^3), in whole numbers, so nothing is rounded. Of several
 * best assignments it finds the same one each time, which depends on the order of rows and columns.
 * Source: Kuhn 1955, Nav. Res. Logist. Q. 2; Jonker and Volgenant 1987, Computing 38.
 */
final class Assignment {

  private Assignment() {}

  /**
   * The column of every row.
   *
   * @param cost square, below 2^62 in any sum of one entry a row
   */
  static int[] columns(long[]... cost) {
    int n = cost.length;
    long[] rowPotential = new long[n + 1];
    long[] columnPotential = new long[n + 1];
    int[] rowOf = new int[n + 1];
    for (int row = 1; row <= n; row++) {
      augment(row, cost, rowPotential, columnPotential, rowOf);
    }
    int[] columns = new int[n];
    for (int column = 1; column <= n; column++) {
      columns[rowOf[column] - 1] = column - 1;
    }
    return columns;
  }

  /** Finds a place for {@code row} along a cheapest alternating path. Indices count from 1. */
  private static void augment(
      int row, long[][] cost, long[] rowPotential, long[] columnPotential, int[] rowOf) {
    int n = cost.length;
    long[] least = new long[n + 1];
    Arrays.fill(least, Long.MAX_VALUE);
    int[] previous = new int[n + 1];
    boolean[] reached = new boolean[n + 1];
    rowOf[0] = row;
    int column = 0;
    while (rowOf[column] != 0) {
      reached[column] = true;
      int from = rowOf[column];
      int nearest = 0;
      long distance = Long.MAX_VALUE;
      for (int j = 1; j <= n; j++) {
        if (!reached[j]) {
          long reduced = cost[from - 1][j - 1] - rowPotential[from] - columnPotential[j];
          if (reduced < least[j]) {
            least[j] = reduced;
            previous[j] = column;
          }
          if (least[j] < distance) {
            distance = least[j];
            nearest = j;
          }
        }
      }
      for (int j = 0; j <= n; j++) {
        if (reached[j]) {
          rowPotential[rowOf[j]] += distance;
          columnPotential[j] -= distance;
        } else if (j > 0) {
          least[j] -= distance;
        }
      }
      column = nearest;
    }
    while (column != 0) {
      rowOf[column] = rowOf[previous[column]];
      column = previous[column];
    }
  }
}

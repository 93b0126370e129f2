package org.exposureatlas.statistics;

import java.util.Arrays;

/**
 * Ranks of several contenders and how sure they are, from replicates of their values.
 *
 * <p>Rank 1 is the largest value; equal values share the better rank. Bounds are the 2.5 % and 97.5
 * % quantiles of the rank over the replicates, whole ranks. A probability of being first counts a
 * replicate with several firsts in equal parts, so that the probabilities add up to 1. Assumes that
 * the replicates of all contenders were drawn together. Ranks of many close contenders are pulled
 * towards the middle, and bounds of such ranks are too narrow: Hall and Miller 2009, Ann. Stat. 37.
 */
public final class RankDistribution {

  /**
   * One contender.
   *
   * @param rank rank of its value
   * @param low better bound of the rank
   * @param high worse bound of the rank
   * @param firstProbability share of the replicates it is first in
   */
  public record Place(int rank, int low, int high, double firstProbability) {}

  private static final double TAIL = 0.025;

  private RankDistribution() {}

  /**
   * The place of every contender.
   *
   * @param values value of each contender
   * @param replicates replicates of each contender's value; all have the same number
   */
  public static Place[] of(double[] values, double[]... replicates) {
    int[] observed = ranks(values);
    int count = values.length == 0 ? 0 : replicates[0].length;
    int[][] ranks = new int[values.length][count];
    double[] first = new double[values.length];
    double[] drawn = new double[values.length];
    for (int replicate = 0; replicate < count; replicate++) {
      for (int i = 0; i < values.length; i++) {
        drawn[i] = replicates[i][replicate];
      }
      int[] inReplicate = ranks(drawn);
      long firsts = Arrays.stream(inReplicate).filter(rank -> rank == 1).count();
      for (int i = 0; i < values.length; i++) {
        ranks[i][replicate] = inReplicate[i];
        first[i] += inReplicate[i] == 1 ? 1.0 / firsts : 0;
      }
    }
    Place[] places = new Place[values.length];
    for (int i = 0; i < values.length; i++) {
      Arrays.sort(ranks[i]);
      places[i] =
          new Place(
              observed[i],
              Math.min(observed[i], quantile(ranks[i], TAIL)),
              Math.max(observed[i], quantile(ranks[i], 1 - TAIL)),
              first[i] / count);
    }
    return places;
  }

  /** The rank of every value. */
  public static int[] ranks(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] ranks = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      ranks[i] = 1 + above(sorted, values[i]);
    }
    return ranks;
  }

  /** How many of the ascending values are above {@code value}. */
  private static int above(double[] ascending, double value) {
    int from = 0;
    int to = ascending.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (ascending[middle] <= value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return ascending.length - from;
  }

  /** The smallest rank that at least {@code probability} of the ascending ranks do not exceed. */
  private static int quantile(int[] ascending, double probability) {
    int place = (int) Math.ceil(probability * ascending.length - 1e-9);
    return ascending[Math.max(0, Math.min(ascending.length, place) - 1)];
  }
}

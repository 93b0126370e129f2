package org.exposureatlas.statistics;

import java.io.Serializable;

/**
 * Replicates of the sums of several figures over units. Sums are whole numbers that stop at {@link
 * Long#MAX_VALUE} and never wrap around, so the order of units and parts changes nothing.
 */
final class BootstrapSums implements Serializable {

  /** Levels of thinning: expected sample sizes n, n/4, n/16 and n/64. */
  static final int LEVELS = 4;

  /** 20 draws of this are still a long; larger figures count as this. */
  static final long LARGEST_FIGURE = Long.MAX_VALUE / 20;

  private static final long serialVersionUID = 2;

  private final int replicates;
  private final int figures;
  private final int heavyFigures;

  /**
   * Replicates of figure 0, 1, ..., then those of heavy figure 0 at level 1, 2, ..., of heavy
   * figure 1 at level 1, 2, ... and so on.
   */
  private final long[] sums;

  /** No unit yet. */
  BootstrapSums(BootstrapPlan plan) {
    this(plan, new long[places(plan)]);
  }

  /** What {@link #toArray} gave. */
  BootstrapSums(BootstrapPlan plan, long... sums) {
    this.replicates = plan.replicates();
    this.figures = plan.figures();
    this.heavyFigures = plan.heavyFigures();
    this.sums = sums;
  }

  /** Number of sums kept. */
  static int places(BootstrapPlan plan) {
    return plan.replicates() * (plan.figures() + plan.heavyFigures() * (LEVELS - 1));
  }

  /** Adds a unit; {@code values}: its figures, none below 0 nor above the largest. */
  void add(long key, long... values) {
    boolean isHeavy = isHeavy(values);
    long[] draws = new long[replicates];
    for (int replicate = 0; replicate < replicates; replicate++) {
      long bits = PoissonWeights.bits(key, replicate);
      int drawn = PoissonWeights.draws(bits);
      draws[replicate] = isHeavy ? drawn | PoissonWeights.thinned(bits, drawn) : drawn;
    }
    for (int figure = 0; figure < figures; figure++) {
      int levels = values[figure] == 0 ? 0 : figure < heavyFigures ? LEVELS : 1;
      for (int level = 0; level < levels; level++) {
        increase(place(figure, level), draws, level * Byte.SIZE, values[figure]);
      }
    }
  }

  /**
   * Adds {@code value} to the sums of all replicates, which begin at {@code place}, as often as a
   * byte of their draws says.
   */
  private void increase(int place, long[] draws, int shift, long value) {
    for (int replicate = 0; replicate < draws.length; replicate++) {
      increase(sums, place + replicate, (draws[replicate] >>> shift & 0xff) * value);
    }
  }

  private boolean isHeavy(long... values) {
    for (int figure = 0; figure < heavyFigures; figure++) {
      if (values[figure] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Where the replicates of {@code figure} at {@code level} begin. */
  private int place(int figure, int level) {
    int row = level == 0 ? figure : figures + figure * (LEVELS - 1) + level - 1;
    return row * replicates;
  }

  /** Adds {@code value} to the sum at {@code place}, which stops at the largest long; no branch. */
  static void increase(long[] sums, int place, long value) {
    long sum = sums[place] + value;
    sums[place] = (sum | sum >> Long.SIZE - 1) & Long.MAX_VALUE;
  }

  /** Adds all that {@code other}, of the same plan, has drawn. */
  void merge(BootstrapSums other) {
    for (int i = 0; i < sums.length; i++) {
      increase(sums, i, other.sums[i]);
    }
  }

  /**
   * Replicates of the sum of {@code figure} over samples of expected size n 4^-{@code level}.
   *
   * @param level 0 for a figure that is not heavy
   */
  long[] of(int figure, int level) {
    long[] part = new long[replicates];
    System.arraycopy(sums, place(figure, level), part, 0, replicates);
    return part;
  }

  /** All sums. */
  long[] toArray() {
    return sums;
  }
}

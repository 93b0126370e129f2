package org.exposureatlas.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How unevenly sizes are spread. Everything is NaN or empty where there is no size or all are 0.
 *
 * <p>Describes the sizes there are; says nothing of those not measured. Sources: Gini 1912 in the
 * form sum((2i - n - 1) x_i) / (n sum x); Herfindahl 1950, Hirschman 1945; Lorenz 1905, Publ. Am.
 * Stat. Assoc. 9. As {@code Gini}, {@code Herfindahl} and {@code Lc} of the R package ineq.
 */
public final class Concentration {

  private final long[] ascending;

  /** Sums of the smallest 0, 1, 2, ... sizes. */
  private final double[] sums;

  /** Takes sizes in any order, none below 0. */
  public Concentration(long... sizes) {
    ascending = sizes.clone();
    Arrays.sort(ascending);
    sums = new double[ascending.length + 1];
    for (int i = 0; i < ascending.length; i++) {
      sums[i + 1] = sums[i] + ascending[i];
    }
  }

  private double total() {
    return sums[ascending.length];
  }

  private boolean isEmpty() {
    return total() == 0;
  }

  /** Lower median; empty where there is no size. */
  public OptionalLong median() {
    return ascending.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(ascending[(ascending.length - 1) / 2]);
  }

  /** Tail index of the sizes, where they tell one. */
  public Optional<TailIndex> tail() {
    return TailIndex.of(ascending);
  }

  /** Share of the total held by the {@code largest} sizes. */
  public double topShare(int largest) {
    int rest = Math.max(0, ascending.length - largest);
    return isEmpty() ? Double.NaN : sumFrom(rest) / total();
  }

  /** Share of the total held by the largest 1 % of the sizes, rounded up to whole sizes. */
  public double topPercentShare() {
    return topShare((ascending.length + 99) / 100);
  }

  private double sumFrom(int first) {
    double sum = 0;
    for (int i = first; i < ascending.length; i++) {
      sum += ascending[i];
    }
    return sum;
  }

  /** Gini coefficient: 0 is even, towards 1 is one size holding all. */
  public double gini() {
    double weighted = 0;
    for (int i = 0; i < ascending.length; i++) {
      weighted += (2.0 * (i + 1) - ascending.length - 1) * ascending[i];
    }
    return isEmpty() ? Double.NaN : weighted / ascending.length / total();
  }

  /** Herfindahl-Hirschman index, the sum of squared shares: 1/n is even, 1 is one holding all. */
  public double herfindahl() {
    double squares = 0;
    for (long size : ascending) {
      squares += (size / total()) * (size / total());
    }
    return isEmpty() ? Double.NaN : squares;
  }

  /**
   * Height of the Lorenz curve: share of the total held by the smallest {@code share} of the sizes,
   * interpolated between whole sizes.
   */
  public double lorenz(double share) {
    double position = share * ascending.length;
    int whole = (int) Math.min(ascending.length, Math.floor(position + 1e-9));
    double next = whole < ascending.length ? ascending[whole] : 0;
    double part = Math.max(0, position - whole);
    return isEmpty() ? Double.NaN : (sums[whole] + part * next) / total();
  }
}

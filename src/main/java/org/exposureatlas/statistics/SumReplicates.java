package org.exposureatlas.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Replicates of a sum that spread as the sum does, by the method that its tail calls for. Shares
 * and ranks of sums may be taken of them replicate by replicate.
 */
public final class SumReplicates {

  /** How replicates were made. */
  public enum Method {
    /** The bootstrap: the tail index is at least 2, or the sizes are too few to tell. */
    PERCENTILE,
    /** The m-out-of-n bootstrap: the tail index is below 2. */
    M_OUT_OF_N;

    /** The name as it stands in tables. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** From this tail index on, the variance of the sizes is finite. */
  private static final double FINITE_VARIANCE = 2;

  private final Method method;
  private final double sum;
  private final double[] values;

  private SumReplicates(Method method, double sum, double... values) {
    this.method = method;
    this.sum = sum;
    this.values = values;
  }

  /**
   * Replicates of the sum of a figure.
   *
   * @param tailIndex tail index of the figure; empty: not known. Not looked at for a figure that
   *     the plan does not list as heavy
   */
  public static SumReplicates of(Resample resample, int figure, OptionalDouble tailIndex) {
    boolean isHeavy =
        figure < resample.plan().heavyFigures()
            && tailIndex.orElse(FINITE_VARIANCE) < FINITE_VARIANCE;
    double sum = resample.total(figure);
    return isHeavy
        ? mOutOfN(resample, figure, sum, tailIndex.getAsDouble())
        : new SumReplicates(Method.PERCENTILE, sum, doubles(resample.sums().of(figure, 0)));
  }

  /**
   * Replicates of a sum of heavy-tailed figures, those of tail index below 2, for which the plain
   * bootstrap fails (Athreya 1987, Ann. Stat. 15).
   *
   * <p>The spread of the sum over samples of m of the n units grows like m^(1/index), so the
   * deviations of the replicates are stretched by (n/m)^(1/index). An index below 1, where the
   * expected sum does not exist, counts as 1. Of the samples of n/4, n/16 and n/64 units those
   * nearest to n^(2/3) are taken. Still too narrow, the more so the heavier the tail. Source:
   * Bickel, Götze and van Zwet 1997, Stat. Sinica 7; Politis, Romano and Wolf 1999, Subsampling.
   */
  private static SumReplicates mOutOfN(
      Resample resample, int figure, double sum, double tailIndex) {
    int level = level(resample.units());
    double fraction = Math.pow(4, -level);
    double stretch = Math.pow(fraction, -1 / Math.max(1, tailIndex));
    double[] stretched =
        Arrays.stream(resample.sums().of(figure, level))
            .mapToDouble(replicate -> Math.max(0, sum + stretch * (replicate - fraction * sum)))
            .toArray();
    return new SumReplicates(Method.M_OUT_OF_N, sum, stretched);
  }

  /** The level of thinning whose samples are nearest to {@code units}^(2/3). */
  static int level(long units) {
    double wanted = Math.log(units) / 3 / Math.log(4);
    return (int) Math.max(1, Math.min(BootstrapSums.LEVELS - 1, Math.round(wanted)));
  }

  private static double[] doubles(long... values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }

  /** How the replicates were made. */
  public Method method() {
    return method;
  }

  /** The replicates. */
  public double[] values() {
    return values.clone();
  }

  /** The replicate of number {@code place}, from 0. */
  public double value(int place) {
    return values[place];
  }

  /** The replicates of the sum times {@code factor}. */
  public SumReplicates times(double factor) {
    return new SumReplicates(
        method, sum * factor, Arrays.stream(values).map(value -> value * factor).toArray());
  }

  /**
   * The 95 % interval of the sum: that of {@link Interval#percentile}, made wide enough to hold the
   * sum itself.
   */
  public Interval interval() {
    return Interval.percentile(values).with(sum);
  }
}

package org.exposureatlas.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The 95 % interval of a sum of sizes by the method that its tail calls for.
 *
 * @param method how the interval was made
 * @param interval the interval
 */
public record SumInterval(Method method, Interval interval) {

  /** How an interval was made. */
  public enum Method {
    /**
     * {@link Interval#percentile}: the tail index is at least 2, or the sizes are too few to tell.
     */
    PERCENTILE,
    /** {@link Interval#mOutOfN}: the tail index is below 2. */
    M_OUT_OF_N;

    /** The name as it stands in tables. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** From this tail index on, the variance of the sizes is finite. */
  private static final double FINITE_VARIANCE = 2;

  /**
   * The interval of a sum.
   *
   * @param sums replicates whose first figure is the one summed
   * @param sum the sum itself
   * @param units number of units, those of size 0 included
   * @param tailIndex tail index of the sizes; empty: not known
   */
  public static SumInterval of(
      BootstrapSums sums, double sum, long units, OptionalDouble tailIndex) {
    if (tailIndex.orElse(FINITE_VARIANCE) < FINITE_VARIANCE) {
      return new SumInterval(
          Method.M_OUT_OF_N, Interval.mOutOfN(sums, sum, units, tailIndex.getAsDouble()));
    }
    double[] replicates = Arrays.stream(sums.of(0)).asDoubleStream().toArray();
    return new SumInterval(Method.PERCENTILE, Interval.percentile(replicates));
  }
}

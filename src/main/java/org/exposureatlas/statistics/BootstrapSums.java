package org.exposureatlas.statistics;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Replicates of the sums of several figures over units, by the Poisson bootstrap: each unit counts
 * as often in a replicate as its weight says.
 *
 * <p>Units may come in any order, and parts may be merged in any order: sums are whole numbers that
 * stop at {@link Long#MAX_VALUE} and never wrap around. The first figure is summed over the thinned
 * samples of the m-out-of-n bootstrap as well. The weight of a unit is the same in all figures, so
 * ratios and ranks may be taken replicate by replicate.
 *
 * <p>Assumes that units are independent of each other; what depends on each other, such as the
 * endpoints of a cluster, must be one unit. Source: Efron 1979, Ann. Stat. 7; the weights are those
 * of {@link PoissonWeights}.
 */
public final class BootstrapSums implements Serializable {

  /** Levels of thinning: expected sample sizes n, n/4, n/16 and n/64. */
  public static final int LEVELS = 4;

  /** 20 draws of this are still a long; larger figures count as this. */
  static final long LARGEST_FIGURE = Long.MAX_VALUE / 20;

  private static final long serialVersionUID = 1;

  private final int replicates;
  private final int figures;

  /** Replicates of figure 0, 1, ..., then those of figure 0 at level 1, 2, .... */
  private final long[] sums;

  /**
   * No unit yet.
   *
   * @param replicates number of replicates
   * @param figures number of figures of a unit
   */
  public BootstrapSums(int replicates, int figures) {
    this(replicates, figures, new long[replicates * (figures + LEVELS - 1)]);
  }

  private BootstrapSums(int replicates, int figures, long[] sums) {
    this.replicates = replicates;
    this.figures = figures;
    this.sums = sums;
  }

  /** Number of replicates. */
  public int replicates() {
    return replicates;
  }

  /**
   * Adds a unit.
   *
   * @param key identifies the unit; well mixed, such as a 64-bit hash
   * @param values its figures, none below 0
   */
  public void add(long key, long... values) {
    for (int replicate = 0; replicate < replicates; replicate++) {
      long bits = PoissonWeights.bits(key, replicate);
      int draws = PoissonWeights.draws(bits);
      if (draws > 0) {
        for (int figure = 0; figure < figures; figure++) {
          increase(figure * replicates + replicate, draws * bounded(values[figure]));
        }
        addThinned(replicate, bits, draws, bounded(values[0]));
      }
    }
  }

  private void addThinned(int replicate, long bits, int draws, long value) {
    if (value == 0) {
      return;
    }
    long decisions = PoissonWeights.thinning(bits);
    for (int draw = 0; draw < draws; draw++) {
      int level = Math.min(LEVELS - 1, Long.numberOfTrailingZeros(decisions) / 2);
      for (int kept = 1; kept <= level; kept++) {
        increase((figures + kept - 1) * replicates + replicate, value);
      }
      decisions = Long.rotateRight(decisions, 2 * (LEVELS - 1));
    }
  }

  private static long bounded(long value) {
    return Math.min(value, LARGEST_FIGURE);
  }

  private void increase(int place, long value) {
    long sum = sums[place] + value;
    sums[place] = sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Adds the units of {@code other}, which has as many replicates and figures. */
  public BootstrapSums merge(BootstrapSums other) {
    if (other.replicates != replicates || other.figures != figures) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "found %d replicates of %d figures, expected %d of %d",
              other.replicates,
              other.figures,
              replicates,
              figures));
    }
    for (int i = 0; i < sums.length; i++) {
      increase(i, other.sums[i]);
    }
    return this;
  }

  /** Replicates of the sum of {@code figure}. */
  public long[] of(int figure) {
    long[] part = new long[replicates];
    System.arraycopy(sums, figure * replicates, part, 0, replicates);
    return part;
  }

  /** Replicates of the sum of the first figure over samples of expected size n 4^-{@code level}. */
  public long[] thinned(int level) {
    return level == 0 ? of(0) : of(figures + level - 1);
  }

  /** All of it as bytes; {@link #fromBytes} reads them. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(2 * Integer.BYTES + sums.length * Long.BYTES);
    buffer.putInt(replicates).putInt(figures).asLongBuffer().put(sums);
    return buffer.array();
  }

  /** What {@link #toBytes} wrote. */
  public static BootstrapSums fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int replicates = buffer.getInt();
    int figures = buffer.getInt();
    long[] sums = new long[buffer.remaining() / Long.BYTES];
    buffer.asLongBuffer().get(sums);
    return new BootstrapSums(replicates, figures, sums);
  }
}

package org.exposureatlas.statistics;

/**
 * Weights of the Poisson bootstrap: how often a unit is drawn in a replicate.
 *
 * <p>A weight is a pure function of the unit's key and the number of the replicate, so a unit
 * weighs the same wherever and in whatever order it is met. The generator is SplitMix64 (Steele,
 * Lea and Flood 2014, OOPSLA), read at the position of the replicate; the weight follows Poisson(1)
 * to within 2^-53 by inversion. Poisson weights stand for drawing with replacement where the number
 * of units is not known beforehand: Hanley and MacGibbon 2006, Comput. Methods Programs Biomed. 83;
 * Chamandy et al. 2012, Google Research.
 *
 * <p>Each draw is also thinned: it belongs to level 1 with probability 1/4, to level 2 with 1/16,
 * and so on. The draws of level l follow Poisson(4^-l), which makes the smaller samples of the
 * m-out-of-n bootstrap out of the same numbers.
 */
final class PoissonWeights {

  private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;
  private static final int UNIFORM_BITS = 53;

  /** More are less probable than 2^-53. */
  private static final int MOST_DRAWS = 18;

  private static final int HEAD_BITS = 10;

  /** Bits that decide about a draw, two for each level beyond 0 of {@link BootstrapSums#LEVELS}. */
  private static final int DRAW_BITS = 2 * (BootstrapSums.LEVELS - 1);

  /** Draws that 64 bits decide about. */
  private static final int AT_ONCE = Long.SIZE / DRAW_BITS;

  /** The first bit of each of them. */
  private static final long FIRST_BITS = 0x0041_0410_4104_1041L;

  /** Cumulative probabilities of 0, 1, 2 ... in units of 2^-53, which cannot tell more of them. */
  private static final long[] CUMULATIVE = cumulative();

  /** By the first bits of a uniform number, the fewest draws that it may stand for. */
  private static final byte[] FEWEST = fewest();

  private PoissonWeights() {}

  /** 64 random bits of {@code key} in {@code replicate}. */
  static long bits(long key, int replicate) {
    return mix(key + (replicate + 1L) * GOLDEN_GAMMA);
  }

  /** The number of draws, Poisson(1), that {@code bits} stand for. */
  static int draws(long bits) {
    long uniform = bits >>> Long.SIZE - UNIFORM_BITS;
    int draws = FEWEST[(int) (bits >>> Long.SIZE - HEAD_BITS)];
    while (uniform >= CUMULATIVE[draws]) {
      draws++;
    }
    return draws;
  }

  /**
   * How many of the draws belong to level 1, to level 2 and to level 3: the second, third and
   * fourth byte. Two bits decide whether a draw gets to the next level; they are independent of the
   * draws.
   *
   * @param bits what {@link #bits} gave
   * @param draws what {@link #draws} gave
   */
  static int thinned(long bits, int draws) {
    long decisions = mix(bits + GOLDEN_GAMMA);
    int thinned = 0;
    int left = draws;
    do {
      long isZero = ~(decisions | decisions >>> 1);
      long one = isZero & FIRST_BITS & (1L << DRAW_BITS * Math.min(left, AT_ONCE)) - 1;
      long two = one & isZero >>> 2;
      long three = two & isZero >>> 4;
      thinned += Long.bitCount(one) << 8 | Long.bitCount(two) << 16 | Long.bitCount(three) << 24;
      decisions = Long.rotateRight(decisions, DRAW_BITS * AT_ONCE);
      left -= AT_ONCE;
    } while (left > 0);
    return thinned;
  }

  private static long mix(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  /** No number is as large as the last. */
  private static long[] cumulative() {
    long[] cumulative = new long[MOST_DRAWS + 1];
    double probability = Math.exp(-1);
    double sum = 0;
    for (int draws = 0; draws < MOST_DRAWS; draws++) {
      sum += probability;
      cumulative[draws] = (long) Math.ceil(Math.scalb(sum, UNIFORM_BITS));
      probability /= draws + 1;
    }
    cumulative[MOST_DRAWS] = Long.MAX_VALUE;
    return cumulative;
  }

  private static byte[] fewest() {
    byte[] fewest = new byte[1 << HEAD_BITS];
    for (int head = 0; head < fewest.length; head++) {
      while ((long) head << UNIFORM_BITS - HEAD_BITS >= CUMULATIVE[fewest[head]]) {
        fewest[head]++;
      }
    }
    return fewest;
  }
}

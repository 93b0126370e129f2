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
  private static final double UNIT = 0x1p-53;

  /** Cumulative probabilities of 0, 1, 2 ...; beyond the last, 2^-53 cannot tell. */
  private static final double[] CUMULATIVE = cumulative();

  private PoissonWeights() {}

  /** 64 random bits of {@code key} in {@code replicate}. */
  static long bits(long key, int replicate) {
    return mix(key + (replicate + 1L) * GOLDEN_GAMMA);
  }

  /** The number of draws, Poisson(1), that {@code bits} stand for. */
  static int draws(long bits) {
    double uniform = (bits >>> 11) * UNIT;
    int draws = 0;
    while (draws < CUMULATIVE.length && uniform >= CUMULATIVE[draws]) {
      draws++;
    }
    return draws;
  }

  /**
   * Two bits for each of 32 decisions about thinning, independent of the draws.
   *
   * @param bits what {@link #bits} gave
   */
  static long thinning(long bits) {
    return mix(bits + GOLDEN_GAMMA);
  }

  private static long mix(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  private static double[] cumulative() {
    double[] cumulative = new double[18];
    double probability = Math.exp(-1);
    double sum = 0;
    for (int draws = 0; draws < cumulative.length; draws++) {
      sum += probability;
      cumulative[draws] = sum;
      probability /= draws + 1;
    }
    return cumulative;
  }
}

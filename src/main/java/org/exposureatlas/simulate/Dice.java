package org.exposureatlas.simulate;

import java.io.Serializable;

/**
 * Random choices as a pure function of seed, topic and subject, so that any task can make any
 * choice again. The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
 */
record Dice(long seed) implements Serializable {

  /** What a choice is about; choices about different topics are independent. */
  enum Topic {
    KIND,
    FATE,
    PRESENCE,
    MISSED,
    JITTER,
    GROWTH,
    NOISE,
    FIGURES,
    MOVE,
    TIME,
    TEXT,
    BYSTANDER,
    BROKEN
  }

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  long bits(Topic topic, long subject) {
    return mix(mix(seed + (topic.ordinal() + 1) * GOLDEN_GAMMA) + subject * GOLDEN_GAMMA);
  }

  long bits(Topic topic, long subject, long day) {
    return mix(bits(topic, subject) + day * GOLDEN_GAMMA);
  }

  /** Uniform in [0, 1). */
  double fraction(Topic topic, long subject) {
    return fraction(bits(topic, subject));
  }

  /** Uniform in [0, 1). */
  double fraction(Topic topic, long subject, long day) {
    return fraction(bits(topic, subject, day));
  }

  /** Uniform in 0 to {@code bound - 1}. */
  static int below(int bound, long bits) {
    return (int) Long.remainderUnsigned(bits, bound);
  }

  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static double fraction(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }
}

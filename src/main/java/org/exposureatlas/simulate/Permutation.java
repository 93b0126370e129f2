package org.exposureatlas.simulate;

import java.io.Serializable;

/**
 * Scatters 0 to {@code size - 1} over itself, each value once: i -> (i * step) mod size.
 *
 * @param size values permuted, 1 to 2^32
 * @param step coprime to {@code size}, below 2^31
 */
record Permutation(long size, long step) implements Serializable {

  private static final double GOLDEN_SECTION = 0.6180339887498949;

  static Permutation of(long size) {
    long step = Math.max(1, Math.min((long) (size * GOLDEN_SECTION), Integer.MAX_VALUE - 1_000));
    while (greatestCommonDivisor(size, step) != 1) {
      step++;
    }
    return new Permutation(size, step);
  }

  long at(long index) {
    return index * step % size;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}

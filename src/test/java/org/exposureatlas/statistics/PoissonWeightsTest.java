package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The definitions of draws and of thinning, one draw after the other. */
class PoissonWeightsTest {

  private static final int MOST_DRAWS = 18;

  private static int draws(long bits) {
    double uniform = (bits >>> 11) * 0x1p-53;
    double probability = Math.exp(-1);
    double cumulative = probability;
    int draws = 0;
    while (draws < MOST_DRAWS && uniform >= cumulative) {
      draws++;
      probability /= draws;
      cumulative += probability;
    }
    return draws;
  }

  private static int thinned(long bits, int draws) {
    long decisions = PoissonWeights.bits(bits, 0);
    int thinned = 0;
    for (int draw = 0; draw < draws; draw++) {
      int level = Math.min(3, Long.numberOfTrailingZeros(decisions) / 2);
      for (int kept = 1; kept <= level; kept++) {
        thinned += 1 << kept * Byte.SIZE;
      }
      decisions = Long.rotateRight(decisions, 6);
    }
    return thinned;
  }

  @Test
  void drawsAreTheInverseOfTheCumulativeProbability() {
    LongStream spread =
        LongStream.rangeClosed(-10_000, 9_999).map(i -> i * (Long.MAX_VALUE / 10_000));
    LongStream small = LongStream.range(-50_000, 50_000).map(i -> i << 11);
    LongStream.concat(spread, small)
        .forEach(bits -> assertThat(PoissonWeights.draws(bits)).isEqualTo(draws(bits)));
  }

  @Test
  void drawsChangeWhereTheCumulativeProbabilityIsReached() {
    double cumulative = 0;
    double probability = Math.exp(-1);
    for (int draws = 0; draws < 12; draws++) {
      cumulative += probability;
      probability /= draws + 1;
      long reached = (long) Math.ceil(cumulative * 0x1p53) << 11;
      assertThat(PoissonWeights.draws(reached - 1)).isEqualTo(draws);
      assertThat(PoissonWeights.draws(reached)).isEqualTo(draws + 1);
    }
  }

  @Test
  void everyDrawIsThinnedByBitsOfItsOwn() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 50_000; i++) {
      long bits = random.nextLong();
      int draws = i % (MOST_DRAWS + 1);
      assertThat(PoissonWeights.thinned(bits, draws)).isEqualTo(thinned(bits, draws));
    }
  }
}

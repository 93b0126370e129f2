package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

class BootstrapSumsTest {

  private static final int REPLICATES = 50;

  private static BootstrapSums sums(long[] keys, int from, int to) {
    BootstrapSums sums = new BootstrapSums(REPLICATES, 2);
    for (int i = from; i < to; i++) {
      sums.add(keys[i], 1_000 + i, 1);
    }
    return sums;
  }

  @Test
  void orderAndPartsChangeNothing() {
    long[] keys = new SplittableRandom(1).longs(300).toArray();
    BootstrapSums whole = sums(keys, 0, 300);
    BootstrapSums parts = sums(keys, 200, 300).merge(sums(keys, 0, 50)).merge(sums(keys, 50, 200));

    assertThat(parts.toBytes()).isEqualTo(whole.toBytes());
    assertThat(BootstrapSums.fromBytes(whole.toBytes()).toBytes()).isEqualTo(whole.toBytes());
  }

  @Test
  void drawsFollowPoisson1() {
    int[] seen = new int[20];
    int count = 400_000;
    for (int i = 0; i < count; i++) {
      seen[PoissonWeights.draws(PoissonWeights.bits(i, i % 200))]++;
    }
    PoissonDistribution poisson = PoissonDistribution.of(1);
    for (int draws = 0; draws < 6; draws++) {
      assertThat((double) seen[draws] / count)
          .isCloseTo(poisson.probability(draws), within(4 * Math.sqrt(0.25 / count)));
    }
    assertThat(PoissonWeights.draws(-1L)).isLessThanOrEqualTo(20);
    assertThat(PoissonWeights.draws(0L)).isZero();
  }

  @Test
  void thinnedSamplesHaveAQuarterOfTheDrawsEach() {
    BootstrapSums sums = new BootstrapSums(200, 1);
    for (int i = 0; i < 4_000; i++) {
      sums.add(i, 1);
    }
    double[] expected = {4_000, 1_000, 250, 62.5};
    for (int level = 0; level < BootstrapSums.LEVELS; level++) {
      double mean = Arrays.stream(sums.thinned(level)).average().orElseThrow();
      double variance =
          Arrays.stream(sums.thinned(level)).mapToDouble(s -> (s - mean) * (s - mean)).sum() / 199;
      assertThat(mean).isCloseTo(expected[level], within(0.35 * Math.sqrt(expected[level])));
      assertThat(variance / expected[level]).isBetween(0.6, 1.5);
    }
    assertThat(sums.thinned(0)).isEqualTo(sums.of(0));
  }

  @Test
  void sumsStopAtTheLargestNumberInAnyOrder() {
    BootstrapSums sums = new BootstrapSums(REPLICATES, 1);
    for (int key = 0; key < 100; key++) {
      sums.add(key, Long.MAX_VALUE);
    }

    assertThat(sums.of(0)).containsOnly(Long.MAX_VALUE);
    assertThat(sums.merge(sums).of(0)).containsOnly(Long.MAX_VALUE);
  }

  @Test
  void figuresOfAUnitShareTheirWeight() {
    BootstrapSums sums = new BootstrapSums(REPLICATES, 2);
    sums.add(7, 3, 5);

    for (int replicate = 0; replicate < REPLICATES; replicate++) {
      assertThat(sums.of(0)[replicate] * 5).isEqualTo(sums.of(1)[replicate] * 3);
    }
  }

  @Test
  void unlikeSumsDoNotMerge() {
    assertThatThrownBy(() -> new BootstrapSums(2, 1).merge(new BootstrapSums(3, 1)))
        .hasMessage("found 3 replicates of 1 figures, expected 2 of 1");
  }
}

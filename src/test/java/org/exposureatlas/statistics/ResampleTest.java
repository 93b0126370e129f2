package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResampleTest {

  private static final BootstrapPlan PLAN = new BootstrapPlan(50, 2, 1);

  private static Resample resample(long[] keys, int from, int to) {
    Resample resample = new Resample(PLAN);
    for (int i = from; i < to; i++) {
      resample.add(keys[i], 1_000 + i, 1);
    }
    return resample;
  }

  private static void assertSame(Resample found, Resample expected) {
    assertThat(found.units()).isEqualTo(expected.units());
    assertThat(found.total(0)).isEqualTo(expected.total(0));
    assertThat(found.total(1)).isEqualTo(expected.total(1));
    assertThat(found.sums().toArray()).isEqualTo(expected.sums().toArray());
  }

  /** Up to 83 units are kept as they are; beyond, only their sums. */
  @ParameterizedTest
  @ValueSource(ints = {20, 83, 84, 120, 300})
  void orderAndPartsChangeNothing(int count) {
    long[] keys = new SplittableRandom(1).longs(count).toArray();
    Resample whole = resample(keys, 0, count);
    Resample parts =
        resample(keys, count - 5, count)
            .merge(resample(keys, 0, 10))
            .merge(Resample.fromBytes(resample(keys, 10, count - 5).toBytes()));

    assertSame(Resample.fromBytes(parts.toBytes()), whole);
    assertSame(Resample.fromBytes(whole.toBytes()), whole);
  }

  @Test
  void fewUnitsTakeLittleRoom() {
    long[] keys = new SplittableRandom(1).longs(300).toArray();

    assertThat(resample(keys, 0, 2).toBytes()).hasSizeLessThan(150);
    assertThat(resample(keys, 0, 300).toBytes()).hasSizeLessThan(2_100);
  }

  @Test
  void withoutReplicatesOnlyTheSumsAreKept() {
    Resample none = new Resample(new BootstrapPlan(0, 2, 1));
    none.add(1, 3, 1);
    none.add(2, 4, 1);

    assertThat(none.total(0)).isEqualTo(7);
    assertThat(none.units()).isEqualTo(2);
    assertThat(none.sums().of(0, 0)).isEmpty();
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

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void thinnedSamplesHaveAQuarterOfTheDrawsEach(int figure) {
    Resample resample = new Resample(new BootstrapPlan(200, 3, 2));
    for (int i = 0; i < 4_000; i++) {
      resample.add(i, 1, 1, 1);
    }
    double[] expected = {4_000, 1_000, 250, 62.5};
    for (int level = 0; level < BootstrapSums.LEVELS; level++) {
      long[] sums = resample.sums().of(figure, level);
      double mean = Arrays.stream(sums).average().orElseThrow();
      double variance = Arrays.stream(sums).mapToDouble(s -> (s - mean) * (s - mean)).sum() / 199;
      assertThat(mean).isCloseTo(expected[level], within(0.35 * Math.sqrt(expected[level])));
      assertThat(variance / expected[level]).isBetween(0.6, 1.5);
    }
  }

  @Test
  void sumsStopAtTheLargestNumberInAnyOrder() {
    Resample resample = new Resample(new BootstrapPlan(50, 1, 1));
    for (int key = 0; key < 100; key++) {
      resample.add(key, Long.MAX_VALUE);
    }

    assertThat(resample.sums().of(0, 0)).containsOnly(Long.MAX_VALUE);
    assertThat(resample.total(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(resample.merge(resample).sums().of(0, 0)).containsOnly(Long.MAX_VALUE);
  }

  @Test
  void figuresOfAUnitShareTheirWeight() {
    Resample resample = new Resample(PLAN);
    resample.add(7, 3, 5);

    for (int replicate = 0; replicate < PLAN.replicates(); replicate++) {
      assertThat(resample.sums().of(0, 0)[replicate] * 5)
          .isEqualTo(resample.sums().of(1, 0)[replicate] * 3);
    }
  }

  @Test
  void unlikePlansDoNotMerge() {
    assertThatThrownBy(() -> new Resample(PLAN).merge(new Resample(new BootstrapPlan(3, 2, 1))))
        .hasMessage(
            "found BootstrapPlan[replicates=3, figures=2, heavyFigures=1],"
                + " expected BootstrapPlan[replicates=50, figures=2, heavyFigures=1]");
  }
}

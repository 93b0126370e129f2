package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleToLongFunction;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

  private static final int WORLDS = 500;
  private static final int REPLICATES = 200;
  private static final long UNIT = 1_000_000;

  @ParameterizedTest
  @CsvFileSource(
      resources = "/cases/percentile-intervals.csv",
      numLinesToSkip = 1,
      maxCharsPerColumn = 20_000)
  void meetsTheReference(
      String replicates, double low, double high, String description, String origin) {
    Interval found =
        Interval.percentile(
            Arrays.stream(replicates.split(" ")).mapToDouble(Double::parseDouble).toArray());

    assertThat(found.low()).as(description + "; " + origin).isCloseTo(low, within(1e-6));
    assertThat(found.high()).as(description + "; " + origin).isCloseTo(high, within(1e-6));
  }

  /** How sizes are spread: the size at a uniform number, and the mean in units. */
  private enum Law {
    COUNT(uniform -> UNIT, 1),
    UNIFORM(uniform -> Math.round(2 * UNIT * uniform), 1),
    EXPONENTIAL(uniform -> Math.round(-UNIT * Math.log(uniform)), 1),
    PARETO_3(uniform -> pareto(uniform, 3), 1.5),
    PARETO_18(uniform -> pareto(uniform, 1.8), 2.25),
    PARETO_15(uniform -> pareto(uniform, 1.5), 3),
    PARETO_12(uniform -> pareto(uniform, 1.2), 6);

    private final DoubleToLongFunction size;
    private final double mean;

    Law(DoubleToLongFunction size, double mean) {
      this.size = size;
      this.mean = mean;
    }

    private static long pareto(double uniform, double index) {
      return Math.round(UNIT * Math.pow(uniform, -1 / index));
    }
  }

  /**
   * In 500 worlds of a Poisson number of stores, the share in which the interval holds the expected
   * volume.
   */
  private static double coverage(Law law, int expectedStores) {
    PoissonDistribution stores = PoissonDistribution.of(expectedStores);
    SplittableRandom random = new SplittableRandom(20_220_721);
    int covered = 0;
    for (int world = 0; world < WORLDS; world++) {
      long[] sizes = new long[stores.inverseCumulativeProbability(random.nextDouble())];
      Resample resample = new Resample(new BootstrapPlan(REPLICATES, 1, 1));
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = law.size.applyAsLong(1 - random.nextDouble());
        resample.add(random.nextLong(), sizes[i]);
      }
      OptionalDouble tail =
          new Concentration(sizes).tail().stream().mapToDouble(TailIndex::index).findFirst();
      Interval interval = SumReplicates.of(resample, 0, tail).interval();
      double truth = law.mean * UNIT * expectedStores;
      covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    return (double) covered / WORLDS;
  }

  @ParameterizedTest
  @CsvSource({
    "COUNT, 50",
    "COUNT, 400",
    "UNIFORM, 100",
    "EXPONENTIAL, 100",
    "EXPONENTIAL, 400",
    "PARETO_3, 400"
  })
  void countsAndLightTailsAreCoveredIn92To97Percent(Law law, int stores) {
    assertThat(coverage(law, stores)).isBetween(0.92, 0.97);
  }

  /** The table of METHODS.md. Heavy tails fall short of 95 %; how far is stated, not mended. */
  @ParameterizedTest
  @CsvSource({
    "PARETO_18, 100, 0.914", "PARETO_18, 2000, 0.926",
    "PARETO_15, 100, 0.858", "PARETO_15, 2000, 0.922",
    "PARETO_12, 100, 0.64", "PARETO_12, 2000, 0.86"
  })
  void heavyTailsAreCoveredAsStated(Law law, int stores, double stated) {
    assertThat(coverage(law, stores)).isCloseTo(stated, within(0.0005));
  }

  @Test
  void samplesShrinkLikeTwoThirdsOfTheUnits() {
    assertThat(SumReplicates.level(1)).isEqualTo(1);
    assertThat(SumReplicates.level(400)).isEqualTo(1);
    assertThat(SumReplicates.level(2_000)).isEqualTo(2);
    assertThat(SumReplicates.level(1_000_000)).isEqualTo(3);
  }
}

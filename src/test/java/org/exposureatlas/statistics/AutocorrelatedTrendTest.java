package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of trends and changes on first-order autoregressive noise, with fixed seeds. */
class AutocorrelatedTrendTest {

  private static final int WORLDS = 4_000;

  private static double[] noise(SplittableRandom random, int count, double coefficient) {
    double[] values = new double[count];
    double value = random.nextGaussian() / Math.sqrt(1 - coefficient * coefficient);
    for (int i = 0; i < count; i++) {
      values[i] = value;
      value = coefficient * value + random.nextGaussian();
    }
    return values;
  }

  private static double[] times(int count) {
    return IntStream.range(0, count).asDoubleStream().toArray();
  }

  @ParameterizedTest
  @CsvSource({"28, 0", "28, 0.3", "28, 0.6", "28, 0.8", "90, 0", "90, 0.3", "90, 0.6", "90, 0.8"})
  void aTrendThatIsNotThereIsFoundInFourToSixOfAHundredSeries(int count, double coefficient) {
    SplittableRandom random = new SplittableRandom(20_220_721);
    double[] times = times(count);
    int found = 0;
    for (int world = 0; world < WORLDS; world++) {
      double[] values = noise(random, count, coefficient);
      double slope = TheilSen.fit(times, values).slope();
      found += MannKendall.autocorrelated(times, values, slope).pValue() < 0.05 ? 1 : 0;
    }
    assertThat((double) found / WORLDS).isBetween(0.04, 0.06);
  }

  @Test
  void independenceAssumedFindsFarTooManyTrends() {
    SplittableRandom random = new SplittableRandom(20_220_721);
    int found = 0;
    for (int world = 0; world < WORLDS; world++) {
      found += MannKendall.test(noise(random, 28, 0.6)).pValue() < 0.05 ? 1 : 0;
    }
    assertThat((double) found / WORLDS).isGreaterThan(0.25);
  }

  @ParameterizedTest
  @CsvSource({"28, 0", "28, 0.6", "90, 0", "90, 0.6"})
  void aChangeThatIsNotThereIsSeldomFound(int count, double coefficient) {
    SplittableRandom random = new SplittableRandom(28);
    double[] times = times(count);
    int found = 0;
    for (int world = 0; world < 300; world++) {
      double[] values = noise(random, count, coefficient);
      found += ChangePoints.find(times, values, ChangePoints.penalty(values)).isEmpty() ? 0 : 1;
    }
    assertThat(found / 300.0).isLessThan(0.1);
  }

  @Test
  void aPlantedStepIsFoundWithinOneSnapshot() {
    SplittableRandom random = new SplittableRandom(14);
    double[] times = times(90);
    for (int world = 0; world < 200; world++) {
      double[] values = noise(random, 90, 0.3);
      int step = 10 + random.nextInt(70);
      for (int i = step; i < values.length; i++) {
        values[i] += 12;
      }
      List<Integer> found = ChangePoints.find(times, values, ChangePoints.penalty(values));
      assertThat(found).anyMatch(index -> Math.abs(index - step) <= 1);
    }
  }
}

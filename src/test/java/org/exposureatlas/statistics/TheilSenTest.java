package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TheilSenTest {

  private static final double[] DAYS = IntStream.range(0, 12).asDoubleStream().toArray();

  @Test
  void aLineHasItsSlope() {
    double[] values = Arrays.stream(DAYS).map(day -> 10 - 2.5 * day).toArray();

    assertThat(TheilSen.fit(DAYS, values)).isEqualTo(new TheilSen(-2.5, -2.5, -2.5));
  }

  @Test
  void aWildPointMovesTheMeanButNotTheSlope() {
    double[] values = Arrays.stream(DAYS).map(day -> 3 * day).toArray();
    values[5] = 1e9;

    assertThat(TheilSen.fit(DAYS, values).slope()).isEqualTo(3);
  }

  @Test
  void unequalDistancesCount() {
    assertThat(TheilSen.fit(new double[] {0, 1, 10}, new double[] {0, 2, 20}).slope())
        .isCloseTo(2, within(1e-12));
  }

  @Test
  void theBoundsEncloseTheSlope() {
    double[] values = {1, 4, 2, 6, 5, 9, 7, 12, 10, 15, 11, 18};
    TheilSen fit = TheilSen.fit(DAYS, values);

    assertThat(fit.slope()).isBetween(fit.low(), fit.high());
    assertThat(fit.low()).isPositive();
  }

  @Test
  void tooFewPairsHaveNoBounds() {
    TheilSen fit = TheilSen.fit(new double[] {0, 1}, new double[] {3, 5});

    assertThat(fit.slope()).isEqualTo(2);
    assertThat(fit.low()).isNaN();
    assertThat(fit.high()).isNaN();
  }

  @Test
  void timesMustIncrease() {
    assertThatThrownBy(() -> TheilSen.fit(new double[] {1, 1}, new double[] {3, 5}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

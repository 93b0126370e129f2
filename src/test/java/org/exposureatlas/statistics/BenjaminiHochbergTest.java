package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {

  @Test
  void aLadderOfPValuesSharesOneQValue() {
    assertThat(BenjaminiHochberg.qValues(0.01, 0.02, 0.03, 0.04, 0.05))
        .containsExactly(new double[] {0.05, 0.05, 0.05, 0.05, 0.05}, within(1e-12));
  }

  @Test
  void qValuesStandInTheOrderOfTheTests() {
    assertThat(BenjaminiHochberg.qValues(0.9, 0.005, 0.04, 0.03))
        .containsExactly(new double[] {0.9, 0.02, 0.16 / 3, 0.16 / 3}, within(1e-12));
  }

  @Test
  void noTestsHaveNoQValues() {
    assertThat(BenjaminiHochberg.qValues()).isEmpty();
  }
}

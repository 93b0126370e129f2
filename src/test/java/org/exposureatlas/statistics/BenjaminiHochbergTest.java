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

  /** The p-values of Benjamini and Hochberg 1995; false_discovery_control of SciPy 1.17.1. */
  @Test
  void theExampleOfThePaperIsMet() {
    assertThat(
            BenjaminiHochberg.qValues(
                0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
                0.4262, 0.5719, 0.6528, 0.7590, 1.0))
        .containsExactly(
            new double[] {
              0.0015,
              0.003,
              0.0095,
              0.035625,
              0.0603,
              0.06385714285714286,
              0.06385714285714286,
              0.0645,
              0.0765,
              0.486,
              0.5811818181818181,
              0.714875,
              0.7532307692307693,
              0.8132142857142857,
              1.0
            },
            within(1e-12));
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

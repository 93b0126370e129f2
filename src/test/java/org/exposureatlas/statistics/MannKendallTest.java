package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MannKendallTest {

  @Test
  void aSteadyRiseHasTheTextbookFigures() {
    MannKendall test = MannKendall.test(1, 2, 3, 4, 5, 6, 7, 8);

    assertThat(test.score()).isEqualTo(28);
    assertThat(test.variance()).isCloseTo(8 * 7 * 21 / 18.0, within(1e-12));
    assertThat(test.z()).isCloseTo(3.34039, within(1e-5));
    assertThat(test.pValue()).isCloseTo(0.00083662713, within(1e-10));
  }

  @Test
  void tiesLowerTheVariance() {
    MannKendall test = MannKendall.test(23, 24, 29, 6, 29, 24, 24, 29, 23);

    assertThat(test.score()).isEqualTo(3);
    assertThat(test.variance()).isCloseTo((1656 - 18 - 66 - 66) / 18.0, within(1e-12));
    assertThat(test.z()).isCloseTo(0.218652, within(1e-6));
    assertThat(test.pValue()).isCloseTo(0.82692, within(1e-4));
  }

  @Test
  void aConstantSeriesShowsNothing() {
    MannKendall test = MannKendall.test(5, 5, 5, 5);

    assertThat(test.z()).isZero();
    assertThat(test.pValue()).isEqualTo(1);
  }

  @Test
  void oneValueIsNoSeries() {
    assertThatThrownBy(() -> MannKendall.test(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void aMirroredSeriesHasTheOppositeScore(
      @ForAll @Size(min = 2, max = 30) double @DoubleRange(min = -1e6, max = 1e6) [] values) {
    double[] mirrored = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      mirrored[i] = -values[i];
    }
    assertThat(MannKendall.test(mirrored).score()).isEqualTo(-MannKendall.test(values).score());
    assertThat(MannKendall.test(mirrored).pValue()).isEqualTo(MannKendall.test(values).pValue());
  }
}

package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RatesTest {

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/cases/wilson.csv", numLinesToSkip = 1)
  void wilsonMeetsTheReference(
      long successes, long trials, double low, double high, String description, String origin) {
    Interval found = Wilson.interval(successes, trials);

    assertThat(found.low()).as(description + "; " + origin).isCloseTo(low, within(1e-10));
    assertThat(found.high()).as(description + "; " + origin).isCloseTo(high, within(1e-10));
  }

  private static double[] rates(double[] counts, double[] bases) {
    EmpiricalBayes all = EmpiricalBayes.fit(counts, bases);
    return IntStream.range(0, counts.length)
        .mapToDouble(i -> all.rate(counts[i], bases[i]))
        .toArray();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/cases/empirical-bayes.csv", numLinesToSkip = 1)
  void shrunkRatesMeetTheReference(
      String counts, String bases, String expected, String description, String origin) {
    assertThat(rates(numbers(counts), numbers(bases)))
        .as(description + "; " + origin)
        .containsExactly(numbers(expected), within(1e-10));
  }

  @Test
  void aSmallBaseIsDrawnToTheMeanMoreThanALargeOne() {
    double[] rates = rates(new double[] {500, 100, 1}, new double[] {1_000, 1_000, 2});

    assertThat(rates[0]).isCloseTo(0.5, within(0.01));
    assertThat(Math.abs(rates[2] - 0.3)).isLessThan(0.1);
  }

  @Test
  void partsAreNotLargerThanTheWhole() {
    assertThatThrownBy(() -> Wilson.interval(2, 1)).hasMessageContaining("found 2 of 1");
    assertThatThrownBy(() -> EmpiricalBayes.fit(new double[1], new double[2]))
        .hasMessage("found 1 counts and 2 bases");
  }
}

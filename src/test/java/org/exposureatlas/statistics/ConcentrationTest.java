package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ConcentrationTest {

  private static long[] sizes(String text) {
    return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/cases/concentration.csv",
      numLinesToSkip = 1,
      maxCharsPerColumn = 20_000)
  void meetsTheReference(
      String measure,
      String text,
      String argument,
      double expected,
      String description,
      String origin) {
    Concentration sizes = new Concentration(sizes(text));
    double found =
        switch (measure) {
          case "gini" -> sizes.gini();
          case "herfindahl" -> sizes.herfindahl();
          case "lorenz" -> sizes.lorenz(Double.parseDouble(argument));
          case "top" -> sizes.topShare(Integer.parseInt(argument));
          case "hill" -> sizes.tail().orElseThrow().index();
          case "hill_low" -> sizes.tail().orElseThrow().low();
          case "hill_high" -> sizes.tail().orElseThrow().high();
          default -> throw new IllegalArgumentException(measure);
        };
    assertThat(found).as(description + "; " + origin).isCloseTo(expected, within(1e-7));
  }

  @Test
  void theTopPercentIsRoundedUp() {
    long[] sizes = new long[101];
    Arrays.fill(sizes, 1);

    assertThat(new Concentration(sizes).topPercentShare()).isEqualTo(2.0 / 101);
    assertThat(new Concentration(7).topPercentShare()).isEqualTo(1);
  }

  @Test
  void theMedianIsTheLowerOne() {
    assertThat(new Concentration(9, 1, 5, 7).median()).hasValue(5);
    assertThat(new Concentration().median()).isEmpty();
  }

  @Test
  void nothingHasNoShares() {
    for (Concentration none : new Concentration[] {new Concentration(), new Concentration(0, 0)}) {
      assertThat(none.gini()).isNaN();
      assertThat(none.herfindahl()).isNaN();
      assertThat(none.topShare(1)).isNaN();
      assertThat(none.topPercentShare()).isNaN();
      assertThat(none.lorenz(0.5)).isNaN();
    }
  }

  @Test
  void fewSizesAndEqualSizesHaveNoTail() {
    long[] equal = new long[100];
    Arrays.fill(equal, 5);

    assertThat(TailIndex.of(1, 2, 3)).isEmpty();
    assertThat(TailIndex.of(equal)).isEmpty();
  }

  @Test
  void sizesOfZeroSayNothingOfTheTail() {
    long[] sizes = new long[100];
    for (int i = 0; i < 60; i++) {
      sizes[40 + i] = 1_000 + i * (long) i;
    }

    assertThat(TailIndex.of(sizes))
        .isPresent()
        .isEqualTo(TailIndex.of(Arrays.copyOfRange(sizes, 40, 100)));
    assertThat(TailIndex.of(Arrays.copyOfRange(sizes, 0, 89))).isEmpty();
  }
}

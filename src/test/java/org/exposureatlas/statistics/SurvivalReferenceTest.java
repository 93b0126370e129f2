package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Estimators of lifetimes against well-known implementations, to six digits. */
class SurvivalReferenceTest {

  private static List<Lifetime> lives(String group) throws IOException {
    try (InputStream in =
        SurvivalReferenceTest.class.getResourceAsStream("/cases/survival-lives.csv")) {
      String[] cells =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(group + "|"))
              .findFirst()
              .orElseThrow()
              .split("\\|");
      String[] entries = cells[2].split(" ");
      String[] exits = cells[3].split(" ");
      String[] closed = cells[4].split(" ");
      List<Lifetime> lives = new ArrayList<>();
      for (int i = 0; i < exits.length; i++) {
        lives.add(
            new Lifetime(
                Double.parseDouble(entries[i]),
                Double.parseDouble(exits[i]),
                closed[i].equals("1") ? Lifetime.End.CLOSED : Lifetime.End.STILL_OPEN,
                1));
      }
      return lives;
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/cases/survival-reference.csv", delimiter = '|', numLinesToSkip = 1)
  void figuresAreThoseOfKnownImplementations(
      String description, String origin, String figure, String group, Double age, double expected)
      throws IOException {
    double found = figure(figure, lives(group), age);
    if (Double.isNaN(expected)) {
      assertThat(found).as(description).isNaN();
    } else {
      assertThat(found)
          .as(description)
          .isCloseTo(expected, within(Math.abs(expected) * 1e-7 + 1e-20));
    }
  }

  private static double figure(String figure, List<Lifetime> lives, Double age) throws IOException {
    KaplanMeier curve = KaplanMeier.fit(lives);
    return switch (figure) {
      case "at_risk" -> curve.at(age).atRisk();
      case "closed" -> curve.at(age).closed();
      case "survival" -> curve.at(age).survival();
      case "low" -> curve.at(age).low();
      case "high" -> curve.at(age).high();
      case "median" -> curve.median();
      case "median_low" -> curve.medianLow();
      case "median_high" -> curve.medianHigh();
      case "log_rank.statistic" -> withPlacebo(lives).statistic();
      case "log_rank.p" -> withPlacebo(lives).pValue();
      default -> throw new IllegalArgumentException(figure);
    };
  }

  private static LogRank withPlacebo(List<Lifetime> lives) throws IOException {
    return LogRank.test(lives, Stream.concat(lives.stream(), lives("placebo").stream()).toList());
  }
}

package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Estimators of trends against well-known implementations, to six digits. */
class TrendReferenceTest {

  private static final int WEEKDAYS = 7;

  private static double[] series(String name) throws IOException {
    try (InputStream in = TrendReferenceTest.class.getResourceAsStream("/cases/trend-series.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + "|"))
          .flatMap(line -> Arrays.stream(line.split("\\|")[2].split(" ")))
          .mapToDouble(Double::parseDouble)
          .toArray();
    }
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/cases/trend-reference.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      nullValues = "none")
  void figuresAreThoseOfKnownImplementations(
      String description,
      String origin,
      String figure,
      String series,
      Double penalty,
      String expected)
      throws IOException {
    double[] values = series(series);
    double[] times = IntStream.range(0, values.length).asDoubleStream().toArray();
    if (figure.equals("change_points")) {
      List<Integer> changes = ChangePoints.find(times, values, penalty);
      assertThat(changes.stream().map(String::valueOf).collect(Collectors.joining(" ")))
          .isEqualTo(expected == null ? "" : expected);
    } else {
      double wanted = Double.parseDouble(expected);
      assertThat(figure(figure, times, values))
          .as(description)
          .isCloseTo(wanted, within(Math.abs(wanted) * 1e-7 + 1e-20));
    }
  }

  private static double figure(String figure, double[] times, double... values) {
    return switch (figure) {
      case "mann_kendall.score" -> MannKendall.test(values).score();
      case "mann_kendall.variance" -> MannKendall.test(values).variance();
      case "mann_kendall.z" -> MannKendall.test(values).z();
      case "mann_kendall.p" -> MannKendall.test(values).pValue();
      case "hamed_rao.variance" -> hamedRaoVariance(times, values);
      case "theil_sen.slope" -> TheilSen.fit(times, values).slope();
      case "theil_sen.low" -> TheilSen.fit(times, values).low();
      case "theil_sen.high" -> TheilSen.fit(times, values).high();
      case "seasonal_kendall.score" -> SeasonalKendall.test(weeks(values)).score();
      case "seasonal_kendall.variance" -> SeasonalKendall.test(weeks(values)).variance();
      case "seasonal_kendall.z" -> SeasonalKendall.test(weeks(values)).z();
      case "seasonal_kendall.p" -> SeasonalKendall.test(weeks(values)).pValue();
      case "kruskal_wallis.statistic" -> byWeekday(times, values).statistic();
      case "kruskal_wallis.p" -> byWeekday(times, values).pValue();
      default -> throw new IllegalArgumentException(figure);
    };
  }

  /** The published choice of autocorrelations: those of the sample beyond 1.96 / sqrt(n). */
  private static double hamedRaoVariance(double[] times, double... values) {
    double[] ranks = Ranks.of(residuals(times, values));
    double mean = Arrays.stream(ranks).average().orElseThrow();
    double squares = Arrays.stream(ranks).map(rank -> (rank - mean) * (rank - mean)).sum();
    double bound = 1.959963984540054 / Math.sqrt(ranks.length);
    return MannKendall.variance(values)
        * MannKendall.varianceFactor(
            ranks.length,
            lag -> {
              double products = 0;
              for (int i = lag; i < ranks.length; i++) {
                products += (ranks[i] - mean) * (ranks[i - lag] - mean);
              }
              double found = products / squares;
              return Math.abs(found) > bound ? found : 0;
            });
  }

  private static double[] residuals(double[] times, double... values) {
    double slope = TheilSen.fit(times, values).slope();
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i] - slope * times[i])
        .toArray();
  }

  private static double[][] weeks(double... values) {
    return IntStream.range(0, values.length / WEEKDAYS)
        .mapToObj(week -> Arrays.copyOfRange(values, week * WEEKDAYS, (week + 1) * WEEKDAYS))
        .toArray(double[][]::new);
  }

  private static KruskalWallis byWeekday(double[] times, double... values) {
    int[] weekdays = IntStream.range(0, values.length).map(i -> i % WEEKDAYS).toArray();
    return KruskalWallis.test(residuals(times, values), weekdays, WEEKDAYS);
  }
}

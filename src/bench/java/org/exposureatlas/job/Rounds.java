package org.exposureatlas.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times contestants side by side: every round runs each once; the first round does not count. */
final class Rounds {

  private static final double NANOS = 1e9;

  private final int counted;

  Rounds(int counted) {
    this.counted = counted;
  }

  /** Median seconds of each contestant, by name, in their order; prints every time taken. */
  Map<String, Double> medians(Contestant... contestants) throws Exception {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round <= counted; round++) {
      Long expected = null;
      for (Contestant contestant : contestants) {
        long start = System.nanoTime();
        long figure = contestant.work().run();
        double taken = (System.nanoTime() - start) / NANOS;
        System.out.printf(
            Locale.ROOT,
            "  round %d  %-24s%8.2f s  (%,d)%n",
            round,
            contestant.name(),
            taken,
            figure);
        if (expected != null && expected != figure) {
          throw new IllegalStateException(
              contestant.name() + " found " + figure + ", the first contestant " + expected);
        }
        expected = figure;
        if (round > 0) {
          seconds.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(taken);
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach((name, taken) -> medians.put(name, median(taken)));
    return medians;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

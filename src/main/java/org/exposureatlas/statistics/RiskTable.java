package org.exposureatlas.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Things at risk and closed, by age. */
final class RiskTable {

  /**
   * One age.
   *
   * @param atRisk things that entered below this age and did not leave below it
   * @param closed things that closed at this age
   */
  record Line(double age, long atRisk, long closed) {}

  private RiskTable() {}

  /** Ages at which something closed. */
  static SortedSet<Double> closingAges(List<Lifetime> lives) {
    SortedSet<Double> ages = new TreeSet<>();
    lives.stream()
        .filter(life -> life.end() == Lifetime.End.CLOSED)
        .forEach(life -> ages.add(life.exit()));
    return ages;
  }

  /** One line for each of {@code ages}. */
  static List<Line> at(SortedSet<Double> ages, List<Lifetime> lives) {
    TreeMap<Double, Long> enteredAt = new TreeMap<>();
    TreeMap<Double, Long> leftAt = new TreeMap<>();
    TreeMap<Double, Long> closedAt = new TreeMap<>();
    for (Lifetime life : lives) {
      enteredAt.merge(life.entry(), life.count(), Long::sum);
      leftAt.merge(life.exit(), life.count(), Long::sum);
      if (life.end() == Lifetime.End.CLOSED) {
        closedAt.merge(life.exit(), life.count(), Long::sum);
      }
    }
    List<Line> lines = new ArrayList<>();
    long atRisk = 0;
    for (double age : ages) {
      atRisk += takeBelow(enteredAt, age) - takeBelow(leftAt, age);
      lines.add(new Line(age, atRisk, closedAt.getOrDefault(age, 0L)));
    }
    return lines;
  }

  private static long takeBelow(TreeMap<Double, Long> counts, double age) {
    Map<Double, Long> below = counts.headMap(age, false);
    long sum = below.values().stream().mapToLong(Long::longValue).sum();
    below.clear();
    return sum;
  }
}

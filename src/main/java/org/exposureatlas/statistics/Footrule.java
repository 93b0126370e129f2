package org.exposureatlas.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One ranking out of several: the list that minimises the weighted Spearman footrule distance to
 * them.
 *
 * <p>A list ranks its items from 1; an item that it lacks counts as ranked {@code length} + 1,
 * where {@code length} is that of the common list. The distance between two lists is the sum over
 * items of the difference of their ranks; the objective is the mean of the distances by weight. The
 * best list is found exactly, as an assignment of items to places. Of several best lists one with
 * the smallest squared differences is taken: equal input, equal list. Source: Dwork et al. 2001,
 * WWW; weights and missing items as in Pihur, Datta and Datta 2009, BMC Bioinformatics 10 (R
 * package RankAggreg).
 */
public final class Footrule {

  private record Ranking(int weight, Map<String, Integer> ranks) {}

  private final int length;
  private final List<Ranking> rankings = new ArrayList<>();

  /**
   * No list yet.
   *
   * @param length places of the common list
   * @throws IllegalArgumentException for less than one
   */
  public Footrule(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("found " + length + " places, expected at least 1");
    }
    this.length = length;
  }

  /**
   * Adds a list.
   *
   * @param weight how much it counts, at least 1
   * @param ranks rank of each of its items, from 1; items ranked beyond the length count as missing
   * @throws IllegalArgumentException for a weight below 1
   */
  public void add(int weight, Map<String, Integer> ranks) {
    if (weight < 1) {
      throw new IllegalArgumentException("found weight " + weight + ", expected at least 1");
    }
    rankings.add(new Ranking(weight, Map.copyOf(ranks)));
  }

  /**
   * The best list: items in order, at most {@code length}.
   *
   * @throws ArithmeticException where items, lengths and weights are too many for whole numbers of
   *     64 bits
   */
  public List<String> best() {
    List<String> items = List.copyOf(items());
    long[][] cost = new long[items.size()][items.size()];
    for (int item = 0; item < cost.length; item++) {
      for (int place = 0; place < cost.length; place++) {
        cost[item][place] = ordered(items.get(item), Math.min(place, length) + 1, cost.length);
      }
    }
    int[] places = Assignment.columns(cost);
    String[] list = new String[places.length];
    for (int item = 0; item < places.length; item++) {
      list[places[item]] = items.get(item);
    }
    return List.of(list).subList(0, Math.min(length, list.length));
  }

  /** The mean distance of {@code list} to the lists, by weight. */
  public double objective(List<String> list) {
    Set<String> items = items();
    items.addAll(list);
    long sum = 0;
    for (String item : items) {
      int place = list.indexOf(item);
      sum += distance(item, place < 0 ? length + 1 : place + 1, 1);
    }
    return (double) sum / totalWeight();
  }

  /** In natural order. */
  private Set<String> items() {
    Set<String> items = new TreeSet<>();
    for (Ranking ranking : rankings) {
      ranking.ranks.forEach(
          (item, rank) -> {
            if (rank <= length) {
              items.add(item);
            }
          });
    }
    return items;
  }

  private long totalWeight() {
    return rankings.stream().mapToLong(Ranking::weight).sum();
  }

  /** Distance first, its square where distances are equal, in one number. */
  private long ordered(String item, int rank, int items) {
    long unit = 1 + Math.multiplyExact(totalWeight(), (long) items * length * length);
    return Math.addExact(
        Math.multiplyExact(unit, distance(item, rank, 1)), distance(item, rank, 2));
  }

  private long distance(String item, int rank, int power) {
    long sum = 0;
    for (Ranking ranking : rankings) {
      int other = Math.min(length + 1, ranking.ranks.getOrDefault(item, length + 1));
      long apart = Math.abs(rank - other);
      sum += ranking.weight * (power == 1 ? apart : apart * apart);
    }
    return sum;
  }
}

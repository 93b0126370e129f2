package org.exposureatlas.release;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cells to hide so that none of the small ones can be told from a total.
 *
 * <p>Cells that add up to each other, a total with its parts, are a group; a cell may be in several
 * groups. In a group with exactly one hidden cell a difference would tell it, so the smallest other
 * cell that is not empty is hidden too, again and again until no group is left with one.
 */
final class HiddenCells {

  /**
   * A cell.
   *
   * @param size what it counts
   * @param sensitivity whether it has to be hidden for itself
   * @param groups names of its groups
   */
  record Cell(long size, Sensitivity sensitivity, List<String> groups) {}

  /** Whether a cell has to be hidden for itself. */
  enum Sensitivity {
    SMALL,
    HARMLESS;

    static Sensitivity of(boolean isSmall) {
      return isSmall ? SMALL : HARMLESS;
    }
  }

  private HiddenCells() {}

  /** Whether so few give away whom they are; none tell of nobody. */
  static boolean isSmall(long count, int minHosts) {
    return count > 0 && count < minHosts;
  }

  /** Whether each of {@code cells} is to be hidden; equally small ones in their order. */
  static boolean[] among(List<Cell> cells) {
    boolean[] hidden = new boolean[cells.size()];
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = cells.get(i).sensitivity() == Sensitivity.SMALL;
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int next : nextOfLonelyGroups(cells, hidden)) {
        changed |= !hidden[next];
        hidden[next] = true;
      }
    }
    return hidden;
  }

  /** The smallest shown cell of every group in which one cell is hidden. */
  private static List<Integer> nextOfLonelyGroups(List<Cell> cells, boolean... hidden) {
    Map<String, Integer> hiddenCount = new HashMap<>();
    Map<String, Integer> smallest = new HashMap<>();
    for (int i = 0; i < hidden.length; i++) {
      Cell cell = cells.get(i);
      for (String group : cell.groups()) {
        if (hidden[i]) {
          hiddenCount.merge(group, 1, Integer::sum);
        } else if (cell.size() > 0) {
          int place = i;
          smallest.merge(
              group,
              place,
              (one, other) -> cells.get(one).size() <= cells.get(other).size() ? one : other);
        }
      }
    }
    return hiddenCount.entrySet().stream()
        .filter(group -> group.getValue() == 1 && smallest.containsKey(group.getKey()))
        .map(group -> smallest.get(group.getKey()))
        .toList();
  }
}

package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class FootruleTest {

  private static Map<String, Integer> ranks(String list) {
    Map<String, Integer> ranks = new HashMap<>();
    for (String item : list.split(" ")) {
      ranks.put(item, ranks.size() + 1);
    }
    return ranks;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/cases/footrule.csv", numLinesToSkip = 1, maxCharsPerColumn = 20_000)
  void anotherSolverFindsTheSameObjective(
      int length, String lists, double objective, String description, String origin) {
    Footrule footrule = new Footrule(length);
    for (String list : lists.split("[|]")) {
      String[] cells = list.split(":");
      footrule.add(Integer.parseInt(cells[0]), ranks(cells[1]));
    }
    List<String> best = footrule.best();

    assertThat(best).hasSize(length).doesNotHaveDuplicates();
    assertThat(footrule.objective(best))
        .as(description + "; " + origin)
        .isCloseTo(objective, within(1e-9));
  }

  @Test
  void anItemThatAListLacksIsRankedBehindItsEnd() {
    Footrule footrule = new Footrule(2);
    footrule.add(1, ranks("A B C"));
    footrule.add(3, ranks("A D"));

    assertThat(footrule.best()).containsExactly("A", "D");
    assertThat(footrule.objective(List.of("A", "D"))).isEqualTo(2 / 4.0);
    assertThat(footrule.objective(List.of("B", "A"))).isEqualTo((1 + 1 + 3 * (1 + 2 + 1)) / 4.0);
  }

  @Test
  void emptyOrWeightlessListsAreRefused() {
    assertThatThrownBy(() -> new Footrule(0)).hasMessage("found 0 places, expected at least 1");
    assertThatThrownBy(() -> new Footrule(1).add(0, Map.of()))
        .hasMessage("found weight 0, expected at least 1");
    assertThat(new Footrule(5).best()).isEmpty();
  }

  @Property(tries = 200)
  void noOtherAssignmentIsCheaper(
      @ForAll @Size(25) List<@LongRange(min = 0, max = 9) Long> costs,
      @ForAll @IntRange(min = 1, max = 5) int size) {
    long[][] cost = new long[size][size];
    for (int i = 0; i < size * size; i++) {
      cost[i / size][i % size] = costs.get(i);
    }
    int[] found = Assignment.columns(cost);

    assertThat(Arrays.stream(found).boxed()).doesNotHaveDuplicates().hasSize(size);
    assertThat(total(cost, found)).isEqualTo(cheapest(cost, new ArrayList<>()));
  }

  private static long total(long[][] cost, int... columns) {
    long total = 0;
    for (int row = 0; row < cost.length; row++) {
      total += cost[row][columns[row]];
    }
    return total;
  }

  private static long cheapest(long[][] cost, List<Integer> taken) {
    int row = taken.size();
    if (row == cost.length) {
      return 0;
    }
    long least = Long.MAX_VALUE;
    for (int column = 0; column < cost.length; column++) {
      if (!taken.contains(column)) {
        taken.add(column);
        least = Math.min(least, cost[row][column] + cheapest(cost, taken));
        taken.remove(row);
      }
    }
    return least;
  }
}

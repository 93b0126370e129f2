package org.exposureatlas.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.exposureatlas.release.HiddenCells.Cell;
import org.exposureatlas.release.HiddenCells.Sensitivity;
import org.junit.jupiter.api.Test;

class HiddenCellsTest {

  private static Cell cell(long size, String... groups) {
    Sensitivity sensitivity = size > 0 && size < 5 ? Sensitivity.SMALL : Sensitivity.HARMLESS;
    return new Cell(size, sensitivity, List.of(groups));
  }

  @Test
  void theOnlySmallCellTakesTheNextSmallestThatIsNotEmptyWithIt() {
    assertThat(HiddenCells.among(List.of(cell(0, "a"), cell(9, "a"), cell(3, "a"), cell(7, "a"))))
        .containsExactly(false, false, true, true);
    assertThat(HiddenCells.among(List.of(cell(2, "a"), cell(9, "a"), cell(3, "a"))))
        .containsExactly(true, false, true);
    assertThat(HiddenCells.among(List.of(cell(3, "a"), cell(0, "a")))).containsExactly(true, false);
  }

  @Property(tries = 300)
  void noGroupIsLeftWithOneHiddenCellWhereAnotherCouldBeHidden(
      @ForAll @Size(max = 20) List<@IntRange(max = 20) Integer> sizes) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      cells.add(cell(sizes.get(i), "row " + i / 4, "column " + i % 4));
    }
    boolean[] hidden = HiddenCells.among(cells);

    for (int i = 0; i < hidden.length; i++) {
      if (cells.get(i).sensitivity() == Sensitivity.SMALL) {
        assertThat(hidden[i]).isTrue();
      }
      if (cells.get(i).size() == 0) {
        assertThat(hidden[i]).isFalse();
      }
    }
    for (String group :
        cells.stream().flatMap(cell -> cell.groups().stream()).collect(Collectors.toSet())) {
      int[] members =
          IntStream.range(0, hidden.length)
              .filter(i -> cells.get(i).groups().contains(group) && cells.get(i).size() > 0)
              .toArray();
      long count = IntStream.of(members).filter(i -> hidden[i]).count();
      assertThat(count != 1 || members.length == 1).as(group).isTrue();
    }
  }
}

package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NightlyJobTest {

  private static final long FEW = SmallWork.MOST_ROWS;
  private static final long MANY = FEW + 1;

  @Test
  void stepsThatReadFewRowsAreSmall() {
    assertThat(small(step("some", FEW), step("many", MANY), step("none", 0)))
        .containsExactly("some", "none");
  }

  @Test
  void aStepIsAsLargeAsTheOneItComesAfter() {
    assertThat(
            small(
                step("large", MANY),
                after("large", "second", FEW),
                after("second", "third", FEW),
                step("small", FEW),
                after("small", "fifth", FEW),
                after("fifth", "sixth", MANY)))
        .containsExactly("small", "fifth");
  }

  private static List<String> small(Step... steps) {
    return NightlyJob.small(null, List.of(steps)).stream().map(Step::name).toList();
  }

  private static Step step(String name, long rows) {
    return Step.of(name, context -> {}, context -> rows);
  }

  private static Step after(String other, String name, long rows) {
    return Step.after(other, name, context -> {}, context -> rows);
  }
}

package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ChapmanTest {

  /** Ten marked, fifteen caught later, five of them marked: the usual textbook example. */
  @Test
  void theTextbookExample() {
    Chapman turtles = Chapman.of(5, 10, 5);
    assertThat(turtles.estimate()).isCloseTo(28.33, within(0.01));
    assertThat(turtles.low95()).isCloseTo(21.9, within(0.1));
    assertThat(turtles.high95()).isCloseTo(64.7, within(0.1));
  }

  @Test
  void listsThatShareNothingGiveAWideInterval() {
    Chapman apart = Chapman.of(9, 9, 0);
    assertThat(apart.estimate()).isEqualTo(99);
    assertThat(apart.high95()).isGreaterThan(1_000);
  }

  @Property(tries = 300)
  void noFewerThanWereSeenAndTheListsMayChangePlaces(
      @ForAll @LongRange(max = 1_000_000) long onlyA,
      @ForAll @LongRange(max = 1_000_000) long onlyB,
      @ForAll @LongRange(max = 1_000_000) long both) {
    Chapman found = Chapman.of(onlyA, onlyB, both);
    double seen = onlyA + onlyB + both;
    assertThat(found.estimate()).isGreaterThanOrEqualTo(seen * (1 - 1e-12));
    assertThat(found.low95()).isGreaterThanOrEqualTo(seen - 0.5);
    assertThat(found.low95()).isLessThanOrEqualTo(found.high95());
    assertThat(Chapman.of(onlyB, onlyA, both).estimate()).isEqualTo(found.estimate());
  }
}

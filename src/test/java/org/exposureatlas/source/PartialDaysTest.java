package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.exposureatlas.config.SnapshotRange;
import org.junit.jupiter.api.Test;

class PartialDaysTest {

  private static final LocalDate LAST = LocalDate.parse("2022-07-21");

  private final List<PartialDays.Snapshot> snapshots = new ArrayList<>();

  private void complete(String source, int from, int to) {
    for (int before = from; before >= to; before--) {
      snapshots.add(new PartialDays.Snapshot(LAST.minusDays(before), source, "complete"));
    }
  }

  private boolean isPartial() {
    return PartialDays.among(snapshots, SnapshotRange.day(LAST)).get(LAST);
  }

  @Test
  void aPartialSnapshotOfAnySourceMakesTheDayPartial() {
    complete("leakix", 3, 0);
    assertThat(isPartial()).isFalse();

    snapshots.add(new PartialDays.Snapshot(LAST, "other", "partial"));
    assertThat(isPartial()).isTrue();
  }

  @Test
  void aDayWithoutAUsualSourceIsPartialWhileAnotherIsThere() {
    complete("leakix", 20, 0);
    complete("other", 20, 1);

    assertThat(isPartial()).isTrue();
  }

  @Test
  void aSourceThatCameSeldomOrEndedLongAgoIsNotMissed() {
    complete("leakix", 28, 0);
    complete("seldom", 28, 20);
    complete("ended", 60, 15);

    assertThat(isPartial()).isFalse();
  }

  @Test
  void daysWithoutAnySnapshotAreNotNamed() {
    complete("leakix", 20, 5);
    complete("leakix", 3, 0);

    assertThat(PartialDays.among(snapshots, new SnapshotRange(LAST.minusDays(5), LAST)))
        .hasSize(5)
        .doesNotContainKey(LAST.minusDays(4))
        .doesNotContainValue(true);
  }
}

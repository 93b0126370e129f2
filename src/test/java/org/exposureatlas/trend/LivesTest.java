package org.exposureatlas.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.exposureatlas.statistics.KaplanMeier;
import org.exposureatlas.statistics.Lifetime;
import org.exposureatlas.statistics.MedianLife;
import org.junit.jupiter.api.Test;

class LivesTest {

  private static final int MISSED = 3;

  private static long[] days(int count) {
    return LongStream.range(0, count).toArray();
  }

  private static List<Lives.Life> lives(long... seen) {
    return new Lives(days(20), MISSED, -100).of(seen, seen[0]);
  }

  @Test
  void openingAndClosureAreHalfwayBetweenSnapshots() {
    assertThat(lives(4, 5, 6)).containsExactly(new Lives.Life(7, 0, 6, true));
    assertThat(new Lives(new long[] {0, 2, 6, 7, 8, 9}, MISSED, -100).of(new long[] {2}, 2))
        .containsExactly(new Lives.Life(2, 0, 6, true));
  }

  @Test
  void aStoreMissedLessOftenIsNotGone() {
    assertThat(lives(4, 7)).containsExactly(new Lives.Life(7, 0, 8, true));
  }

  @Test
  void aStoreThatComesBackLaterHasAnotherLife() {
    assertThat(lives(4, 8))
        .containsExactly(new Lives.Life(7, 0, 2, true), new Lives.Life(15, 0, 2, true));
  }

  @Test
  void whatIsNotSettledYetIsStillOpen() {
    assertThat(lives(4, 5, 16)).hasSize(2).contains(new Lives.Life(31, 0, 2, true));
    assertThat(lives(16, 17)).containsExactly(new Lives.Life(31, 0, 3, false));
    assertThat(lives(18)).isEmpty();
  }

  @Test
  void aStoreKnownFromBeforeEntersLateAndOneOfUnknownAgeIsLeftOut() {
    Lives lives = new Lives(days(20), MISSED, -100);

    assertThat(lives.of(new long[] {0, 1}, -10)).containsExactly(new Lives.Life(-21, 21, 24, true));
    assertThat(lives.of(new long[] {0, 1}, 0)).containsExactly(Lives.PREVALENT);
    assertThat(lives.of(new long[] {0, 1}, -100)).containsExactly(Lives.PREVALENT);
  }

  @Test
  void theMedianIsWithinFivePercentOfTheTruth() {
    for (double median : new double[] {5, 9, 30, 75}) {
      SplittableRandom random = new SplittableRandom(2_022);
      long[] snapshots = LongStream.range(0, 200).filter(day -> day % 31 != 5).toArray();
      Lives lives = new Lives(snapshots, MISSED, -401);
      List<Lifetime> lifetimes = new ArrayList<>();
      for (int store = 0; store < 60_000; store++) {
        double opened = -400 + 600 * random.nextDouble();
        double closed = opened - median / Math.log(2) * Math.log(random.nextDouble());
        long[] seen =
            LongStream.of(snapshots)
                .filter(day -> day >= opened && day < closed && random.nextDouble() > 0.02)
                .toArray();
        if (seen.length > 0) {
          long firstSeen = Math.min(seen[0], (long) Math.ceil(opened));
          lives.of(seen, opened < 0 ? firstSeen : seen[0]).stream()
              .filter(life -> life != Lives.PREVALENT)
              .forEach(life -> lifetimes.add(lifetime(life)));
        }
      }
      assertThat(MedianLife.of(KaplanMeier.fit(lifetimes), 1).age())
          .as("true median " + median)
          .isCloseTo(median, within(0.05 * median));
    }
  }

  private static Lifetime lifetime(Lives.Life life) {
    return new Lifetime(
        life.entry() / 2.0,
        life.exit() / 2.0,
        life.isClosed() ? Lifetime.End.CLOSED : Lifetime.End.STILL_OPEN,
        1);
  }
}

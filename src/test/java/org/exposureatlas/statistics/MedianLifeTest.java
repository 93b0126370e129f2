package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MedianLifeTest {

  private static KaplanMeier curve(double... agesAndCounts) {
    List<Lifetime> lives = new ArrayList<>();
    for (int i = 0; i < agesAndCounts.length; i += 2) {
      lives.add(
          new Lifetime(0, agesAndCounts[i], Lifetime.End.CLOSED, (long) agesAndCounts[i + 1]));
    }
    return KaplanMeier.fit(lives);
  }

  @Test
  void aStepStandsForTheDistanceAroundIt() {
    assertThat(MedianLife.of(curve(3, 10), 1).age()).isCloseTo(3, within(1e-12));
    assertThat(MedianLife.of(curve(3, 30, 4, 10), 1).age()).isCloseTo(2.5 + 2.0 / 3, within(1e-12));
    assertThat(MedianLife.of(curve(14, 30, 21, 10), 7).age())
        .isCloseTo(10.5 + 7 * 2.0 / 3, within(1e-12));
  }

  @Test
  void aConstantRateIsMetExactlyThoughLivesBetweenTwoLooksAreNotSeen() {
    double[] agesAndCounts = new double[40];
    for (int day = 1; day <= 20; day++) {
      agesAndCounts[2 * day - 2] = day;
      agesAndCounts[2 * day - 1] = Math.rint(1e9 * Math.pow(0.8, day - 1) * 0.2);
    }
    assertThat(MedianLife.of(curve(agesAndCounts), 1).age())
        .isCloseTo(Math.log(0.5) / Math.log(0.8), within(0.03));
  }

  @Test
  void mostThingsMayCloseWithinHalfADistance() {
    assertThat(MedianLife.of(curve(1, 96, 2, 4), 1).age()).isCloseTo(0.3125, within(1e-9));
  }

  @Test
  void whatIsNotReachedIsNotKnown() {
    MedianLife few = MedianLife.of(curve(3, 2, 5, 1), 1);
    KaplanMeier open =
        KaplanMeier.fit(
            List.of(
                new Lifetime(0, 3, Lifetime.End.CLOSED, 2),
                new Lifetime(0, 9, Lifetime.End.STILL_OPEN, 7)));

    assertThat(few.low()).isLessThanOrEqualTo(few.age());
    assertThat(few.high()).isGreaterThanOrEqualTo(few.age());
    assertThat(MedianLife.of(open, 1).age()).isNaN();
    assertThat(MedianLife.of(KaplanMeier.fit(List.of()), 1).age()).isNaN();
  }
}

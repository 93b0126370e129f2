package org.exposureatlas.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.exposureatlas.statistics.RankDistribution.Place;
import org.junit.jupiter.api.Test;

class RankDistributionTest {

  @Test
  void equalValuesShareTheBetterRank() {
    assertThat(RankDistribution.ranks(5, 9, 5, 1)).containsExactly(2, 1, 2, 4);
  }

  @Test
  void boundsAreTheRanksThatTheReplicatesLeaveOpen() {
    double[] always = new double[40];
    double[] mostly = new double[40];
    double[] seldom = new double[40];
    Arrays.fill(always, 100);
    Arrays.fill(mostly, 50);
    Arrays.fill(seldom, 40);
    seldom[3] = 60;
    seldom[17] = 60;

    assertThat(RankDistribution.of(new double[] {100, 50, 40}, always, mostly, seldom))
        .containsExactly(new Place(1, 1, 1, 1), new Place(2, 2, 3, 0), new Place(3, 2, 3, 0));
  }

  @Test
  void firstsInAReplicateShareIt() {
    Place[] places =
        RankDistribution.of(
            new double[] {2, 2, 1}, new double[] {3, 1}, new double[] {3, 2}, new double[] {0, 0});

    assertThat(places).extracting(Place::firstProbability).containsExactly(0.25, 0.75, 0.0);
  }

  @Test
  void theProbabilitiesOfBeingFirstAddUpToOne() {
    int replicates = 200;
    double[] values = {300, 290, 280, 10, 0};
    double[][] drawn = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      Resample resample = new Resample(new BootstrapPlan(replicates, 1, 0));
      for (int unit = 0; unit < values[i]; unit++) {
        resample.add(unit * 31L + i * 1_000_003L, 1);
      }
      drawn[i] = SumReplicates.of(resample, 0, OptionalDouble.empty()).values();
    }
    Place[] places = RankDistribution.of(values, drawn);

    assertThat(Arrays.stream(places).mapToDouble(Place::firstProbability).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(places[0].firstProbability()).isBetween(0.3, 0.8);
    assertThat(places[3]).isEqualTo(new Place(4, 4, 4, 0));
  }

  @Test
  void nobodyHasNoPlace() {
    assertThat(RankDistribution.of(new double[0])).isEmpty();
  }
}

package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.exposureatlas.config.SnapshotRange;
import org.junit.jupiter.api.Test;

class DriftTest {

  private static final LocalDate LAST = LocalDate.parse("2022-07-21");

  private final List<Drift.Cell> cells = new ArrayList<>();

  private void cell(int daysBefore, String service, long observations, long sized) {
    cells.add(
        new Drift.Cell(
            LAST.minusDays(daysBefore),
            "shodan",
            service,
            observations,
            Map.of("size_bytes", sized, "product", observations)));
  }

  private void ordinaryDays(String service, int from, int days) {
    for (int day = from; day < from + days; day++) {
      cell(day, service, 1_000 + 10 * (day % 3), 700 + 7 * (day % 3));
    }
  }

  private List<String> findings(double maxAbsentShare) {
    return Drift.findings(cells, SnapshotRange.day(LAST), source -> maxAbsentShare);
  }

  @Test
  void aFieldThatIsGoneIsNamedWithTheShareFoundAndExpected() {
    ordinaryDays("mongodb", 1, 10);
    cell(0, "mongodb", 1_000, 10);

    assertThat(findings(0.5))
        .containsExactly(
            "shodan of 2022-07-21: size_bytes is absent in a share of 0.990 of 1000 observations of"
                + " mongodb, expected at most 0.650 (0.300 in the median of 10 snapshots before;"
                + " spark.atlas.ingest.max-absent-share): has a field of the source moved?"
                + " './submit.sh sources' lists those read");
  }

  @Test
  void theSettingSaysHowMuchMayBeAbsent() {
    ordinaryDays("mongodb", 1, 10);
    cell(0, "mongodb", 1_000, 200);

    assertThat(findings(0.5)).hasSize(1);
    assertThat(findings(0.8)).isEmpty();
    assertThat(findings(1)).isEmpty();
  }

  @Test
  void aServiceThatIsScannedLessIsNoDrift() {
    ordinaryDays("mongodb", 1, 10);
    ordinaryDays("redis", 1, 10);
    cell(0, "redis", 30, 21);

    assertThat(findings(0.5)).isEmpty();
  }

  @Test
  void fewSnapshotsOrFewObservationsTellNothing() {
    ordinaryDays("mongodb", 1, 6);
    cell(0, "mongodb", 1_000, 0);
    for (int day = 0; day < 10; day++) {
      cell(day, "redis", 25, day == 0 ? 0 : 20);
    }

    assertThat(findings(0.5)).isEmpty();
  }

  @Test
  void snapshotsOlderThanTheTrailingDaysDoNotCount() {
    ordinaryDays("mongodb", SnapshotVerdicts.TRAILING_DAYS + 1, 10);
    cell(0, "mongodb", 1_000, 0);

    assertThat(findings(0.5)).isEmpty();
  }

  @Test
  void aLastingChangeIsTheNewNormalOnceMostSnapshotsHaveIt() {
    ordinaryDays("mongodb", 15, 13);
    for (int day = 0; day < 15; day++) {
      cell(day, "mongodb", 1_000, 10);
    }

    assertThat(findings(0.5)).isEmpty();
  }

  @Test
  void sharesThatComeAndGoByChanceRaiseNoAlarm() {
    Random random = new Random(1);
    int alarms = 0;
    for (int trial = 0; trial < 2_000; trial++) {
      cells.clear();
      for (int day = 0; day < 15; day++) {
        long observations = 20 + random.nextInt(200);
        long sized = 0;
        for (int i = 0; i < observations; i++) {
          sized += random.nextInt(10) < 3 ? 1 : 0;
        }
        cell(day, "mongodb", observations, sized);
      }
      alarms += findings(0.5).size();
    }

    assertThat(alarms).isZero();
  }
}

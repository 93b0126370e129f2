package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.exposure.History;
import org.exposureatlas.schema.EarlierSight;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.store.Publication;
import org.exposureatlas.testing.RowBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of days before tells what the days themselves tell. */
class EarlierSightsTest {

  private static final LocalDate FIRST = LocalDate.parse("2022-06-27");
  private static final LocalDate LAST = LocalDate.parse("2022-07-05");
  private static final int MEMORY_DAYS = 5;
  private static final int STORES = 60;

  /** Days without a snapshot. */
  private static final Set<LocalDate> OUTAGES =
      Set.of(LocalDate.parse("2022-06-30"), LocalDate.parse("2022-07-01"));

  private static List<LocalDate> snapshots() {
    return FIRST.datesUntil(LAST.plusDays(1)).filter(day -> !OUTAGES.contains(day)).toList();
  }

  /** A night: stores come and go, often have no size, or are infected. */
  private static void night(Atlas atlas, LocalDate day, SplittableRandom random) {
    List<RowBuilder> seen = new ArrayList<>();
    for (int store = 0; store < STORES; store++) {
      if (random.nextInt(10) < store % 10) {
        seen.add(exposure(store, day, random));
      }
    }
    Dataset<Row> rows =
        RowBuilder.rows(atlas.spark(), Exposure.TABLE, seen.toArray(RowBuilder[]::new))
            .drop(
                "first_seen_date",
                "last_seen_date",
                "first_infected_date",
                "bytes_before_infection");
    atlas.run(
        context -> {
          SnapshotRange range = context.config().dates();
          Dataset<Row> earlier = EarlierSights.remembered(context, MEMORY_DAYS, 0);
          context.publish(
              range,
              Publication.of(Exposure.TABLE, History.carry(rows, earlier, range, MEMORY_DAYS)));
        },
        day.toString());
  }

  private static RowBuilder exposure(int store, LocalDate day, SplittableRandom random) {
    return ExposureRows.of(store, day)
        .with(Exposure.SIZE_BYTES, random.nextBoolean() ? null : random.nextLong(1_000_000))
        .with(Exposure.INFECTED, random.nextInt(4) == 0);
  }

  /** What a night after {@code day} is told, by what is kept and by the days themselves. */
  private static void assertTheSame(Atlas atlas, LocalDate day, int memoryDays) {
    atlas.run(
        context -> {
          Dataset<Row> kept = EarlierSights.remembered(context, memoryDays, 0);
          Dataset<Row> read = EarlierSights.remembered(context, memoryDays, Long.MAX_VALUE);
          assertThat(Atlas.sorted(kept)).isNotEmpty().isEqualTo(Atlas.sorted(read));
        },
        day.plusDays(1).toString());
  }

  private static List<Row> kept(Atlas atlas) {
    return atlas.table(EarlierSight.TABLE).collectAsList();
  }

  @Test
  void nightsAreToldWhatTheDaysTell(@TempDir Path folder) {
    Atlas atlas = new Atlas(folder);
    SplittableRandom random = new SplittableRandom(2_022);
    for (LocalDate day : snapshots()) {
      night(atlas, day, random);
      assertTheSame(atlas, day, MEMORY_DAYS);
    }
    assertTheSame(atlas, LAST.plusDays(2), MEMORY_DAYS);

    assertThat(Atlas.days(atlas.table(EarlierSight.TABLE), EarlierSight.AS_OF_DATE))
        .as("the last alone is needed")
        .containsExactly(LAST);
    assertThat(kept(atlas)).as("the last day tells of itself").allMatch(row -> isBefore(row, LAST));
    atlas.run(
        context -> {
          EarlierSights.remembered(context, MEMORY_DAYS, 0);
          assertThat(context.outputRows()).as("kept already").isEmpty();
        },
        LAST.plusDays(1).toString());
  }

  @Test
  void whatDoesNotHoldAnyMoreIsFoundAnew(@TempDir Path folder) {
    Atlas atlas = new Atlas(folder);
    SplittableRandom random = new SplittableRandom(2_022);
    snapshots().forEach(day -> night(atlas, day, random));
    assertTheSame(atlas, LAST, MEMORY_DAYS);
    List<Row> before = kept(atlas);

    night(atlas, LAST.minusDays(2), random);
    assertTheSame(atlas, LAST, MEMORY_DAYS);
    assertThat(kept(atlas)).isNotEmpty().doesNotContainAnyElementsOf(before);

    assertTheSame(atlas, LAST, 2);
    assertTheSame(atlas, LAST, MEMORY_DAYS + 3);
  }

  private static boolean isBefore(Row sight, LocalDate day) {
    String column = EarlierSight.SNAPSHOT_DATE.name();
    return sight.<Date>getAs(column).toLocalDate().isBefore(day);
  }
}

package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
    return RowBuilder.of(Exposure.TABLE)
        .with(Exposure.SNAPSHOT_DATE, Date.valueOf(day))
        .with(Exposure.EXPOSURE_KEY, "uuid:" + store)
        .with(Exposure.STORE_KEY, "store " + store)
        .with(Exposure.CLUSTER_KEY_QUALITY, "uuid")
        .with(Exposure.SERVICE_TYPE, "mongodb")
        .with(Exposure.COUNTRY_CODE, "CN")
        .with(Exposure.COUNTRY_COUNT, 1L)
        .with(Exposure.GEO_EDITION, "rir/2022-07-01")
        .with(Exposure.ACCESS, "open")
        .with(Exposure.SIZE_SEMANTICS, "absent")
        .with(Exposure.SIZE_BYTES, random.nextBoolean() ? null : random.nextLong(1_000_000))
        .with(Exposure.INFECTED, random.nextInt(4) == 0)
        .with(Exposure.MEMBER_COUNT, 1L)
        .with(Exposure.HOST_COUNT, 1L)
        .with(Exposure.HOSTS, List.of("192.0.2." + store))
        .with(Exposure.SOURCES, List.of("leakix"))
        .with(Exposure.OBSERVED_AT, Timestamp.from(day.atStartOfDay().toInstant(ZoneOffset.UTC)))
        .with(Exposure.CARRIED, false)
        .with(Exposure.HONEYPOT_SCORE, 0.0)
        .with(Exposure.HONEYPOT_REASONS, List.of())
        .with(Exposure.IS_HONEYPOT, false)
        .with(Exposure.IMPLAUSIBLE_SIZE, false)
        .with(Exposure.PSEUDO_SERVICE, false)
        .with(Exposure.IS_CLEAN, true);
  }

  /** What a night after {@code day} is told, by what is kept and by the days themselves. */
  private static void assertTheSame(Atlas atlas, LocalDate day, int memoryDays) {
    atlas.run(
        context -> {
          Dataset<Row> kept = EarlierSights.remembered(context, memoryDays, 0);
          Dataset<Row> read = EarlierSights.remembered(context, memoryDays, Long.MAX_VALUE);
          assertThat(sorted(kept)).isNotEmpty().isEqualTo(sorted(read));
        },
        day.plusDays(1).toString());
  }

  private static List<String> sorted(Dataset<Row> sights) {
    return sights.toJSON().collectAsList().stream().sorted().toList();
  }

  private static List<Row> kept(Atlas atlas) {
    return atlas.table(EarlierSight.TABLE).collectAsList();
  }

  private static Set<LocalDate> keptDays(Atlas atlas) {
    return new TreeSet<>(
        atlas
            .table(EarlierSight.TABLE)
            .select(EarlierSight.AS_OF_DATE.col())
            .distinct()
            .as(Encoders.LOCALDATE())
            .collectAsList());
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

    assertThat(keptDays(atlas)).as("the last alone is needed").containsExactly(LAST);
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

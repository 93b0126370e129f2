package org.exposureatlas.job;

import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.StoreLife;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.store.Publication;
import org.exposureatlas.testing.RowBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lives followed night by night are those followed through all records at once. */
class SurvivalJobTest {

  private static final LocalDate FIRST = LocalDate.parse("2022-05-30");
  private static final LocalDate FIRST_NIGHT = LocalDate.parse("2022-06-28");
  private static final LocalDate LAST = LocalDate.parse("2022-07-07");
  private static final int STORES = 300;

  /** Days without a snapshot. */
  private static final Set<LocalDate> OUTAGES =
      Set.of(LocalDate.parse("2022-06-11"), LocalDate.parse("2022-07-02"));

  /** A day of which half is lost, and with it half of the stores. */
  private static final LocalDate PARTIAL = LocalDate.parse("2022-07-06");

  /** Nights without a run, the end of a month among them. */
  private static final Set<LocalDate> SKIPPED =
      Set.of(LocalDate.parse("2022-06-30"), LocalDate.parse("2022-07-04"));

  private static Stream<LocalDate> snapshots() {
    return FIRST.datesUntil(LAST.plusDays(1)).filter(day -> !OUTAGES.contains(day));
  }

  /** Stores that come, are missed now and then, and go; some come back. */
  private static Atlas world(Path folder) {
    SplittableRandom random = new SplittableRandom(2_022);
    List<RowBuilder> rows = new ArrayList<>();
    for (int store = 0; store < STORES; store++) {
      LocalDate opened = FIRST.minusDays(20).plusDays(random.nextInt(60));
      LocalDate closed = opened.plusDays(1 + random.nextInt(40));
      int number = store;
      snapshots()
          .filter(day -> !day.isBefore(opened) && day.isBefore(closed))
          .filter(day -> random.nextDouble() > (day.equals(PARTIAL) ? 0.5 : 0.25))
          .forEach(day -> rows.add(exposure(number, day)));
    }
    List<RowBuilder> quality = snapshots().map(SurvivalJobTest::quality).toList();
    Atlas atlas = new Atlas(folder);
    publish(atlas, SnapshotQuality.TABLE, new SnapshotRange(FIRST, LAST), quality);
    publish(atlas, Exposure.TABLE, new SnapshotRange(FIRST, LAST), rows);
    return atlas;
  }

  private static void publish(
      Atlas atlas, TableSchema table, SnapshotRange range, List<RowBuilder> rows) {
    Dataset<Row> all = RowBuilder.rows(atlas.spark(), table, rows.toArray(RowBuilder[]::new));
    atlas.run(
        context -> context.publish(range, Publication.of(table, all)),
        range.from().toString(),
        range.to().toString());
  }

  private static RowBuilder quality(LocalDate day) {
    RowBuilder row = RowBuilder.of(SnapshotQuality.TABLE);
    for (Field field : SnapshotQuality.TABLE.fields()) {
      if (field.type().equals(DataTypes.LongType)) {
        row.with(field, 0L);
      }
    }
    return row.with(SnapshotQuality.SNAPSHOT_DATE, Date.valueOf(day))
        .with(SnapshotQuality.SOURCE, "leakix")
        .with(SnapshotQuality.REJECTED_BY_REASON, Map.of())
        .with(SnapshotQuality.UNKNOWN_VERSIONS, List.of())
        .with(SnapshotQuality.TRAILING_SNAPSHOT_COUNT, 0)
        .with(SnapshotQuality.VERDICT, day.equals(PARTIAL) ? "partial" : "complete")
        .with(SnapshotQuality.GEO_EDITION, "rir/2022-07-01")
        .with(SnapshotQuality.CODE_VERSION, "0.1.0");
  }

  /** One of four countries, which it may leave for another in the middle of its life. */
  private static RowBuilder exposure(int store, LocalDate day) {
    List<String> countries = List.of("BR", "CN", "NL", "US");
    int country = (store + (day.getDayOfMonth() > 14 ? store / 8 : 0)) % countries.size();
    boolean isLasting = store >= 256;
    return ExposureRows.of(store, day)
        .with(Exposure.EXPOSURE_KEY, isLasting ? "uuid:" + store : "fingerprint:" + store + day)
        .with(Exposure.CLUSTER_KEY_QUALITY, isLasting ? "uuid" : "fingerprint")
        .with(Exposure.SERVICE_TYPE, store % 2 == 0 ? "mongodb" : "redis")
        .with(Exposure.COUNTRY_CODE, countries.get(country));
  }

  private static void survival(Atlas atlas, LocalDate asOf) {
    atlas.run(SurvivalJob::run, asOf.toString());
  }

  /** With a setting that lives stored before do not have, then without it. */
  private static List<String> fromTheStartOfTheRecords(Atlas atlas) {
    survival(atlas.with("spark.atlas.survival.missed-snapshots", "2"), LAST);
    List<String> other = found(atlas);
    survival(atlas.with("spark.atlas.survival.missed-snapshots", "3"), LAST);
    assertThat(found(atlas)).isNotEmpty().isNotEqualTo(other);
    return found(atlas);
  }

  private static List<String> found(Atlas atlas) {
    return Atlas.sorted(
        atlas
            .table(ExposureSurvival.TABLE)
            .where(ExposureSurvival.AS_OF_DATE.col().equalTo(Date.valueOf(LAST))));
  }

  private static Set<LocalDate> storedDays(Atlas atlas) {
    return Atlas.days(
        atlas.table(StoreLife.TABLE).where(not(StoreLife.IS_ENDED.col())), StoreLife.AS_OF_DATE);
  }

  @Test
  void nightsTellWhatAllRecordsTell(@TempDir Path folder) {
    Atlas atlas = world(folder);
    List<String> atOnce = fromTheStartOfTheRecords(atlas);
    survival(atlas.with("spark.atlas.survival.missed-snapshots", "2"), FIRST_NIGHT);
    atlas.with("spark.atlas.survival.missed-snapshots", "3");

    snapshots()
        .filter(day -> !day.isBefore(FIRST_NIGHT) && !SKIPPED.contains(day))
        .forEach(day -> survival(atlas, day));

    assertThat(found(atlas)).isEqualTo(atOnce);
    assertThat(storedDays(atlas))
        .as("each found from the night before, whose rows stay")
        .containsAll(
            snapshots()
                .filter(day -> !day.isBefore(FIRST_NIGHT))
                .filter(day -> !SKIPPED.contains(day))
                .toList())
        .doesNotContainAnyElementsOf(SKIPPED);
  }

  @Test
  void anotherSnapshotInBetweenIsTakenIntoAccount(@TempDir Path folder) {
    Atlas atlas = world(folder);
    List.of(6, 4, 2, 1, 0).forEach(before -> survival(atlas, LAST.minusDays(before)));
    List<String> before = found(atlas);
    LocalDate changed = LAST.minusDays(3);
    publish(atlas, Exposure.TABLE, SnapshotRange.day(changed), List.of(exposure(0, changed)));

    survival(atlas, LAST);

    List<String> after = found(atlas);
    assertThat(after).isNotEmpty().isNotEqualTo(before);
    assertThat(storedDays(atlas))
        .as("found from the last day before the change, and all that was found since is gone")
        .containsExactly(LAST.minusDays(6), LAST.minusDays(4), LAST);
    assertThat(fromTheStartOfTheRecords(atlas)).isEqualTo(after);
  }

  @Test
  void anEarlierDayCanBeAskedForAgain(@TempDir Path folder) {
    Atlas atlas = world(folder);
    survival(atlas, LAST.minusDays(3));
    survival(atlas, LAST);
    List<String> before = found(atlas);

    survival(atlas, LAST.minusDays(2));
    survival(atlas, LAST.minusDays(20));
    survival(atlas, LAST);

    assertThat(found(atlas)).isNotEmpty().isEqualTo(before);
  }
}

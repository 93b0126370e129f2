package org.exposureatlas.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class HistoryTest {

  private static final SnapshotRange RANGE =
      new SnapshotRange(LocalDate.parse("2022-07-01"), LocalDate.parse("2022-07-17"));
  private static final int MEMORY_DAYS = 10;

  private static RowBuilder sight(String date, Long bytes, Boolean infected) {
    return RowBuilder.of(Exposure.TABLE)
        .with(Exposure.SNAPSHOT_DATE, Date.valueOf(date))
        .with(Exposure.STORE_KEY, "k")
        .with(Exposure.SIZE_BYTES, bytes)
        .with(Exposure.INFECTED, infected);
  }

  /** All sights at once; checked to be what night after night gives. */
  private static List<Row> carried(SparkSession spark, RowBuilder... sights) {
    Dataset<Row> fresh =
        RowBuilder.rows(spark, Exposure.TABLE, sights)
            .drop(
                "first_seen_date",
                "last_seen_date",
                "first_infected_date",
                "bytes_before_infection");
    Dataset<Row> none = History.sights(RowBuilder.rows(spark, Exposure.TABLE));
    List<Row> atOnce = sorted(History.carry(fresh, none, RANGE, MEMORY_DAYS));

    List<Row> stored = new ArrayList<>();
    for (LocalDate date : RANGE.days()) {
      SnapshotRange day = SnapshotRange.day(date);
      if (Arrays.stream(sights).anyMatch(sight -> sight.row().get(0).equals(Date.valueOf(date)))) {
        Dataset<Row> earlier =
            spark
                .createDataFrame(stored, Exposure.TABLE.relaxed())
                .where(day.before(MEMORY_DAYS).contains(Exposure.SNAPSHOT_DATE.col()));
        Dataset<Row> night = fresh.where(day.contains(Exposure.SNAPSHOT_DATE.col()));
        Dataset<Row> last = History.lastSights(History.sights(earlier));
        stored.addAll(sorted(History.carry(night, last, day, MEMORY_DAYS)));
      }
    }
    assertThat(stored).isEqualTo(atOnce);
    return atOnce;
  }

  private static List<Row> sorted(Dataset<Row> rows) {
    return rows.orderBy(Exposure.SNAPSHOT_DATE.col()).collectAsList();
  }

  private static List<String> values(List<Row> rows, Field field) {
    return rows.stream().map(row -> String.valueOf(row.<Object>getAs(field.name()))).toList();
  }

  @Test
  void aStoreAwayForTooLongIsNewAgain(SparkSession spark) {
    List<Row> found =
        carried(
            spark,
            sight("2022-07-01", null, null),
            sight("2022-07-05", null, null),
            sight("2022-07-16", null, null),
            sight("2022-07-17", null, null));
    assertThat(values(found, Exposure.FIRST_SEEN_DATE))
        .containsExactly("2022-07-01", "2022-07-01", "2022-07-16", "2022-07-16");
  }

  @Test
  void theLastVolumeBeforeTheFirstInfectedSightIsKept(SparkSession spark) {
    List<Row> found =
        carried(
            spark,
            sight("2022-07-01", 900L, false),
            sight("2022-07-02", 1_000L, null),
            sight("2022-07-03", null, false),
            sight("2022-07-04", 7L, true),
            sight("2022-07-05", 8L, false),
            sight("2022-07-06", 9L, true),
            sight("2022-07-17", 9L, true));
    assertThat(values(found, Exposure.FIRST_INFECTED_DATE))
        .containsExactly(
            "null", "null", "null", "2022-07-04", "2022-07-04", "2022-07-04", "2022-07-17");
    assertThat(values(found, Exposure.BYTES_BEFORE_INFECTION))
        .containsExactly("null", "null", "null", "1000", "1000", "1000", "null");
  }
}

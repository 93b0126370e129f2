package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SnapshotVerdictsTest {

  private static final LocalDate LAST = LocalDate.parse("2022-07-21");

  private final List<RowBuilder> snapshots = new ArrayList<>();
  private final List<RowBuilder> cells = new ArrayList<>();

  /**
   * A snapshot {@code before} days before the last, of 100 records in each of {@code countries}.
   */
  private void ordinary(int before, String... countries) {
    snapshot(before, "leakix", 100L * countries.length + before % 3);
    for (String country : countries) {
      cell(before, country, 100);
    }
  }

  private void snapshot(int before, String source, long observations) {
    snapshots.add(
        RowBuilder.of(SnapshotQuality.TABLE)
            .with(SnapshotQuality.SNAPSHOT_DATE, Date.valueOf(LAST.minusDays(before)))
            .with(SnapshotQuality.SOURCE, source)
            .with(SnapshotQuality.OBSERVATION_COUNT, observations)
            .with(SnapshotQuality.REJECTED_BY_REASON, Map.of()));
  }

  private void cell(int before, String country, long observations) {
    cells.add(
        RowBuilder.of(SnapshotCell.TABLE)
            .with(SnapshotCell.SNAPSHOT_DATE, Date.valueOf(LAST.minusDays(before)))
            .with(SnapshotCell.SOURCE, "leakix")
            .with(SnapshotCell.COUNTRY_CODE, country)
            .with(SnapshotCell.SERVICE_TYPE, "mongodb")
            .with(SnapshotCell.OBSERVATION_COUNT, observations)
            .with(SnapshotCell.GIVEN_COUNTS, Map.of()));
  }

  private Row last(SparkSession spark) {
    return judged(spark, SnapshotRange.day(LAST)).head();
  }

  private Dataset<Row> judged(SparkSession spark, SnapshotRange range) {
    SnapshotRange trailing = range.before(SnapshotVerdicts.TRAILING_DAYS);
    Dataset<Row> all =
        RowBuilder.rows(spark, SnapshotQuality.TABLE, snapshots.toArray(RowBuilder[]::new));
    SnapshotRange both = new SnapshotRange(trailing.from(), range.to());
    Dataset<Row> allCells =
        RowBuilder.rows(spark, SnapshotCell.TABLE, cells.toArray(RowBuilder[]::new))
            .where(both.contains(SnapshotCell.SNAPSHOT_DATE.col()));
    return spark.createDataFrame(
        SnapshotVerdicts.judge(
            counted(all, range), counted(all, trailing), CellHistory.of(allCells, both)),
        SnapshotQuality.TABLE.relaxed());
  }

  private static List<Row> counted(Dataset<Row> snapshots, SnapshotRange range) {
    return snapshots
        .where(range.contains(SnapshotQuality.SNAPSHOT_DATE.col()))
        .collectAsList()
        .stream()
        .map(SnapshotCounts::counted)
        .toList();
  }

  private static <T> T of(Row row, Field field) {
    return row.getAs(field.name());
  }

  private static String verdict(Row row) {
    return of(row, SnapshotQuality.VERDICT);
  }

  @Test
  void anOrdinarySnapshotIsComplete(SparkSession spark) {
    for (int before = 0; before < 12; before++) {
      ordinary(before, "NL", "BR");
    }
    snapshot(1, "other", 9);
    snapshot(40, "leakix", 9_000);

    Row last = last(spark);
    assertThat(verdict(last)).isEqualTo("complete");
    assertThat(SnapshotVerdictsTest.<Integer>of(last, SnapshotQuality.TRAILING_SNAPSHOT_COUNT))
        .isEqualTo(11);
    assertThat(SnapshotVerdictsTest.<Double>of(last, SnapshotQuality.TRAILING_MEDIAN_COUNT))
        .isEqualTo(201);
    assertThat(SnapshotVerdictsTest.<Double>of(last, SnapshotQuality.TRAILING_SIZE_RATIO))
        .isCloseTo(200.0 / 201, within(1e-12));
    assertThat(SnapshotVerdictsTest.<Double>of(last, SnapshotQuality.SIZE_DEVIATION))
        .isCloseTo(-1 / Math.sqrt(201), within(1e-12));
    assertThat(SnapshotVerdictsTest.<Double>of(last, SnapshotQuality.LOST_SHARE)).isZero();
  }

  @Test
  void aThirdOfTheUsualRecordsIsPartial(SparkSession spark) {
    for (int before = 1; before < 9; before++) {
      ordinary(before, "NL", "BR");
    }
    snapshot(0, "leakix", 70);
    cell(0, "NL", 35);
    cell(0, "BR", 35);

    assertThat(verdict(last(spark))).isEqualTo("partial");
  }

  @Test
  void aCountryThatVanishesIsSuspiciousOrPartialByItsWeight(SparkSession spark) {
    for (int before = 1; before < 9; before++) {
      ordinary(before, "NL", "BR", "FI", "DE", "FR", "IN", "SG", "JP");
    }
    snapshot(0, "leakix", 800);
    for (String country : List.of("BR", "FI", "DE", "FR", "IN", "SG", "JP")) {
      cell(0, country, country.equals("BR") ? 200 : 100);
    }
    Row suspicious = last(spark);
    assertThat(verdict(suspicious)).isEqualTo("suspicious");
    assertThat(SnapshotVerdictsTest.<Double>of(suspicious, SnapshotQuality.LOST_SHARE))
        .isEqualTo(0.125);

    cells.removeIf(
        cell -> cell.row().getDate(0).equals(Date.valueOf(LAST)) && cell.row().get(2).equals("JP"));
    assertThat(verdict(last(spark))).isEqualTo("partial");
  }

  @Test
  void twiceTheUsualRecordsAreSuspicious(SparkSession spark) {
    for (int before = 1; before < 9; before++) {
      ordinary(before, "NL", "BR");
    }
    snapshot(0, "leakix", 400);
    cell(0, "NL", 200);
    cell(0, "BR", 200);

    assertThat(verdict(last(spark))).isEqualTo("suspicious");
  }

  @Test
  void aFewEarlierSnapshotsTellNothing(SparkSession spark) {
    for (int before = 1; before < 7; before++) {
      ordinary(before, "NL");
    }
    snapshot(0, "leakix", 1);

    assertThat(verdict(last(spark))).isEqualTo("complete");
  }

  @Test
  void aRangeGivesTheVerdictsOfItsDays(SparkSession spark) {
    for (int before = 0; before < 14; before++) {
      if (before == 3) {
        snapshot(before, "leakix", 40);
        cell(before, "NL", 40);
      } else if (before != 6) {
        ordinary(before, "NL", "BR");
      }
    }
    List<String> range =
        judged(spark, new SnapshotRange(LAST.minusDays(3), LAST)).toJSON().collectAsList();
    List<String> days = new ArrayList<>();
    for (int before = 0; before <= 3; before++) {
      days.addAll(
          judged(spark, SnapshotRange.day(LAST.minusDays(before)))
              .repartition(3)
              .toJSON()
              .collectAsList());
    }
    assertThat(range).hasSize(4).containsExactlyInAnyOrderElementsOf(days);
    assertThat(range.stream().filter(row -> row.contains("\"verdict\":\"partial\""))).hasSize(1);
  }
}

package org.exposureatlas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SnapshotRangeTest {

  private static final LocalDate FIRST = LocalDate.parse("2022-07-01");
  private static final List<LocalDate> ALL = FIRST.datesUntil(FIRST.plusDays(30)).toList();

  private static void assertAmong(SparkSession spark, Set<LocalDate> days) {
    Dataset<LocalDate> dates = spark.createDataset(ALL, Encoders.LOCALDATE());
    Column isAmong = SnapshotRange.isAmong(functions.col("value"), days);
    assertThat(dates.where(isAmong).collectAsList())
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(days));
  }

  @Test
  void amongNoDaysIsNone(SparkSession spark) {
    assertAmong(spark, Set.of());
  }

  @Test
  void amongDaysWithoutAGapIsEachOfThem(SparkSession spark) {
    assertAmong(spark, Set.copyOf(ALL.subList(3, 20)));
    assertAmong(spark, Set.of(FIRST));
  }

  @Test
  void gapsAreNotAmongDaysWhetherFewOrMany(SparkSession spark) {
    assertAmong(spark, Set.of(ALL.get(2), ALL.get(3), ALL.get(5), ALL.get(6)));
    assertAmong(spark, Set.of(ALL.get(2), ALL.get(9), ALL.get(16)));
  }

  @Test
  void ofManyDaysOnlyTheGapIsNamed() {
    Set<LocalDate> days = new TreeSet<>(ALL);
    days.remove(ALL.get(7));
    assertThat(SnapshotRange.isAmong(functions.col("value"), days).toString())
        .contains("2022-07-01", "2022-07-08", "2022-07-30")
        .doesNotContain("2022-07-09");
  }
}

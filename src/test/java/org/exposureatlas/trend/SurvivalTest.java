package org.exposureatlas.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.StoreLife;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SurvivalTest {

  private static final LocalDate FIRST = LocalDate.parse("2022-06-22");
  private static final int DAYS = 30;

  private final List<RowBuilder> rows = new ArrayList<>();

  /** A store seen on the days {@code from} to {@code to}, counted from the first. */
  private void store(String key, String quality, String country, String host, int from, int to) {
    for (int day = from; day <= to; day++) {
      rows.add(
          RowBuilder.of(Exposure.TABLE)
              .with(Exposure.SNAPSHOT_DATE, Date.valueOf(FIRST.plusDays(day)))
              .with(Exposure.EXPOSURE_KEY, key + (quality.equals("fingerprint") ? day : ""))
              .with(Exposure.CLUSTER_KEY_QUALITY, quality)
              .with(Exposure.SERVICE_TYPE, "mongodb")
              .with(Exposure.COUNTRY_CODE, country)
              .with(Exposure.HOSTS, List.of(host))
              .with(Exposure.HONEYPOT_SCORE, 0.0)
              .with(Exposure.PSEUDO_SERVICE, false));
    }
  }

  private Dataset<Row> survival(SparkSession spark, int partitions) {
    return survival(spark, partitions, 0);
  }

  /** As of the last day, with a look back from the day {@code from} on. */
  private Dataset<Row> survival(SparkSession spark, int partitions, int from) {
    LocalDate last = FIRST.plusDays(DAYS - 1);
    NavigableSet<LocalDate> snapshots = new TreeSet<>(FIRST.datesUntil(last.plusDays(1)).toList());
    Dataset<Row> lives =
        StoreLives.follow(
            RowBuilder.rows(spark, StoreLife.TABLE),
            RowBuilder.rows(spark, Exposure.TABLE, rows.toArray(RowBuilder[]::new))
                .repartition(partitions),
            snapshots,
            3,
            last);
    return Survival.asOf(lives, snapshots.tailSet(FIRST.plusDays(from)), 3, last);
  }

  private static Row cell(Dataset<Row> survival, String country, String service, String month) {
    return survival
        .where(ExposureSurvival.COUNTRY_CODE.col().equalTo(country))
        .where(ExposureSurvival.SERVICE_TYPE.col().equalTo(service))
        .where(ExposureSurvival.COHORT_MONTH.col().equalTo(month))
        .head();
  }

  private void world() {
    for (int i = 0; i < 6; i++) {
      store("short " + i, "fingerprint", "NL", "192.0.2." + i, 2 + i, 4 + i);
      store("long " + i, "uuid", "BR", "198.51.100." + i, 2 + i, 20 + i);
    }
    store("prevalent", "address", "NL", "192.0.2.99", 0, 29);
    store("decoy", "address", "NL", "192.0.2.98", 3, 4);
    rows.get(rows.size() - 1).with(Exposure.HONEYPOT_SCORE, 1.0);
    rows.get(rows.size() - 2).with(Exposure.HONEYPOT_SCORE, 1.0);
  }

  @Test
  void mediansCountFromOpeningToClosure(SparkSession spark) {
    world();
    Dataset<Row> survival = survival(spark, 2);

    Row dutch = cell(survival, "NL", "mongodb", "all");
    assertThat(dutch.<Long>getAs("store_count")).isEqualTo(6);
    assertThat(dutch.<Long>getAs("closed_count")).isEqualTo(6);
    assertThat(dutch.<Long>getAs("prevalent_count")).isEqualTo(1);
    assertThat(dutch.<Double>getAs("median_days")).isEqualTo(3);
    assertThat(dutch.<Double>getAs("survival_28d")).isZero();
    assertThat(dutch.<Double>getAs("log_rank_p_value")).isLessThan(0.01);
    assertThat(cell(survival, "BR", "all", "2022-06").<Double>getAs("median_days")).isEqualTo(19);
    Row world = cell(survival, "all", "all", "all");
    assertThat(world.<Long>getAs("store_count")).isEqualTo(12);
    assertThat(world.<Double>getAs("log_rank_p_value")).isNull();
    assertThat(world.<Double>getAs("median_days")).isCloseTo(3.5, within(1e-12));
  }

  @Test
  void partitionsChangeNothing(SparkSession spark) {
    world();
    List<String> one = survival(spark, 1).toJSON().collectAsList();

    assertThat(survival(spark, 5).toJSON().collectAsList())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(one);
  }

  @Test
  void livesFromBeforeTheLookBackEnterLateOrNotAtAll(SparkSession spark) {
    world();
    Dataset<Row> survival = survival(spark, 2, 8);

    Row dutch = cell(survival, "NL", "all", "all");
    assertThat(dutch.<Long>getAs("store_count")).as("seen on the eighth day or later").isEqualTo(2);
    assertThat(dutch.<Long>getAs("late_entry_count")).isEqualTo(2);
    assertThat(dutch.<Long>getAs("prevalent_count")).isEqualTo(1);
    Row brazilian = cell(survival, "BR", "all", "all");
    assertThat(brazilian.<Long>getAs("store_count")).isEqualTo(6);
    assertThat(brazilian.<Long>getAs("late_entry_count")).isEqualTo(6);
    assertThat(brazilian.<Double>getAs("median_days")).isEqualTo(19);
  }

  @Test
  void whatIsNotSettledYetIsFollowedUpToTheLastDayThatIs(SparkSession spark) {
    store("open", "uuid", "NL", "192.0.2.1", 1, 29);
    store("new", "uuid", "NL", "192.0.2.2", 27, 29);
    store("missed at last", "uuid", "NL", "192.0.2.3", 5, 27);
    store("too new", "uuid", "NL", "192.0.2.4", 28, 29);

    Row dutch = cell(survival(spark, 2), "NL", "all", "all");
    assertThat(dutch.<Long>getAs("store_count")).isEqualTo(3);
    assertThat(dutch.<Long>getAs("closed_count")).isZero();
    assertThat(dutch.<Double>getAs("survival_28d")).as("watched for 26.5 days").isNull();
  }

  @Test
  void withoutAWholeSnapshotNothingIsSaid(SparkSession spark) {
    world();

    assertThat(survival(spark, 2, DAYS).count()).isZero();
  }
}

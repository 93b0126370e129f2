package org.exposureatlas.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureSurvival;
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
              .with(Exposure.FIRST_SEEN_DATE, Date.valueOf(FIRST.plusDays(from)))
              .with(Exposure.HONEYPOT_SCORE, 0.0)
              .with(Exposure.PSEUDO_SERVICE, false));
    }
  }

  private Dataset<Row> survival(SparkSession spark, int partitions) {
    return Survival.asOf(
        RowBuilder.rows(spark, Exposure.TABLE, rows.toArray(RowBuilder[]::new))
            .repartition(partitions),
        FIRST.datesUntil(FIRST.plusDays(DAYS)).toList(),
        FIRST.minusDays(100),
        3,
        FIRST.plusDays(DAYS - 1));
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
    rows.get(rows.size() - 1).with(Exposure.FIRST_SEEN_DATE, Date.valueOf(FIRST));
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
}

package org.exposureatlas.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.audit.AuditRule;
import org.exposureatlas.audit.TableAudit;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ChurnTest {

  private static final String BEFORE = "2022-07-20";
  private static final String AFTER = "2022-07-21";

  private final List<RowBuilder> rows = new ArrayList<>();

  private RowBuilder store(String day, String key, String country, Long bytes, String... hosts) {
    RowBuilder store =
        RowBuilder.of(Exposure.TABLE)
            .with(Exposure.SNAPSHOT_DATE, Date.valueOf(day))
            .with(Exposure.EXPOSURE_KEY, key)
            .with(Exposure.SERVICE_TYPE, "mongodb")
            .with(Exposure.COUNTRY_CODE, country)
            .with(Exposure.SIZE_BYTES, bytes)
            .with(Exposure.SIZE_SEMANTICS, bytes == null ? "absent" : "logical")
            .with(Exposure.HOSTS, List.of(hosts))
            .with(Exposure.IS_CLEAN, true);
    rows.add(store);
    return store;
  }

  private Dataset<Row> churn(SparkSession spark, int partitions) {
    StructType pair =
        new StructType()
            .add(CountryChurn.SNAPSHOT_DATE.name(), DataTypes.DateType)
            .add(CountryChurn.FROM_DATE.name(), DataTypes.DateType);
    Dataset<Row> exposures =
        RowBuilder.rows(spark, Exposure.TABLE, rows.toArray(RowBuilder[]::new))
            .repartition(partitions);
    Dataset<Row> churn =
        Churn.between(
            exposures,
            exposures,
            spark.createDataFrame(
                List.of(RowFactory.create(Date.valueOf(AFTER), Date.valueOf(BEFORE))), pair));
    return spark.createDataFrame(churn.collectAsList(), CountryChurn.TABLE.relaxed());
  }

  /** The figures of a row that are not 0, in the order of the columns. */
  private static String figures(Dataset<Row> churn, String country, String service) {
    Row row =
        churn
            .where(CountryChurn.COUNTRY_CODE.col().equalTo(country))
            .where(CountryChurn.SERVICE_TYPE.col().equalTo(service))
            .head();
    return Arrays.stream(CountryChurn.TABLE.structType().fieldNames())
        .skip(4)
        .filter(name -> row.<Long>getAs(name) != 0)
        .map(name -> name + " " + row.getAs(name))
        .collect(Collectors.joining(", "));
  }

  private static void assertItCloses(Dataset<Row> churn) {
    for (AuditRule rule : TableAudit.of(CountryChurn.TABLE)) {
      assertThat(churn.where(rule.violation()).toJSON().collectAsList()).as(rule.name()).isEmpty();
    }
  }

  @Test
  void everyStoreEntersLeavesMovesOrStays(SparkSession spark) {
    store(BEFORE, "left", "NL", 5L, "192.0.2.1");
    store(BEFORE, "stayed", "NL", 100L, "192.0.2.2");
    store(AFTER, "stayed", "NL", 100L, "192.0.2.2");
    store(BEFORE, "grew", "NL", 100L, "192.0.2.3");
    store(AFTER, "grew", "NL", 130L, "192.0.2.3");
    store(BEFORE, "shrank", "NL", 100L, "192.0.2.4");
    store(AFTER, "shrank", "NL", 60L, "192.0.2.4");
    store(BEFORE, "moves", "NL", 10L, "192.0.2.5");
    store(AFTER, "moves", "BR", 11L, "198.51.100.5");
    store(BEFORE, "measured", "NL", null, "192.0.2.6");
    store(AFTER, "measured", "NL", 7L, "192.0.2.6");
    store(BEFORE, "decoy", "NL", 3L, "192.0.2.7");
    store(AFTER, "decoy", "NL", 3L, "192.0.2.7").with(Exposure.IS_CLEAN, false);
    store(AFTER, "entered", "NL", 9L, "192.0.2.8");

    Dataset<Row> churn = churn(spark, 2);
    assertThat(figures(churn, "NL", "all"))
        .isEqualTo(
            "before_count 7, before_bytes 318, entered_count 1, entered_bytes 9, left_count 1,"
                + " left_bytes 5, moved_out_count 1, moved_out_bytes 10, stayed_count 1,"
                + " stayed_bytes 100, grew_count 1, grew_bytes 30, shrank_count 1, shrank_bytes 40,"
                + " remeasured_count 2, remeasured_bytes 4, after_count 6, after_bytes 306");
    assertThat(figures(churn, "NL", "mongodb")).isEqualTo(figures(churn, "NL", "all"));
    assertThat(figures(churn, "BR", "all"))
        .isEqualTo("moved_in_count 1, moved_in_bytes 11, after_count 1, after_bytes 11");
    assertItCloses(churn);
  }

  @Test
  void aStoreWhoseKeyChangedIsKnownByItsAddress(SparkSession spark) {
    store(BEFORE, "fingerprint 1", "NL", 1_000L, "192.0.2.1", "192.0.2.2");
    store(BEFORE, "fingerprint 2", "NL", 2_000L, "192.0.2.2");
    store(AFTER, "fingerprint 3", "NL", 2_010L, "192.0.2.2");
    store(AFTER, "fingerprint 4", "NL", 1_005L, "192.0.2.1", "192.0.2.2");
    store(AFTER, "fingerprint 5", "NL", 7L, "192.0.2.2").with(Exposure.SERVICE_TYPE, "mysql");

    Dataset<Row> churn = churn(spark, 3);
    assertThat(figures(churn, "NL", "mongodb"))
        .isEqualTo(
            "before_count 2, before_bytes 3000, grew_count 2, grew_bytes 15, after_count 2,"
                + " after_bytes 3015");
    assertThat(figures(churn, "NL", "mysql"))
        .isEqualTo("entered_count 1, entered_bytes 7, after_count 1, after_bytes 7");
    assertItCloses(churn);
  }

  @Test
  void aServiceThatChangesMovesBetweenServicesButNotBetweenCountries(SparkSession spark) {
    store(BEFORE, "cluster", "NL", 10L, "192.0.2.1").with(Exposure.SERVICE_TYPE, "kibana");
    store(AFTER, "cluster", "NL", 10L, "192.0.2.1").with(Exposure.SERVICE_TYPE, "elasticsearch");

    Dataset<Row> churn = churn(spark, 1);
    assertThat(figures(churn, "NL", "all"))
        .isEqualTo(
            "before_count 1, before_bytes 10, stayed_count 1, stayed_bytes 10, after_count 1,"
                + " after_bytes 10");
    assertThat(figures(churn, "NL", "kibana"))
        .isEqualTo("before_count 1, before_bytes 10, moved_out_count 1, moved_out_bytes 10");
    assertItCloses(churn);
  }

  @Test
  void partitionsAndOrderChangeNothing(SparkSession spark) {
    for (int i = 0; i < 60; i++) {
      store(BEFORE, "b" + i, i % 2 == 0 ? "NL" : "BR", 10L * i, "192.0.2." + i % 17);
      store(AFTER, "a" + i * 7 % 60, i % 3 == 0 ? "NL" : "BR", 11L * i, "192.0.2." + i % 19);
    }
    List<String> one = churn(spark, 1).toJSON().collectAsList();
    Dataset<Row> many = churn(spark, 5);

    assertThat(many.toJSON().collectAsList()).containsExactlyInAnyOrderElementsOf(one);
    assertItCloses(many);
  }
}

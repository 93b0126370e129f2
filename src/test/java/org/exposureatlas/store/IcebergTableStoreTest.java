package org.exposureatlas.store;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.config.AtlasException;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.Rejected;
import org.exposureatlas.schema.Run;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class IcebergTableStoreTest {

  private static final SnapshotRange DAY = SnapshotRange.day(LocalDate.parse("2022-07-21"));
  private static final SnapshotRange NEXT = SnapshotRange.day(LocalDate.parse("2022-07-22"));

  @TempDir Path warehouse;

  @BeforeEach
  void catalog(SparkSession spark) {
    spark.sessionState().catalogManager().reset();
    SparkExtension.warehouse(spark, warehouse.toString());
  }

  private static Publication ranks(SparkSession spark, SnapshotRange day, Long... values) {
    RowBuilder[] rows = new RowBuilder[values.length];
    for (int i = 0; i < values.length; i++) {
      rows[i] =
          RowBuilder.of(CountryRank.TABLE)
              .with(CountryRank.SNAPSHOT_DATE, Date.valueOf(day.from()))
              .with(CountryRank.MEASURE, "clean_bytes")
              .with(CountryRank.COUNTRY_CODE, "N" + (char) ('A' + i))
              .with(CountryRank.VALUE, values[i])
              .with(CountryRank.RANK, i + 1);
    }
    return Publication.of(CountryRank.TABLE, RowBuilder.rows(spark, CountryRank.TABLE, rows));
  }

  private static List<Long> values(TableStore store) {
    Dataset<Row> rows = store.read(CountryRank.TABLE).orderBy("snapshot_date", "country_code");
    return rows.collectAsList().stream().map(row -> row.<Long>getAs("value")).toList();
  }

  @Test
  void aTableNeverPublishedIsEmpty(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      assertThat(values(store)).isEmpty();
      assertThat(store.version(CountryRank.TABLE)).isEqualTo("none");
      assertThat(store.rowCount(CountryRank.TABLE)).isZero();
      assertThat(store.rowCount(CountryRank.TABLE, DAY)).isZero();
    }
  }

  @Test
  void publishingADateAgainReplacesItAndLeavesOthersAlone(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(DAY, List.of(ranks(spark, DAY, 1L, 2L)), written -> {});
      store.publish(NEXT, List.of(ranks(spark, NEXT, 5L)), written -> {});
      Map<String, Long> rows = store.publish(DAY, List.of(ranks(spark, DAY, 3L)), written -> {});
      assertThat(rows).containsExactly(Map.entry("country_rank", 1L));
      assertThat(values(store)).containsExactly(3L, 5L);
      assertThat(store.rowCount(CountryRank.TABLE)).isEqualTo(2);
      assertThat(store.rowCount(CountryRank.TABLE, NEXT)).isEqualTo(1);
      store.publish(DAY, List.of(ranks(spark, DAY)), written -> {});
      assertThat(values(store)).containsExactly(5L);
    }
  }

  private static Publication runs(SparkSession spark, int count) {
    List<Row> rows =
        IntStream.range(0, count)
            .mapToObj(i -> RowBuilder.of(Run.TABLE).with(Run.RUN_ID, "run " + i).row())
            .toList();
    return Publication.of(
        Run.TABLE, spark.createDataFrame(rows, Run.TABLE.relaxed()).repartition(count));
  }

  private static List<Row> filesOfRuns(TableStore store) {
    return store.read(Run.TABLE).select("_file").distinct().collectAsList();
  }

  @Test
  void filesOfManyAppendsArePutTogether(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.append(runs(spark, 60));
      List<Row> before = filesOfRuns(store);
      assertThat(before).hasSizeGreaterThan(30).hasSizeLessThan(100);

      store.append(runs(spark, 200));

      assertThat(filesOfRuns(store)).hasSize(1).doesNotContainAnyElementsOf(before);
      assertThat(store.read(Run.TABLE).count()).isEqualTo(260);
    }
  }

  @Test
  void smallFilesOfManyDaysAreReadByOneTask(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      for (int i = 0; i < 5; i++) {
        SnapshotRange day = SnapshotRange.day(DAY.from().plusDays(i));
        store.publish(day, List.of(ranks(spark, day, 1L)), written -> {});
      }
      assertThat(store.read(CountryRank.TABLE).javaRDD().getNumPartitions()).isEqualTo(1);
    }
  }

  @Test
  void severalDaysPublishedAtOnceAreAFileEach(SparkSession spark) {
    SnapshotRange both = new SnapshotRange(DAY.from(), NEXT.from());
    Dataset<Row> rows =
        ranks(spark, DAY, 1L, 2L, 3L)
            .rows()
            .apply(table -> spark.emptyDataFrame())
            .unionByName(ranks(spark, NEXT, 4L, 5L).rows().apply(table -> spark.emptyDataFrame()))
            .repartition(4);
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(both, List.of(Publication.of(CountryRank.TABLE, rows)), written -> {});
      assertThat(store.days(CountryRank.TABLE).values())
          .allSatisfy(day -> assertThat(day.version().split(" ")).hasSize(1))
          .extracting(StoredDay::rowCount)
          .containsExactly(3L, 2L);
    }
  }

  @Test
  void aBrokenRulePublishesNothingAndNamesTheRuleAndRows(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(DAY, List.of(ranks(spark, DAY, 1L)), written -> {});
      assertThatThrownBy(
              () -> store.publish(DAY, List.of(ranks(spark, DAY, 7L, -1L)), written -> {}))
          .isInstanceOf(DataContractException.class)
          .hasMessageContaining("country_rank: not published")
          .hasMessageContaining("value is not negative")
          .hasMessageContaining("found 1 rows")
          .hasMessageContaining("\"country_code\":\"NB\"");
      assertThat(values(store)).containsExactly(1L);
    }
  }

  @Test
  void aRefusedReconciliationPublishesNothing(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      assertThatThrownBy(
              () ->
                  store.publish(
                      DAY,
                      List.of(ranks(spark, DAY, 7L)),
                      written -> {
                        throw new DataContractException("test", List.of(written.toString()));
                      }))
          .hasMessageContaining("{country_rank=1}");
      assertThat(values(store)).isEmpty();
    }
  }

  @Test
  void whatARunThatDiedLeftOnTheBranchIsNotSeenAndTheNextRunCompletes(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(DAY, List.of(ranks(spark, DAY, 1L)), written -> {});
      String table = "atlas.exposure_atlas.country_rank";
      spark.sql("ALTER TABLE " + table + " CREATE BRANCH audit");
      spark.sql("INSERT INTO " + table + ".branch_audit SELECT * FROM " + table);
      assertThat(spark.table(table + ".branch_audit").count()).isEqualTo(2);
      assertThat(values(store)).containsExactly(1L);

      store.publish(NEXT, List.of(ranks(spark, NEXT, 5L)), written -> {});

      assertThat(values(store)).containsExactly(1L, 5L);
      assertThat(spark.sql("SELECT name FROM " + table + ".refs").collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("main");
    }
  }

  @Test
  void aSecondWriterIsToldWhoHoldsTheWarehouse(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      assertThat(values(store)).isEmpty();
      assertThatThrownBy(() -> IcebergTableStore.open(spark, warehouse.toString()))
          .isInstanceOf(AtlasException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("_lock");
    }
  }

  @Test
  void theLockOfAProcessThatIsGoneIsTakenOver(SparkSession spark) throws Exception {
    String host = java.net.InetAddress.getLocalHost().getHostName();
    Files.writeString(warehouse.resolve("_lock"), "process 999999999 on " + host);
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      assertThat(values(store)).isEmpty();
    }
    assertThat(warehouse.resolve("_lock")).doesNotExist();
  }

  @Test
  void tasksThatWriteInOrderSeeTheSettingsOfTheSession(SparkSession spark) {
    String setting = "spark.atlas.of-this-test";
    spark.conf().set(setting, "7");
    UDF0<Long> seen = () -> Long.valueOf(TaskContext.get().getLocalProperty(setting));
    Dataset<Row> rows =
        RowBuilder.rows(
                spark,
                Rejected.TABLE,
                RowBuilder.of(Rejected.TABLE)
                    .with(Rejected.SNAPSHOT_DATE, Date.valueOf(DAY.from()))
                    .with(Rejected.SOURCE, "leakix")
                    .with(Rejected.FILE, "a.ndjson")
                    .with(Rejected.REASON, "malformed_json")
                    .with(Rejected.DETAIL, "found ["))
            .repartition(1)
            .withColumn(
                Rejected.LINE.name(), udf(seen, DataTypes.LongType).asNondeterministic().apply());
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      Publication ordered = Publication.ordered(Rejected.TABLE, rows, lit(0L));
      store.publish(DAY, List.of(ordered), written -> {});
      Row written = store.read(Rejected.TABLE).first();
      assertThat(written.<Long>getAs(Rejected.LINE.name())).isEqualTo(7);
    }
  }
}

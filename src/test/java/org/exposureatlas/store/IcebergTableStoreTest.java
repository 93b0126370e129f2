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
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Rejected;
import org.exposureatlas.schema.Run;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  private enum Rows {
    /** The driver has them before they are published. */
    HELD,
    /** Tasks make them, the driver writes them. */
    GATHERED,
    MADE_AND_WRITTEN_BY_TASKS
  }

  private static List<Publication> of(SparkSession spark, Rows kind, Publication publication) {
    spark.conf().set(IcebergTableStore.FEW_ROWS, Boolean.toString(kind == Rows.GATHERED));
    return List.of(
        kind == Rows.HELD
            ? publication
            : new Publication(
                publication.table(), staged -> publication.rows().apply(staged).repartition(1)));
  }

  @AfterEach
  void forgetSetting(SparkSession spark) {
    spark.conf().unset(IcebergTableStore.FEW_ROWS);
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

  @ParameterizedTest
  @EnumSource(Rows.class)
  void publishingADateAgainReplacesItAndLeavesOthersAlone(Rows kind, SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(DAY, of(spark, kind, ranks(spark, DAY, 1L, 2L)), written -> {});
      store.publish(NEXT, of(spark, kind, ranks(spark, NEXT, 5L)), written -> {});
      Map<String, Long> rows =
          store.publish(DAY, of(spark, kind, ranks(spark, DAY, 3L)), written -> {});
      assertThat(rows).containsExactly(Map.entry("country_rank", 1L));
      assertThat(values(store)).containsExactly(3L, 5L);
      assertThat(store.rowCount(CountryRank.TABLE)).isEqualTo(2);
      assertThat(store.rowCount(CountryRank.TABLE, NEXT)).isEqualTo(1);
      store.publish(DAY, of(spark, kind, ranks(spark, DAY)), written -> {});
      assertThat(values(store)).containsExactly(5L);
    }
  }

  private static Row run(int number) {
    return RowBuilder.of(Run.TABLE).with(Run.RUN_ID, "run " + number).row();
  }

  private static List<Row> filesOfRuns(TableStore store) {
    return store.read(Run.TABLE).select("_file").distinct().collectAsList();
  }

  @Test
  void filesOfManyAppendsArePutTogether(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      IntStream.range(0, 99).forEach(number -> store.append(Run.TABLE, List.of(run(number))));
      List<Row> before = filesOfRuns(store);
      assertThat(before).hasSize(99);

      store.append(Run.TABLE, List.of(run(99), run(100)));

      assertThat(filesOfRuns(store)).hasSize(1).doesNotContainAnyElementsOf(before);
      assertThat(store.read(Run.TABLE).select(Run.RUN_ID.col()).distinct().count()).isEqualTo(101);
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

  @ParameterizedTest
  @EnumSource(Rows.class)
  void aBrokenRulePublishesNothingAndNamesTheRuleAndRows(Rows kind, SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(DAY, of(spark, kind, ranks(spark, DAY, 1L)), written -> {});
      assertThatThrownBy(
              () -> store.publish(DAY, of(spark, kind, ranks(spark, DAY, 7L, -1L)), written -> {}))
          .isInstanceOf(DataContractException.class)
          .hasMessageContaining("country_rank: not published")
          .hasMessageContaining("value is not negative")
          .hasMessageContaining("found 1 rows")
          .hasMessageContaining("\"country_code\":\"NB\"");
      assertThat(values(store)).containsExactly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource(Rows.class)
  void aRefusedReconciliationPublishesNothing(Rows kind, SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      assertThatThrownBy(
              () ->
                  store.publish(
                      DAY,
                      of(spark, kind, ranks(spark, DAY, 7L)),
                      written -> {
                        throw new DataContractException("test", List.of(written.toString()));
                      }))
          .hasMessageContaining("{country_rank=1}");
      assertThat(values(store)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Rows.class)
  void whatARunThatDiedLeftOnTheBranchIsNotSeenAndTheNextRunCompletes(
      Rows kind, SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(DAY, of(spark, kind, ranks(spark, DAY, 1L)), written -> {});
      String table = "atlas.exposure_atlas.country_rank";
      spark.sql("ALTER TABLE " + table + " CREATE BRANCH audit");
      spark.sql("INSERT INTO " + table + ".branch_audit SELECT * FROM " + table);
      assertThat(spark.table(table + ".branch_audit").count()).isEqualTo(2);
      assertThat(values(store)).containsExactly(1L);

      store.publish(NEXT, of(spark, kind, ranks(spark, NEXT, 5L)), written -> {});

      assertThat(values(store)).containsExactly(1L, 5L);
      assertThat(spark.sql("SELECT name FROM " + table + ".refs").collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("main");
    }
  }

  @Test
  void aRunThatDiedInTheFirstPublicationOfATableIsNoHindrance(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      List<Publication> ranks = of(spark, Rows.HELD, ranks(spark, DAY, 1L));
      assertThatThrownBy(
              () ->
                  store.publish(
                      DAY,
                      ranks,
                      written -> {
                        throw new DataContractException("test", List.of("died"));
                      }))
          .hasMessageContaining("died");
      spark.sql("ALTER TABLE atlas.exposure_atlas.country_rank CREATE BRANCH audit");
      assertThat(values(store)).isEmpty();

      store.publish(DAY, ranks, written -> {});

      assertThat(values(store)).containsExactly(1L);
    }
  }

  private static RowBuilder snapshot(SnapshotRange day, String source) {
    RowBuilder snapshot =
        RowBuilder.of(SnapshotQuality.TABLE)
            .with(SnapshotQuality.SNAPSHOT_DATE, Date.valueOf(day.from()))
            .with(SnapshotQuality.SOURCE, source)
            .with(SnapshotQuality.GEO_EDITION, "rir/2022-07-01")
            .with(SnapshotQuality.CODE_VERSION, "test")
            .with(SnapshotQuality.UNKNOWN_VERSIONS, List.of("9.1", "9.2"))
            .with(SnapshotQuality.REJECTED_BY_REASON, Map.of("malformed_json", 1L))
            .with(SnapshotQuality.LINE_COUNT, 3L)
            .with(SnapshotQuality.OBSERVATION_COUNT, 2L)
            .with(SnapshotQuality.REJECTED_COUNT, 1L)
            .with(SnapshotQuality.SIZE_DEVIATION, 0.25)
            .with(SnapshotQuality.VERDICT, "complete");
    for (Field none :
        List.of(
            SnapshotQuality.BLANK_LINE_COUNT,
            SnapshotQuality.NOT_OPEN_COUNT,
            SnapshotQuality.UNLOCATED_COUNT,
            SnapshotQuality.FILE_COUNT)) {
      snapshot.with(none, 0L);
    }
    return snapshot.with(SnapshotQuality.TRAILING_SNAPSHOT_COUNT, 0);
  }

  private static Publication snapshots(SparkSession spark, RowBuilder... snapshots) {
    return Publication.of(
        SnapshotQuality.TABLE, RowBuilder.rows(spark, SnapshotQuality.TABLE, snapshots));
  }

  private static List<Row> ofSpark(TableStore store, SnapshotRange range) {
    return store
        .read(SnapshotQuality.TABLE)
        .where(range.contains(SnapshotQuality.SNAPSHOT_DATE.col()))
        .collectAsList();
  }

  @Test
  void rowsInMemoryAreThoseThatSparkReads(SparkSession spark) {
    SnapshotRange both = new SnapshotRange(DAY.from(), NEXT.from());
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      assertThat(store.rows(SnapshotQuality.TABLE, both)).isEmpty();
      Publication first =
          snapshots(
              spark, snapshot(DAY, "leakix"), snapshot(NEXT, "leakix"), snapshot(NEXT, "shodan"));
      store.publish(both, List.of(first), written -> {});
      assertThat(store.rows(SnapshotQuality.TABLE, NEXT))
          .containsExactlyInAnyOrderElementsOf(ofSpark(store, NEXT))
          .hasSize(2);

      store.publish(
          NEXT,
          of(spark, Rows.MADE_AND_WRITTEN_BY_TASKS, snapshots(spark, snapshot(NEXT, "censys"))),
          written -> {});

      assertThat(store.rows(SnapshotQuality.TABLE, both))
          .containsExactlyInAnyOrderElementsOf(ofSpark(store, both))
          .extracting(row -> row.<String>getAs(SnapshotQuality.SOURCE.name()))
          .containsExactlyInAnyOrder("leakix", "censys");
    }
  }

  @Test
  void rowsThatAnotherToolDeletedAreNotInMemory(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(DAY, List.of(ranks(spark, DAY, 1L, 2L)), written -> {});
      String table = "atlas.exposure_atlas.country_rank";
      spark.sql(
          "ALTER TABLE "
              + table
              + " SET TBLPROPERTIES ('format-version' = '2', 'write.delete.mode' = 'merge-on-read')");
      spark.sql("DELETE FROM " + table + " WHERE value = 1");
      assertThat(store.rows(CountryRank.TABLE, DAY))
          .extracting(row -> row.<Long>getAs(CountryRank.VALUE.name()))
          .containsExactly(2L);
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

package org.exposureatlas.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.CollectionAccumulator;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Tally;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class OrderedFilesTest {

  private static final SnapshotRange DAYS =
      new SnapshotRange(LocalDate.parse("2022-07-21"), LocalDate.parse("2022-07-22"));

  private static final Column BY_PORT = Observation.PORT.col().cast(DataTypes.LongType);

  @TempDir Path warehouse;

  @BeforeEach
  void catalog(SparkSession spark) {
    spark.sessionState().catalogManager().reset();
    SparkExtension.warehouse(spark, warehouse.toString());
  }

  /** Observations of two days in one partition of Spark; one in five is NULL where it may be. */
  private static Dataset<Row> observations(SparkSession spark, long count, String product) {
    return spark
        .range(0, count, 1, 1)
        .selectExpr(
            "date_add(DATE '2022-07-21', int(id div " + (count + 1) / 2 + ")) AS snapshot_date",
            "'leakix' AS source",
            "'part-0.ndjson' AS file",
            "id AS line",
            "timestamp_micros(1658361600000000 + id) AS observed_at",
            "concat('192.0.2.', id % 256) AS ip",
            "int(id * 7919 % 1024) AS port",
            "if(id % 2 = 0, 'tcp', 'udp') AS transport",
            "concat('service-', id % 23) AS service_type",
            "if(id % 5 = 0, NULL, " + product + ") AS product",
            "if(id % 5 = 1, NULL, '') AS product_version",
            "'open' AS access",
            "if(id % 5 = 2, NULL, id * 4294967296) AS size_bytes",
            "'logical' AS size_semantics",
            "bigint(NULL) AS system_bytes",
            "id AS capacity_bytes",
            "id AS record_count",
            "id AS container_count",
            "id AS file_count",
            "concat('address:', id) AS cluster_key",
            "'address' AS cluster_key_quality",
            "if(id % 5 = 3, NULL, id % 2 = 0) AS infected",
            "id % 3 = 0 AS honeypot_hint",
            "string(NULL) AS severity",
            "concat('N', char(65 + id % 26)) AS country_code",
            "id AS asn",
            "concat('Ünïted ', id % 3000) AS as_name",
            "'rir/2022-07-01' AS geo_edition",
            "'CN' AS source_country_code",
            "CASE id % 3 WHEN 0 THEN array() WHEN 1 THEN array('a') ELSE array('b', concat('f', id))"
                + " END AS quality_flags");
  }

  private static void publish(TableStore store, Dataset<Row> rows) {
    store.publish(
        DAYS, List.of(Publication.ordered(Observation.TABLE, rows, BY_PORT)), written -> {});
  }

  private List<Path> dataFiles() throws IOException {
    Path data = warehouse.resolve("exposure_atlas/observation/data");
    if (!Files.exists(data)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static List<BlockMetaData> rowGroups(Path file) throws IOException {
    HadoopInputFile input =
        HadoopInputFile.fromPath(
            new org.apache.hadoop.fs.Path(file.toString()), new Configuration());
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      return reader.getRowGroups();
    }
  }

  @Test
  void everyValueIsReadBackFromAFileForEachDay(SparkSession spark) throws IOException {
    Dataset<Row> rows = observations(spark, 50_001, "concat('product-', id % 700)");
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      publish(store, rows);
      Dataset<Row> stored = store.read(Observation.TABLE);
      assertThat(stored.orderBy("line").collectAsList()).isEqualTo(rows.collectAsList());
      assertThat(stored.where("product IS NULL").count()).isEqualTo(10_001);
      assertThat(stored.where("cluster_key = 'address:777'").count()).isEqualTo(1);
    }
    assertThat(dataFiles()).hasSize(2);
  }

  @Test
  void aFileIsInOrderAndEqualRowsAreAsTheyCame(SparkSession spark) throws IOException {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      publish(store, observations(spark, 50_000, "'p'"));
    }
    for (Path file : dataFiles()) {
      List<Long> order =
          spark.read().parquet(file.toString()).select("port", "line").collectAsList().stream()
              .map(row -> ((long) row.getInt(0) << 32) + row.getLong(1))
              .toList();
      assertThat(order).hasSize(25_000).isSorted();
    }
  }

  @Test
  void manyBytesMakeSeveralRowGroups(SparkSession spark) throws IOException {
    Dataset<Row> rows = observations(spark, 20_000, "repeat(sha2(string(id), 256), 200)");
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      publish(store, rows);
      Dataset<Row> products = store.read(Observation.TABLE).orderBy("line").select("product");
      assertThat(products.collectAsList()).isEqualTo(rows.select("product").collectAsList());
    }
    for (Path file : dataFiles()) {
      List<Long> counts = rowGroups(file).stream().map(BlockMetaData::getRowCount).toList();
      assertThat(counts).hasSize(2);
      assertThat(counts.get(0) + counts.get(1)).isEqualTo(10_000);
    }
  }

  @Test
  void everyRowGroupTellsTheLeastAndGreatestOfItsTexts(SparkSession spark) throws IOException {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      publish(store, observations(spark, 20_000, "repeat(sha2(string(id), 256), 200)"));
    }
    for (Path file : dataFiles()) {
      List<String> names =
          spark.read().parquet(file.toString()).select("as_name").collectAsList().stream()
              .map(row -> row.getString(0))
              .toList();
      int from = 0;
      for (BlockMetaData group : rowGroups(file)) {
        int to = from + (int) group.getRowCount();
        List<String> sorted = names.subList(from, to).stream().sorted().toList();
        assertThat(bounds(group, "as_name"))
            .containsExactly(sorted.get(0), sorted.get(sorted.size() - 1));
        from = to;
      }
    }
  }

  @Test
  void aColumnHasADictionaryWhereThatTakesLess(SparkSession spark) throws IOException {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      publish(store, observations(spark, 50_000, "concat('product-', id % 700)"));
    }
    for (Path file : dataFiles()) {
      BlockMetaData rows = rowGroups(file).get(0);
      assertThat(rows.getColumns())
          .filteredOn(chunk -> chunk.getEncodings().contains(Encoding.RLE_DICTIONARY))
          .extracting(chunk -> chunk.getPath().toDotString())
          .contains("service_type", "product", "port", "as_name", "snapshot_date")
          .doesNotContain(
              "line", "cluster_key", "size_bytes", "infected", "severity", "system_bytes");
    }
  }

  /** Parquet keeps in a static field what it was last set up with. */
  @Test
  void parquetSetUpInAnotherWayMeanwhileChangesNothing(SparkSession spark) {
    UDF1<Long, Long> meddling =
        line -> {
          if (line % 10_000 == 0) {
            ParquetProperties.builder().withDictionaryEncoding(true).build();
          }
          return line;
        };
    Dataset<Row> rows = observations(spark, 50_000, "concat('product-', id % 700)");
    Column line = udf(meddling, DataTypes.LongType).apply(Observation.LINE.col());
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      publish(store, rows.withColumn("line", line));
      assertThat(store.read(Observation.TABLE).orderBy("line").collectAsList())
          .isEqualTo(rows.collectAsList());
    }
  }

  private static List<String> bounds(BlockMetaData group, String column) {
    return group.getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equals(column))
        .map(ColumnChunkMetaData::getStatistics)
        .flatMap(texts -> Stream.of(texts.minAsString(), texts.maxAsString()))
        .toList();
  }

  /** Rows of a row group follow each other in an order in which groups do not stand together. */
  @Test
  void countsOnTheWayAreThoseOfTheRows(SparkSession spark) {
    Dataset<Row> rows = observations(spark, 50_001, "concat('product-', id % 700)");
    CollectionAccumulator<Tally.Group> groups = spark.sparkContext().collectionAccumulator();
    Tally tally =
        new Tally(
            List.of("snapshot_date", "service_type", "infected"),
            List.of(
                new Tally.Given("product", Set.of()),
                new Tally.Given("size_bytes", Set.of()),
                new Tally.Given("transport", Set.of("udp", "sctp")),
                new Tally.Given("severity", Set.of("low"))));
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      store.publish(
          DAYS,
          List.of(
              Publication.ordered(Observation.TABLE, rows, BY_PORT)
                  .counted(new Counting(tally, groups))),
          written -> {});
    }
    List<Row> counted =
        groups.value().stream()
            .map(
                group ->
                    RowFactory.create(
                        group.keys().get(0),
                        group.keys().get(1),
                        group.keys().get(2),
                        group.rows(),
                        group.given()[0],
                        group.given()[1],
                        group.given()[2],
                        group.given()[3]))
            .toList();
    assertThat(counted)
        .hasSize(2 * 23 * 3)
        .containsExactlyInAnyOrderElementsOf(
            rows.groupBy("snapshot_date", "service_type", "infected")
                .agg(
                    count(lit(1)),
                    count("product"),
                    count("size_bytes"),
                    count_if(col("transport").equalTo("tcp")),
                    lit(0L))
                .collectAsList());
  }

  @Test
  void groupsWithTheSameKeysAddUp() {
    Row keys = RowFactory.create("redis", null);
    Tally.Group sum = new Tally.Group(keys, 3, 2, 0).plus(new Tally.Group(keys, 4, 1, 4));
    assertThat(sum).usingRecursiveComparison().isEqualTo(new Tally.Group(keys, 7, 3, 4));
  }

  /** Writes the days in tasks of their own; the second fails when the first is long done. */
  @Test
  void ofWritingThatFailsNoFileIsLeft(SparkSession spark) throws Exception {
    UDF1<Long, Long> failing =
        line -> {
          if (line == 9_000) {
            Thread.sleep(3_000);
            throw new IllegalStateException("line 9000");
          }
          return line;
        };
    Dataset<Row> rows =
        observations(spark, 10_000, "'p'")
            .repartitionByRange(2, Observation.SNAPSHOT_DATE.col())
            .withColumn("line", udf(failing, DataTypes.LongType).apply(Observation.LINE.col()));
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      assertThatThrownBy(() -> publish(store, rows)).hasStackTraceContaining("line 9000");
      assertThat(store.rowCount(Observation.TABLE)).isZero();
    }
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void aDayPublishedAgainIsReplacedAlsoByNothing(SparkSession spark) {
    try (TableStore store = IcebergTableStore.open(spark, warehouse.toString())) {
      publish(store, observations(spark, 100, "'p'"));
      publish(store, observations(spark, 60, "'p'"));
      assertThat(store.rowCount(Observation.TABLE)).isEqualTo(60);
      publish(store, observations(spark, 60, "'p'").where("false"));
      assertThat(store.rowCount(Observation.TABLE)).isZero();
    }
  }
}

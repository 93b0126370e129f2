package org.exposureatlas.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.BoundaryOrder;
import org.apache.parquet.io.InputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.Break;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureIndex;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Rejected;
import org.exposureatlas.schema.Run;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.SourceOverlap;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.schema.Truth;
import org.exposureatlas.schema.TruthLines;
import org.exposureatlas.testing.SharedData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated world through all jobs, against what is true of it. The longest class begins. */
@Order(1)
class EndToEndTest {

  private static final String FROM = "2022-07-06";
  private static final String OUTAGE = "2022-07-08";
  private static final String TO = "2022-07-21";

  private static final List<TableSchema> TABLES =
      List.of(
          Observation.TABLE,
          Rejected.TABLE,
          SnapshotCell.TABLE,
          SnapshotQuality.TABLE,
          Exposure.TABLE,
          SourceOverlap.TABLE,
          CountryExposure.TABLE,
          CountryServiceExposure.TABLE,
          CountryRank.TABLE,
          ExposureIndex.TABLE,
          CountryChurn.TABLE,
          Break.TABLE,
          CountryTrend.TABLE,
          ExposureSurvival.TABLE);

  /** Tables whose rows tell of a history up to a day; a range writes the last day only. */
  private static final Set<TableSchema> AS_OF =
      Set.of(Break.TABLE, CountryTrend.TABLE, ExposureSurvival.TABLE);

  @TempDir static Path folder;

  private static Atlas atlas;

  @BeforeAll
  static void world() {
    atlas =
        new Atlas(folder)
            .with("spark.atlas.trend.windows", "14,28")
            .run(SimulateJob::run, FROM, TO)
            .run(NightlyJob::run, FROM, TO);
  }

  @Test
  void theTruthIsMetExactlyPerCountryServiceAndDay() {
    assertTruthIsMet(atlas, 1_000);
  }

  @Test
  void theTruthIsMetOnRealEditionsToo(@TempDir Path other) {
    Atlas real = new Atlas(other).with("spark.atlas.geoip", SharedData.require("geoip/rir"));
    for (Job job :
        List.<Job>of(SimulateJob::run, IngestJob::run, ExposeJob::run, MeasureJob::run)) {
      real.run(job, "2022-06-30", "2022-07-01");
    }
    assertTruthIsMet(real, 150);
    assertThat(
            real.table(Observation.TABLE).select(Observation.GEO_EDITION.col()).distinct().count())
        .isEqualTo(2);
  }

  @Test
  void filesOfObservationsAreSortedByCountryAndService() throws IOException {
    Map<String, List<Row>> byFile =
        atlas
            .table(Observation.TABLE)
            .select(
                col("_file"),
                col("_pos"),
                Observation.COUNTRY_CODE.col(),
                Observation.SERVICE_TYPE.col())
            .orderBy("_file", "_pos")
            .collectAsList()
            .stream()
            .collect(Collectors.groupingBy(row -> row.getString(0)));
    assertThat(byFile).hasSizeGreaterThan(1);
    for (Map.Entry<String, List<Row>> file : byFile.entrySet()) {
      assertThat(file.getValue())
          .extracting(row -> row.getString(2) + " " + row.getString(3))
          .isSorted();
      assertThat(pageOrders(file.getKey(), Observation.COUNTRY_CODE))
          .containsOnly(BoundaryOrder.ASCENDING);
    }
  }

  /** Order of the pages of a column, one for each row group, as the footer of the file says. */
  private static List<BoundaryOrder> pageOrders(String file, Field column) throws IOException {
    InputFile input =
        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file), new Configuration());
    List<BoundaryOrder> orders = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
          if (chunk.getPath().toDotString().equals(column.name())) {
            orders.add(reader.readColumnIndex(chunk).getBoundaryOrder());
          }
        }
      }
    }
    return orders;
  }

  private static void assertTruthIsMet(Atlas atlas, int leastCells) {
    List<Field> figures =
        List.of(
            Truth.HOST_COUNT,
            Truth.ENDPOINT_COUNT,
            Truth.EXPOSURE_COUNT,
            Truth.REPORTED_BYTES,
            Truth.DEDUPLICATED_BYTES,
            Truth.CLEAN_BYTES,
            Truth.INFECTED_COUNT,
            Truth.HONEYPOT_COUNT,
            Truth.UNKNOWN_SIZE_COUNT);
    Column[] columns = {
      Truth.SNAPSHOT_DATE.col(), Truth.COUNTRY_CODE.col(), Truth.SERVICE_TYPE.col()
    };
    Column[] found =
        Stream.concat(Stream.of(columns), figures.stream().map(Field::col)).toArray(Column[]::new);
    List<String> measured =
        atlas
            .table(CountryServiceExposure.TABLE)
            .where(CountryServiceExposure.EXPOSURE_COUNT.col().gt(0))
            .select(found)
            .toJSON()
            .collectAsList();

    assertThat(measured)
        .hasSizeGreaterThan(leastCells)
        .containsExactlyInAnyOrderElementsOf(
            atlas
                .spark()
                .read()
                .parquet(atlas.folder().resolve("raw/_simulated/truth").toString())
                .select(found)
                .toJSON()
                .collectAsList());
  }

  @Test
  void everyLineIsAnObservationRejectedOrBlank() {
    Column[] counts = {
      TruthLines.SNAPSHOT_DATE.col(),
      TruthLines.LINE_COUNT.col(),
      TruthLines.REJECTED_COUNT.col(),
      TruthLines.BLANK_COUNT.col()
    };
    Dataset<Row> read =
        atlas
            .table(SnapshotQuality.TABLE)
            .select(
                SnapshotQuality.SNAPSHOT_DATE.col(),
                SnapshotQuality.LINE_COUNT.col(),
                SnapshotQuality.REJECTED_COUNT.col(),
                SnapshotQuality.BLANK_LINE_COUNT.col().as(TruthLines.BLANK_COUNT.name()));
    Dataset<Row> written =
        atlas.spark().read().parquet(folder.resolve("raw/_simulated/truth_lines").toString());

    assertThat(read.toJSON().collectAsList())
        .hasSize(15)
        .containsExactlyInAnyOrderElementsOf(written.select(counts).toJSON().collectAsList());
    assertThat(atlas.table(Rejected.TABLE).select(Rejected.REASON.col()).distinct().count())
        .isGreaterThan(2);
  }

  @Test
  void theOutageIsMissingAndNeverZero() {
    Column onOutage = CountryExposure.SNAPSHOT_DATE.col().equalTo(lit(OUTAGE).cast("date"));

    assertThat(atlas.table(CountryExposure.TABLE).where(onOutage).isEmpty()).isTrue();
    assertThat(atlas.said()).contains("no snapshot on " + OUTAGE + ": missing, not zero");
    assertThat(atlas.rows(Break.TABLE))
        .containsExactly(
            "{\"as_of_date\":\"2022-07-21\",\"from_date\":\"2022-07-08\",\"to_date\":\"2022-07-08\","
                + "\"source\":\"leakix\",\"scope\":\"all\",\"kind\":\"outage\","
                + "\"text\":\"no snapshot of leakix for 1 day\"}");
    assertThat(
            atlas
                .table(CountryTrend.TABLE)
                .where(CountryTrend.VERDICT.col().equalTo("falling"))
                .where(CountryTrend.COUNTRY_CODE.col().equalTo("CN"))
                .where(CountryTrend.MEASURE.col().equalTo("clean_bytes"))
                .where(CountryTrend.SERVICE_TYPE.col().equalTo("all"))
                .isEmpty())
        .isTrue();
  }

  @Test
  void aTruncatedSnapshotIsPartialAndItsFiguresAreNullAndNeverLow(@TempDir Path other)
      throws IOException {
    Path raw = other.resolve("raw/leakix");
    for (LocalDate day = LocalDate.parse("2022-07-12");
        day.isBefore(LocalDate.parse("2022-07-22"));
        day = day.plusDays(1)) {
      copy(folder.resolve("raw/leakix/" + day), Files.createDirectories(raw.resolve("" + day)));
    }
    keepHalf(raw.resolve("2022-07-20"));
    Atlas truncated =
        new Atlas(other)
            .with("spark.atlas.geoip", folder.resolve("geoip"))
            .with("spark.atlas.trend.windows", "10");
    for (Job job : List.<Job>of(IngestJob::run, ExposeJob::run, MeasureJob::run, TrendJob::run)) {
      truncated.run(job, "2022-07-12", TO);
    }

    assertThat(truncated.said()).contains("partial snapshots on [2022-07-20]");
    Map<TableSchema, String> figures =
        Map.of(
            CountryServiceExposure.TABLE, "clean_bytes",
            CountryExposure.TABLE, "clean_bytes",
            CountryRank.TABLE, "rank");
    figures.forEach(
        (table, figure) -> {
          Dataset<Row> onTruncatedDay = china(truncated, table).where(isTruncatedDay());
          assertThat(onTruncatedDay.isEmpty()).as(table.name()).isFalse();
          assertThat(onTruncatedDay.where(col(figure).isNotNull()).isEmpty())
              .as(table.name())
              .isTrue();
          assertThat(onOtherDays(truncated, table, figure))
              .as(table.name())
              .isNotEmpty()
              .containsExactlyElementsOf(onOtherDays(atlas, table, figure));
        });
    assertThat(
            truncated
                .table(CountryTrend.TABLE)
                .where(CountryTrend.SERVICE_TYPE.col().equalTo("all"))
                .where(CountryTrend.COUNTRY_CODE.col().isin("CN", "US"))
                .where(CountryTrend.VERDICT.col().equalTo("falling"))
                .isEmpty())
        .isTrue();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from).filter(file -> file.toString().endsWith(".gz"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void keepHalf(Path snapshot) throws IOException {
    try (Stream<Path> files = Files.list(snapshot)) {
      for (Path file : files.toList()) {
        byte[] text = new GZIPInputStream(Files.newInputStream(file)).readAllBytes();
        int end = text.length / 2;
        while (text[end] != '\n') {
          end++;
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
          out.write(text, 0, end + 1);
        }
      }
    }
  }

  private static Column isTruncatedDay() {
    return CountryExposure.SNAPSHOT_DATE.col().equalTo(lit("2022-07-20").cast("date"));
  }

  /** Rows of China from 2022-07-12 on. */
  private static Dataset<Row> china(Atlas atlas, TableSchema table) {
    return atlas
        .table(table)
        .where(CountryExposure.COUNTRY_CODE.col().equalTo("CN"))
        .where(CountryExposure.SNAPSHOT_DATE.col().geq(lit("2022-07-12").cast("date")));
  }

  private static List<String> onOtherDays(Atlas atlas, TableSchema table, String figure) {
    return china(atlas, table)
        .where(not(isTruncatedDay()))
        .where(col(figure).gt(0))
        .select(CountryExposure.SNAPSHOT_DATE.col(), col(figure))
        .toJSON()
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  @Test
  void aFigureIsExplainedWithoutNamingAnyone() {
    atlas.explain("CN", TO);
    String said = atlas.said().substring(atlas.said().lastIndexOf("CN on " + TO));

    assertThat(said)
        .contains("TB clean, in " + exposures("CN") + " exposures")
        .containsPattern("95 % interval [0-9.]+ to [0-9.]+ TB \\((percentile|m_out_of_n)\\)")
        .containsPattern("place 1, with 95 % from 1 to [1-9]; first in [0-9.]+ % of resampled")
        .contains("How the volume came about", "- seen more than once", "- decoys (honeypots)")
        .contains("Largest clean exposures, by pseudonym (HMAC-SHA-256, key of this run only)")
        .contains("part-", "complete", "located by simulated/", "version 0.1.0")
        .containsPattern("ingest-2022-07-21-\\w+, version")
        .containsPattern("  [0-9a-f]{16}  (elasticsearch|mongodb|mysql|couchdb) ");
    List<String> hosts =
        atlas
            .table(Exposure.TABLE)
            .where(Exposure.COUNTRY_CODE.col().equalTo("CN"))
            .select(explode(Exposure.HOSTS.col()))
            .as(Encoders.STRING())
            .distinct()
            .collectAsList();
    assertThat(hosts).isNotEmpty().noneMatch(said::contains);
  }

  @Test
  void thePublishedFiguresAreMetOnTheLastDay() {
    Map<String, Row> ranked = new TreeMap<>();
    atlas
        .table(CountryRank.TABLE)
        .where(CountryRank.MEASURE.col().equalTo("clean_bytes"))
        .where(CountryRank.SNAPSHOT_DATE.col().equalTo(lit(TO).cast("date")))
        .collectAsList()
        .forEach(row -> ranked.put(row.getAs("country_code"), row));

    assertThat(terabytes(ranked.get("CN"))).isBetween(700.0, 800.0);
    assertThat(terabytes(ranked.get("US"))).isBetween(500.0, 600.0);
    assertThat(ranked.values().stream().filter(row -> terabytes(row) > 100)).hasSize(2);
    assertThat(ranked.get("CN").<Double>getAs("first_probability")).isBetween(0.5, 1.0);
    assertThat(ranked.get("US").<Integer>getAs("rank_high95")).isEqualTo(2);
    assertThat(exposures("US")).isGreaterThan(exposures("CN"));
  }

  private static double terabytes(Row row) {
    return row.<Long>getAs("value") / 1e12;
  }

  private static long exposures(String country) {
    return atlas
        .table(CountryExposure.TABLE)
        .where(CountryExposure.SNAPSHOT_DATE.col().equalTo(lit(TO).cast("date")))
        .where(CountryExposure.COUNTRY_CODE.col().equalTo(country))
        .head()
        .getAs(CountryExposure.EXPOSURE_COUNT.name());
  }

  @Test
  void churnClosesToTheByteWithTheFiguresOfItsSnapshots() {
    for (String day : List.of("from_date", "snapshot_date")) {
      String side = day.equals("from_date") ? "before" : "after";
      Dataset<Row> figures =
          atlas
              .table(CountryExposure.TABLE)
              .select(
                  CountryExposure.SNAPSHOT_DATE.col().as(day),
                  CountryExposure.COUNTRY_CODE.col(),
                  CountryExposure.EXPOSURE_COUNT.col(),
                  CountryExposure.CLEAN_BYTES.col());
      Dataset<Row> joined =
          atlas
              .table(CountryChurn.TABLE)
              .where(CountryChurn.SERVICE_TYPE.col().equalTo("all"))
              .join(figures, new String[] {day, "country_code"});
      assertThat(joined.count()).as(side).isGreaterThan(300);
      assertThat(
              joined
                  .where(
                      CountryExposure.EXPOSURE_COUNT
                          .col()
                          .notEqual(col(side + "_count"))
                          .or(CountryExposure.CLEAN_BYTES.col().notEqual(col(side + "_bytes"))))
                  .isEmpty())
          .as(side)
          .isTrue();
    }
    Row last =
        atlas
            .table(CountryChurn.TABLE)
            .where(CountryChurn.SNAPSHOT_DATE.col().equalTo(lit(TO).cast("date")))
            .where(CountryChurn.COUNTRY_CODE.col().equalTo("US"))
            .where(CountryChurn.SERVICE_TYPE.col().equalTo("all"))
            .head();
    assertThat(last.<Long>getAs("left_count")).isLessThan(last.<Long>getAs("before_count") / 5);
  }

  @Test
  void servicesAddUpToTheirCountry() {
    List<Field> additive =
        List.of(
            CountryExposure.EXPOSURE_COUNT,
            CountryExposure.REPORTED_BYTES,
            CountryExposure.DEDUPLICATED_BYTES,
            CountryExposure.CLEAN_BYTES,
            CountryExposure.ROBUST_BYTES);
    for (Field field : additive) {
      Dataset<Row> services =
          atlas
              .table(CountryServiceExposure.TABLE)
              .groupBy(CountryExposure.SNAPSHOT_DATE.col(), CountryExposure.COUNTRY_CODE.col())
              .sum(field.name())
              .withColumnRenamed("sum(" + field.name() + ")", "total");
      Dataset<Row> unequal =
          atlas
              .table(CountryExposure.TABLE)
              .join(services, new String[] {"snapshot_date", "country_code"}, "full")
              .where(coalesce(field.col(), lit(-1L)).notEqual(coalesce(col("total"), lit(-1L))));
      assertThat(unequal.isEmpty()).as(field.name()).isTrue();
    }
  }

  @Test
  void noSecretReachesATable() {
    for (TableSchema table : TABLES) {
      assertThat(atlas.rows(table).stream().filter(row -> row.contains("PLANTED")))
          .as(table.name())
          .isEmpty();
    }
    assertThat(atlas.rows(Run.TABLE)).isNotEmpty().noneMatch(row -> row.contains("PLANTED"));
  }

  @Test
  void aSecondRunChangesNothing() throws IOException {
    Map<String, List<String>> before = allRows(atlas);
    String checksums = Files.readString(folder.resolve("releases/" + TO + "/SHA256SUMS"));
    byte[] report = Files.readAllBytes(folder.resolve("releases/" + TO + "/report.html"));

    atlas.run(NightlyJob::run, TO);

    TABLES.forEach(
        table ->
            assertThat(onlyInFirst(atlas.rows(table), before.get(table.name())))
                .as(table.name())
                .isEmpty());
    assertThat(folder.resolve("releases/" + TO + ".2")).doesNotExist();
    assertThat(folder.resolve("releases/" + TO + "/SHA256SUMS")).hasContent(checksums);
    assertThat(folder.resolve("releases/" + TO + "/report.html")).hasBinaryContent(report);
    assertThat(atlas.said()).contains("release " + TO + " unchanged");
  }

  @Test
  void nightAfterNightGivesTheTablesOfARange(@TempDir Path nights) {
    Atlas range = sameInputs(nights.resolve("range"));
    Atlas single = sameInputs(nights.resolve("single"));
    range.run(NightlyJob::run, "2022-07-12", "2022-07-13");
    for (String day : List.of("2022-07-12", "2022-07-13")) {
      single.run(NightlyJob::run, day);
    }
    for (TableSchema table : TABLES) {
      List<String> expected = range.rows(table);
      List<String> found =
          AS_OF.contains(table)
              ? single.rows(table).stream().filter(row -> row.contains("2022-07-13")).toList()
              : single.rows(table);
      assertThat(found).as(table.name()).hasSameSizeAs(expected);
      assertThat(onlyInFirst(found, expected)).as(table.name()).isEmpty();
    }
  }

  private static List<String> onlyInFirst(List<String> first, List<String> second) {
    Set<String> others = Set.copyOf(second);
    return first.stream().filter(row -> !others.contains(row)).limit(3).toList();
  }

  private static Atlas sameInputs(Path other) {
    return new Atlas(other)
        .with("spark.atlas.raw", folder.resolve("raw"))
        .with("spark.atlas.geoip", folder.resolve("geoip"));
  }

  private static Map<String, List<String>> allRows(Atlas atlas) {
    Map<String, List<String>> rows = new TreeMap<>();
    TABLES.forEach(table -> rows.put(table.name(), atlas.rows(table)));
    return rows;
  }
}

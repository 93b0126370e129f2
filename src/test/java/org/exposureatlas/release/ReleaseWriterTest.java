package org.exposureatlas.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.ExposureIndex;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.SourceOverlap;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReleaseWriterTest {

  private static final LocalDate LAST = LocalDate.parse("2022-07-21");
  private static final int MIN_HOSTS = 5;

  /** Tables with a file for each day: countries, services, ranks, quality, overlap. */
  private static final int TABLES_BY_DAY = 5;

  @TempDir Path root;
  @TempDir Path elsewhere;

  private final Map<String, List<RowBuilder>> rows = new HashMap<>();

  @BeforeEach
  void world() {
    days(LAST.minusDays(1), LAST);
  }

  private void days(LocalDate... days) {
    for (LocalDate day : days) {
      country(day, "CN", 40, 700);
      service(day, "CN", "mongodb", 30, 400);
      service(day, "CN", "mysql", 12, 300);
      country(day, "US", 60, 500);
      service(day, "US", "mongodb", 58, 480);
      service(day, "US", "redis", 4, 20);
      service(day, "US", "kafka", 9, 0);
      country(day, "NL", 3, 7);
      service(day, "NL", "mongodb", 3, 7);
      country(day, "LI", 0, 0);
      country(day, "BE", 2, 5);
      service(day, "BE", "mongodb", 2, 5);
      rank(day, "CN", 700, 1);
      rank(day, "NL", 7, 3);
      add(
          SnapshotQuality.TABLE,
          RowBuilder.of(SnapshotQuality.TABLE)
              .with(SnapshotQuality.SNAPSHOT_DATE, Date.valueOf(day))
              .with(SnapshotQuality.SOURCE, "leakix"));
      add(
          SourceOverlap.TABLE,
          RowBuilder.of(SourceOverlap.TABLE)
              .with(SourceOverlap.SNAPSHOT_DATE, Date.valueOf(day))
              .with(SourceOverlap.SERVICE_TYPE, "mongodb"));
      trend(day, "CN", "all");
      trend(day, "NL", "all");
      trend(day, "US", "redis");
    }
  }

  private void add(TableSchema table, RowBuilder row) {
    rows.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(row);
  }

  private void country(LocalDate day, String code, long hosts, long bytes) {
    add(CountryExposure.TABLE, cell(CountryExposure.TABLE, day, code, hosts, bytes));
  }

  private void service(LocalDate day, String code, String service, long hosts, long bytes) {
    add(
        CountryServiceExposure.TABLE,
        cell(CountryServiceExposure.TABLE, day, code, hosts, bytes)
            .with(CountryServiceExposure.SERVICE_TYPE, service));
  }

  /** Gives {@code field} some figure, if it is one. */
  private static void fill(RowBuilder row, Field field) {
    switch (field.type().simpleString()) {
      case "bigint" -> row.with(field, 1L);
      case "int" -> row.with(field, 1);
      case "double" -> row.with(field, 0.5);
      case "array<double>" -> row.with(field, List.of(0.5));
      default -> {}
    }
  }

  private static RowBuilder cell(
      TableSchema table, LocalDate day, String code, long hosts, long bytes) {
    RowBuilder cell =
        RowBuilder.of(table)
            .with(CountryExposure.SNAPSHOT_DATE, Date.valueOf(day))
            .with(CountryExposure.COUNTRY_CODE, code)
            .with(CountryExposure.GEO_EDITION, "test/2022-07-01")
            .with(CountryExposure.SUPPRESSED, false);
    table.fields().forEach(field -> fill(cell, field));
    for (Field field :
        List.of(
            CountryExposure.REPORTED_BYTES,
            CountryExposure.DEDUPLICATED_BYTES,
            CountryExposure.CLEAN_BYTES,
            CountryExposure.ROBUST_BYTES)) {
      cell.with(field, bytes);
    }
    for (Field field :
        List.of(
            CountryExposure.HOST_COUNT,
            CountryExposure.ENDPOINT_COUNT,
            CountryExposure.EXPOSURE_COUNT)) {
      cell.with(field, hosts);
    }
    return cell;
  }

  private void rank(LocalDate day, String code, long value, int rank) {
    RowBuilder row = RowBuilder.of(CountryRank.TABLE);
    CountryRank.TABLE.fields().forEach(field -> fill(row, field));
    add(
        CountryRank.TABLE,
        row.with(CountryRank.SNAPSHOT_DATE, Date.valueOf(day))
            .with(CountryRank.MEASURE, "clean_bytes")
            .with(CountryRank.COUNTRY_CODE, code)
            .with(CountryRank.VALUE, value)
            .with(CountryRank.SHARE, 0.5)
            .with(CountryRank.RANK, rank));
  }

  private void trend(LocalDate day, String code, String service) {
    add(
        CountryTrend.TABLE,
        RowBuilder.of(CountryTrend.TABLE)
            .with(CountryTrend.AS_OF_DATE, Date.valueOf(day))
            .with(CountryTrend.COUNTRY_CODE, code)
            .with(CountryTrend.SERVICE_TYPE, service)
            .with(CountryTrend.MEASURE, "clean_bytes")
            .with(CountryTrend.WINDOW_DAYS, 28)
            .with(CountryTrend.SNAPSHOT_COUNT, 2)
            .with(CountryTrend.SLOPE_PER_DAY, 1.5)
            .with(CountryTrend.VERDICT, "too_short"));
  }

  private Release write(SparkSession spark) {
    return write(spark, root, LAST, MIN_HOSTS);
  }

  private Release write(SparkSession spark, Path releases, LocalDate last, int minHosts) {
    return ReleaseWriter.write(
        new Configuration(),
        releases.toString(),
        new ReleaseContent(
            last.toString(),
            last,
            minHosts,
            "0.1.0",
            ReleaseContent.Origin.SCANNED,
            new GivenTables(spark, rows)));
  }

  /** Tables of given rows, which are the version of their day. */
  private record GivenTables(SparkSession spark, Map<String, List<RowBuilder>> rows)
      implements ReleaseContent.Tables {

    @Override
    public String version(TableSchema table) {
      return "1";
    }

    @Override
    public NavigableMap<LocalDate, String> days(TableSchema table) {
      NavigableMap<LocalDate, String> days = new TreeMap<>();
      for (RowBuilder row : rows.getOrDefault(table.name(), List.of())) {
        days.merge(row.row().getDate(0).toLocalDate(), row.row().toString(), String::concat);
      }
      return days;
    }

    @Override
    public Dataset<Row> readWithout(TableSchema table, Set<LocalDate> days) {
      return RowBuilder.rows(
              spark,
              table,
              rows.getOrDefault(table.name(), List.of()).stream()
                  .filter(row -> !days.contains(row.row().getDate(0).toLocalDate()))
                  .toArray(RowBuilder[]::new))
          .repartition(3);
    }
  }

  private Path release(String file) {
    return root.resolve("2022-07-21").resolve(file);
  }

  private List<Row> read(SparkSession spark, TableSchema table) {
    return PublishedRelease.latest(new Configuration(), root.toString(), "2022-07-21")
        .orElseThrow()
        .table(spark, table)
        .where("snapshot_date = '2022-07-21'")
        .collectAsList();
  }

  @Test
  void smallCellsAreHiddenAndSoIsASecondOneThatWouldTell(SparkSession spark) {
    write(spark);

    assertThat(read(spark, CountryExposure.TABLE))
        .extracting(
            row -> row.getAs("country_code"),
            row -> row.getAs("host_count"),
            row -> row.getAs("clean_bytes"),
            row -> row.getAs("suppressed"))
        .containsExactlyInAnyOrder(
            tuple("CN", 40L, 700L, false),
            tuple("US", 60L, 500L, false),
            tuple("NL", null, null, true),
            tuple("BE", null, null, true),
            tuple("LI", 0L, 0L, false));
    assertThat(read(spark, CountryServiceExposure.TABLE))
        .extracting(
            row -> row.getAs("country_code"),
            row -> row.getAs("service_type"),
            row -> row.getAs("clean_bytes"))
        .containsExactlyInAnyOrder(
            tuple("CN", "mongodb", 400L),
            tuple("CN", "mysql", 300L),
            tuple("US", "mongodb", 480L),
            tuple("US", "redis", null),
            tuple("US", "kafka", null),
            tuple("NL", "mongodb", null),
            tuple("BE", "mongodb", null));
    assertThat(read(spark, CountryRank.TABLE))
        .extracting(row -> row.getAs("country_code"), row -> row.getAs("rank"))
        .containsExactlyInAnyOrder(tuple("CN", 1), tuple("NL", null));
  }

  @Test
  void aHiddenCellHasNoFigureAtAll(SparkSession spark) {
    write(spark);
    Map<TableSchema, Set<String>> kept =
        Map.of(
            CountryExposure.TABLE, Set.of("snapshot_date", "geo_edition"),
            CountryServiceExposure.TABLE, Set.of("snapshot_date", "service_type", "geo_edition"),
            CountryRank.TABLE, Set.of("snapshot_date", "measure"));

    kept.forEach(
        (table, names) -> {
          Row hidden = row(spark, table, "NL");
          Row shown = row(spark, table, "CN");
          for (Field field : table.fields()) {
            boolean isKept = names.contains(field.name()) || field.name().equals("country_code");
            if (!isKept && !field.name().equals("suppressed")) {
              assertThat(hidden.<Object>getAs(field.name())).as(field.name()).isNull();
            }
            if (field.type() instanceof NumericType) {
              assertThat(shown.<Object>getAs(field.name())).as(field.name()).isNotNull();
            }
          }
        });
  }

  private Row row(SparkSession spark, TableSchema table, String country) {
    return read(spark, table).stream()
        .filter(row -> row.getAs("country_code").equals(country))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOnlySmallCountryTakesTheNextSmallestWithIt(SparkSession spark) {
    rows.get(CountryExposure.TABLE.name()).removeIf(row -> row.row().getString(1).equals("BE"));
    write(spark);

    assertThat(read(spark, CountryExposure.TABLE))
        .filteredOn(row -> row.<Boolean>getAs("suppressed"))
        .extracting(row -> row.<String>getAs("country_code"))
        .containsExactlyInAnyOrder("NL", "CN");
    assertThat(read(spark, CountryServiceExposure.TABLE))
        .filteredOn(row -> row.<String>getAs("country_code").equals("CN"))
        .allMatch(row -> row.<Boolean>getAs("suppressed"));
  }

  @Test
  void trendsOfHiddenSeriesTellNothing(SparkSession spark) {
    write(spark);

    assertThat(
            PublishedRelease.latest(new Configuration(), root.toString(), "2022-07-21")
                .orElseThrow()
                .table(spark, CountryTrend.TABLE)
                .collectAsList())
        .extracting(
            row -> row.getAs("country_code"),
            row -> row.getAs("slope_per_day"),
            row -> row.getAs("verdict"))
        .containsExactlyInAnyOrder(
            tuple("CN", 1.5, "too_short"),
            tuple("NL", null, "too_short"),
            tuple("US", null, "too_short"));
  }

  private void churn(String code, String service, long entered, long left, long stayed) {
    RowBuilder row =
        RowBuilder.of(CountryChurn.TABLE)
            .with(CountryChurn.SNAPSHOT_DATE, Date.valueOf(LAST))
            .with(CountryChurn.FROM_DATE, Date.valueOf(LAST.minusDays(1)))
            .with(CountryChurn.COUNTRY_CODE, code)
            .with(CountryChurn.SERVICE_TYPE, service);
    for (StructField field : CountryChurn.TABLE.structType().fields()) {
      if (field.dataType().equals(DataTypes.LongType)) {
        row.with(CountryChurn.TABLE.field(field.name()), 0L);
      }
    }
    add(
        CountryChurn.TABLE,
        row.with(CountryChurn.BEFORE_COUNT, left + stayed)
            .with(CountryChurn.ENTERED_COUNT, entered)
            .with(CountryChurn.LEFT_COUNT, left)
            .with(CountryChurn.STAYED_COUNT, stayed)
            .with(CountryChurn.AFTER_COUNT, entered + stayed));
  }

  @Test
  void flowsOfFewStoresAreHiddenAndSoIsAnotherThatWouldTell(SparkSession spark) {
    churn("CN", "all", 9, 2, 31);
    churn("CN", "mongodb", 9, 0, 21);
    churn("CN", "mysql", 0, 2, 10);
    churn("US", "all", 7, 6, 50);
    churn("US", "mongodb", 7, 6, 40);
    churn("US", "redis", 0, 0, 10);
    churn("NL", "all", 0, 0, 30);
    write(spark);

    assertThat(read(spark, CountryChurn.TABLE))
        .extracting(
            row -> row.getAs("country_code") + " " + row.getAs("service_type"),
            row -> row.getAs("before_count"),
            row -> row.getAs("entered_count"),
            row -> row.getAs("left_count"),
            row -> row.getAs("left_bytes"),
            row -> row.getAs("stayed_count"))
        .containsExactlyInAnyOrder(
            tuple("CN all", 33L, null, null, null, 31L),
            tuple("CN mongodb", null, null, null, null, null),
            tuple("CN mysql", null, null, null, null, null),
            tuple("US all", 56L, 7L, 6L, 0L, 50L),
            tuple("US mongodb", null, null, null, null, null),
            tuple("US redis", null, null, null, null, null),
            tuple("NL all", null, null, null, null, null));
  }

  private void survival(String code, String service, String month, long stores) {
    add(
        ExposureSurvival.TABLE,
        RowBuilder.of(ExposureSurvival.TABLE)
            .with(ExposureSurvival.AS_OF_DATE, Date.valueOf(LAST))
            .with(ExposureSurvival.COUNTRY_CODE, code)
            .with(ExposureSurvival.SERVICE_TYPE, service)
            .with(ExposureSurvival.COHORT_MONTH, month)
            .with(ExposureSurvival.STORE_COUNT, stores)
            .with(ExposureSurvival.MEDIAN_DAYS, 10.0));
  }

  @Test
  void survivalOfFewIsHiddenAndNoTotalTellsIt(SparkSession spark) {
    for (String service : List.of("all", "mongodb")) {
      survival("all", service, "all", 78);
      survival("CN", service, "all", 34);
      survival("CN", service, "2022-05", 20);
      survival("CN", service, "2022-06", 11);
      survival("CN", service, "2022-07", 3);
      survival("US", service, "all", 40);
      survival("NL", service, "all", 4);
    }
    write(spark);
    List<String> shown =
        PublishedRelease.latest(new Configuration(), root.toString(), "2022-07-21")
            .orElseThrow()
            .table(spark, ExposureSurvival.TABLE)
            .where("service_type = 'all' AND store_count IS NOT NULL AND median_days IS NOT NULL")
            .collectAsList()
            .stream()
            .map(row -> row.getAs("country_code") + " " + row.getAs("cohort_month"))
            .toList();

    assertThat(shown).containsExactlyInAnyOrder("all all", "US all", "CN 2022-05");
  }

  @Test
  void overlapsOfFewExposuresAndPlacesOfHiddenCellsAreHidden(SparkSession spark) {
    rows.remove(SourceOverlap.TABLE.name());
    for (long both : List.of(4L, 5L)) {
      add(
          SourceOverlap.TABLE,
          RowBuilder.of(SourceOverlap.TABLE)
              .with(SourceOverlap.SNAPSHOT_DATE, Date.valueOf(LAST))
              .with(SourceOverlap.SERVICE_TYPE, both == 4 ? "redis" : "mongodb")
              .with(SourceOverlap.ONLY_A_COUNT, 0L)
              .with(SourceOverlap.ONLY_B_COUNT, 20L)
              .with(SourceOverlap.BOTH_COUNT, both)
              .with(SourceOverlap.CHAPMAN_ESTIMATE, 25.0));
    }
    for (String list : List.of("index", "mongodb", "redis")) {
      for (String code : List.of("US", "NL")) {
        add(
            ExposureIndex.TABLE,
            RowBuilder.of(ExposureIndex.TABLE)
                .with(ExposureIndex.SNAPSHOT_DATE, Date.valueOf(LAST))
                .with(ExposureIndex.LIST, list)
                .with(ExposureIndex.COUNTRY_CODE, code)
                .with(ExposureIndex.EXPOSED_COUNT, 10L)
                .with(ExposureIndex.RANK, 1));
      }
    }
    write(spark);

    assertThat(read(spark, SourceOverlap.TABLE))
        .extracting(
            row -> row.getAs("service_type"),
            row -> row.getAs("only_b_count"),
            row -> row.getAs("chapman_estimate"))
        .containsExactlyInAnyOrder(tuple("mongodb", 20L, 25.0), tuple("redis", null, null));
    assertThat(read(spark, ExposureIndex.TABLE))
        .filteredOn(row -> row.getAs("rank") != null)
        .extracting(row -> row.getAs("list"), row -> row.getAs("country_code"))
        .containsExactlyInAnyOrder(tuple("index", "US"), tuple("mongodb", "US"));
  }

  @Test
  void duckDbReadsWhatIsPublished(SparkSession spark) throws Exception {
    write(spark);

    assertThat(
            texts(
                "SELECT country_code || ' ' || clean_bytes || ' ' || snapshot_date"
                    + " FROM read_parquet('"
                    + release("country_exposure/*/*.parquet")
                    + "') WHERE snapshot_date = '2022-07-21' AND NOT suppressed"
                    + " ORDER BY clean_bytes DESC"))
        .containsExactly("CN 700 2022-07-21", "US 500 2022-07-21", "LI 0 2022-07-21");
  }

  /** What DuckDB finds, a text a row. */
  private static List<String> texts(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet result = duck.createStatement().executeQuery(query)) {
      while (result.next()) {
        found.add(result.getString(1));
      }
    }
    return found;
  }

  @Test
  void theRowsOfTheLastDayAreReadByThemselves(SparkSession spark) throws IOException {
    write(spark);
    PublishedRelease release =
        PublishedRelease.latest(new Configuration(), root.toString(), "2022-07-21").orElseThrow();

    assertThat(release.lastDay(spark).get("country_rank").collectAsList())
        .extracting(row -> row.getDate(0).toString(), row -> row.getAs("country_code"))
        .containsExactlyInAnyOrder(tuple("2022-07-21", "CN"), tuple("2022-07-21", "NL"));
    assertThat(release.lastDay(spark).get("country_churn").isEmpty()).isTrue();

    Files.delete(release("country_exposure/month=2022-07/2022-07-21.parquet"));
    assertThatThrownBy(() -> release.lastDay(spark))
        .isInstanceOf(MissingInputException.class)
        .hasMessageContaining("no country_exposure for 2022-07-21: looked at")
        .hasMessageEndingWith("2022-07-21/country_exposure/month=2022-07/2022-07-21.parquet");
  }

  @Test
  void onlyTheFilesOfTheReleaseAreThereAndTheirChecksumsHold(SparkSession spark) throws Exception {
    write(spark);
    List<String> listed = new ArrayList<>();
    for (String line : Files.readAllLines(release("SHA256SUMS"))) {
      String[] cells = line.split("  ", 2);
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(release(cells[1])));
      assertThat(HexFormat.of().formatHex(digest)).as(cells[1]).isEqualTo(cells[0]);
      listed.add(cells[1]);
    }
    listed.addAll(List.of("SHA256SUMS", "INPUTS", "release.json"));

    assertThat(files(""))
        .containsExactlyInAnyOrderElementsOf(
            listed.stream().map(file -> "2022-07-21/" + file).toList());
    assertThat(listed)
        .contains(
            "country_exposure/month=2022-07/2022-07-20.parquet",
            "country_trend/month=2022-07/2022-07-21.parquet",
            "data-dictionary.md",
            "datapackage.json",
            "CITATION.cff",
            "README.md");
  }

  @Test
  void theDataPackageNamesEveryFileAndColumn(SparkSession spark) throws IOException {
    write(spark);
    JsonNode root = new ObjectMapper().readTree(Files.readString(release("datapackage.json")));

    assertThat(root.get("resources")).hasSize(10);
    for (JsonNode resource : root.get("resources")) {
      resource.get("path").forEach(path -> assertThat(release(path.asText())).exists());
      assertThat(resource.at("/schema/fields")).isNotEmpty();
      resource
          .at("/schema/fields")
          .forEach(field -> assertThat(field.get("description").asText()).isNotEmpty());
    }
    assertThat(Files.readString(release("data-dictionary.md")))
        .contains("`clean_bytes_low95`")
        .contains("World Bank");
  }

  @Test
  void theSameRowsLeaveAReleaseAlone(SparkSession spark) throws IOException {
    assertThat(write(spark).outcome()).isEqualTo(Release.Outcome.NEW);
    String before = Files.readString(release("SHA256SUMS"));
    Files.writeString(release("mark"), "still here");

    assertThat(write(spark).outcome()).isEqualTo(Release.Outcome.UNCHANGED);
    assertThat(release("SHA256SUMS")).hasContent(before);
    assertThat(release("mark")).exists();
    assertThat(root.resolve("2022-07-21.2")).doesNotExist();
  }

  @Test
  void otherRowsMakeARevisionThatNamesWhatChanged(SparkSession spark) throws IOException {
    write(spark);
    String before = Files.readString(release("SHA256SUMS"));
    country(LAST, "FR", 50, 9);

    Release revised = write(spark);
    JsonNode manifest =
        new ObjectMapper().readTree(Files.readString(root.resolve("2022-07-21.2/release.json")));

    assertThat(revised.name()).isEqualTo("2022-07-21.2");
    assertThat(revised.outcome()).isEqualTo(Release.Outcome.REVISED);
    assertThat(release("SHA256SUMS")).hasContent(before);
    assertThat(manifest.get("supersedes").asText()).isEqualTo("2022-07-21");
    assertThat(manifest.get("changed_files"))
        .extracting(JsonNode::asText)
        .containsExactly("country_exposure/month=2022-07/2022-07-21.parquet");
    assertThat(write(spark).outcome()).isEqualTo(Release.Outcome.UNCHANGED);
  }

  @Test
  void aDayThatIsAsItWasIsTakenOverFromTheReleaseBefore(SparkSession spark) throws IOException {
    country(LAST.minusDays(1), "FR", 3, 9);
    country(LAST, "FR", 50, 9);
    trend(LAST, "FR", "all");
    assertThat(write(spark, root, LAST.minusDays(1), MIN_HOSTS).takenOverCount()).isZero();

    assertThat(write(spark).takenOverCount()).isEqualTo(TABLES_BY_DAY);
    assertIsAsIfMadeAnew(spark, "2022-07-21");
  }

  @Test
  void aDayThatChangedIsMadeAnewWithAllThatDependsOnIt(SparkSession spark) throws IOException {
    churn("CN", "all", 9, 8, 31);
    write(spark);
    rows.get(CountryExposure.TABLE.name())
        .removeIf(row -> row.row().toString().startsWith("[2022-07-20,CN,"));
    country(LAST.minusDays(1), "CN", 4, 700);

    Release revised = write(spark);

    assertThat(revised.name()).isEqualTo("2022-07-21.2");
    assertThat(revised.takenOverCount())
        .as("all but trend, churn and what is hidden by the cells of 20 July")
        .isEqualTo(2 * TABLES_BY_DAY - 3);
    assertIsAsIfMadeAnew(spark, "2022-07-21.2");
  }

  @Test
  void monthsBeforeTheLastAreAFileEach(SparkSession spark) throws Exception {
    LocalDate first = LocalDate.parse("2022-07-01");
    rows.clear();
    days(first.minusDays(2), first.minusDays(1));
    write(spark, root, first.minusDays(1), MIN_HOSTS);
    days(first, first.plusDays(1));

    assertThat(write(spark, root, first, MIN_HOSTS).takenOverCount()).isZero();
    assertThat(files("2022-06-30/country_exposure"))
        .containsExactly("month=2022-06/2022-06-29.parquet", "month=2022-06/2022-06-30.parquet");
    assertThat(files("2022-07-01/country_exposure"))
        .containsExactly("month=2022-06/2022-06.parquet", "month=2022-07/2022-07-01.parquet");
    assertThat(files("2022-07-01/country_trend"))
        .as("of trends only those as of the last day are released")
        .containsExactly("month=2022-07/2022-07-01.parquet");
    assertThat(
            texts(
                "SELECT snapshot_date || ' ' || country_code FROM read_parquet('"
                    + root.resolve("2022-07-01/country_rank/month=2022-06/2022-06.parquet")
                    + "')"))
        .containsExactly("2022-06-29 CN", "2022-06-29 NL", "2022-06-30 CN", "2022-06-30 NL");
    assertThat(write(spark, root, first.plusDays(1), MIN_HOSTS).takenOverCount())
        .isEqualTo(2 * TABLES_BY_DAY);
    assertIsAsIfMadeAnew(spark, first.plusDays(1), "2022-07-02");
  }

  private List<String> files(String folder) throws IOException {
    Path there = root.resolve(folder);
    try (Stream<Path> files = Files.walk(there)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> there.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aDayOfAMonthThatChangedMakesItsFileAnew(SparkSession spark) throws IOException {
    LocalDate first = LocalDate.parse("2022-07-01");
    rows.clear();
    days(first.minusDays(2), first.minusDays(1), first);
    write(spark, root, first, MIN_HOSTS);
    country(first.minusDays(2), "FR", 50, 9);

    Release revised = write(spark, root, first, MIN_HOSTS);

    assertThat(revised.name()).isEqualTo("2022-07-01.2");
    assertThat(revised.takenOverCount())
        .as("all of 1 July but its trend, and quality and overlap of June")
        .isEqualTo(TABLES_BY_DAY + 2);
    assertIsAsIfMadeAnew(spark, first, "2022-07-01.2");
  }

  @Test
  void rowsOfADayThatAreGoneAreNotTakenOver(SparkSession spark) throws IOException {
    write(spark, root, LAST.minusDays(1), MIN_HOSTS);
    rows.get(SourceOverlap.TABLE.name()).remove(0);

    assertThat(write(spark).takenOverCount()).isEqualTo(TABLES_BY_DAY - 1);
    assertThat(release("source_overlap/month=2022-07/2022-07-20.parquet")).doesNotExist();
    assertIsAsIfMadeAnew(spark, "2022-07-21");
  }

  @Test
  void anotherBoundOfHostsMakesAllAnew(SparkSession spark) throws IOException {
    write(spark, root, LAST.minusDays(1), 3);

    assertThat(write(spark).takenOverCount()).isZero();
    assertIsAsIfMadeAnew(spark, "2022-07-21");
  }

  @Test
  void aFileThatIsNotAsPublishedIsMadeAnew(SparkSession spark) throws IOException {
    write(spark, root, LAST.minusDays(1), MIN_HOSTS);
    String day = "2022-07-20/%s/month=2022-07/2022-07-20.parquet";
    Files.writeString(root.resolve(day.formatted("country_exposure")), "damaged");
    Files.delete(root.resolve(day.formatted("country_rank")));

    assertThat(write(spark).takenOverCount()).isEqualTo(TABLES_BY_DAY - 2);
    assertIsAsIfMadeAnew(spark, "2022-07-21");
  }

  @Test
  void aReleaseWithoutManifestIsNoSource(SparkSession spark) throws IOException {
    write(spark, root, LAST.minusDays(1), MIN_HOSTS);
    Files.delete(root.resolve("2022-07-20/release.json"));

    assertThat(write(spark).takenOverCount()).isZero();
  }

  private void assertIsAsIfMadeAnew(SparkSession spark, String name) throws IOException {
    assertIsAsIfMadeAnew(spark, LAST, name);
  }

  /** Compares with a release of the same content where there is none to take files from. */
  private void assertIsAsIfMadeAnew(SparkSession spark, LocalDate last, String name)
      throws IOException {
    write(spark, elsewhere, last, MIN_HOSTS);
    Path anew = elsewhere.resolve(last.toString());
    List<String> checksums = dataChecksums(anew);

    assertThat(dataChecksums(root.resolve(name))).isEqualTo(checksums);
    for (String line : checksums) {
      String file = line.split("  ", 2)[1];
      assertThat(root.resolve(name).resolve(file)).hasSameBinaryContentAs(anew.resolve(file));
    }
  }

  private static List<String> dataChecksums(Path release) throws IOException {
    return Files.readAllLines(release.resolve("SHA256SUMS")).stream()
        .filter(line -> line.endsWith(".parquet") || line.endsWith("hidden-cells.csv"))
        .toList();
  }

  @Test
  void aListOfHiddenCellsThatIsNotAsPublishedIsFoundAnew(SparkSession spark) throws IOException {
    write(spark, root, LAST.minusDays(1), MIN_HOSTS);
    Files.writeString(
        root.resolve("2022-07-20/hidden-cells.csv"), "snapshot_date,country_code,service_type\n");

    assertThat(write(spark).takenOverCount()).isEqualTo(TABLES_BY_DAY);
    assertIsAsIfMadeAnew(spark, "2022-07-21");
    assertThat(release("hidden-cells.csv"))
        .content()
        .startsWith("snapshot_date,country_code,service_type\n2022-07-20,BE,all\n")
        .contains("2022-07-21,US,redis\n");
  }

  @Test
  void aFailureLeavesNothingVisibleAndTheNextRunCompletes(SparkSession spark) throws IOException {
    List<RowBuilder> trends = rows.remove(CountryTrend.TABLE.name());
    assertThatThrownBy(() -> write(spark))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining("country_trend: found no row");
    assertThat(release("")).doesNotExist();

    Files.createDirectories(release("country_exposure"));
    Files.writeString(release("country_exposure/left-by-a-crash"), "");
    rows.put(CountryTrend.TABLE.name(), trends);
    assertThat(write(spark).outcome()).isEqualTo(Release.Outcome.NEW);
    assertThat(release("country_exposure/left-by-a-crash")).doesNotExist();
    assertThat(release("release.json")).exists();
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(entries).containsExactly(root.resolve("2022-07-21"));
    }
  }
}

package org.exposureatlas.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.Break;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReportTest {

  private static final LocalDate LAST = LocalDate.parse("2022-07-21");
  private static final long TERABYTE = 1_000_000_000_000L;

  @TempDir Path folder;

  private static String manifest(boolean simulated) {
    return "{\"release\":\"2022-07-21\",\"last_snapshot_date\":\"2022-07-21\",\"min_hosts\":5,"
        + "\"code_version\":\"0.1.0\",\"simulated\":"
        + simulated
        + "}";
  }

  private static Map<String, Dataset<Row>> tables(SparkSession spark) {
    List<RowBuilder> countries = new ArrayList<>();
    List<RowBuilder> services = new ArrayList<>();
    List<RowBuilder> ranks = new ArrayList<>();
    for (int before = 0; before < 6; before++) {
      LocalDate day = LAST.minusDays(before);
      if (before != 3) {
        countries.add(cell(CountryExposure.TABLE, day, "CN", 700 + before));
        countries.add(cell(CountryExposure.TABLE, day, "US", 500 - before));
        countries.add(
            RowBuilder.of(CountryExposure.TABLE)
                .with(CountryExposure.SNAPSHOT_DATE, Date.valueOf(day))
                .with(CountryExposure.COUNTRY_CODE, "NL")
                .with(CountryExposure.SUPPRESSED, true));
      }
    }
    services.add(
        cell(CountryServiceExposure.TABLE, LAST, "CN", 700)
            .with(CountryServiceExposure.SERVICE_TYPE, "mongodb"));
    ranks.add(
        RowBuilder.of(CountryRank.TABLE)
            .with(CountryRank.SNAPSHOT_DATE, Date.valueOf(LAST))
            .with(CountryRank.MEASURE, "clean_bytes")
            .with(CountryRank.COUNTRY_CODE, "CN")
            .with(CountryRank.VALUE, 700 * TERABYTE)
            .with(CountryRank.SHARE, 0.5)
            .with(CountryRank.RANK, 1)
            .with(CountryRank.RANK_LOW95, 1)
            .with(CountryRank.RANK_HIGH95, 2)
            .with(CountryRank.FIRST_PROBABILITY, 0.971));
    RowBuilder trend =
        RowBuilder.of(CountryTrend.TABLE)
            .with(CountryTrend.AS_OF_DATE, Date.valueOf(LAST))
            .with(CountryTrend.COUNTRY_CODE, "CN")
            .with(CountryTrend.SERVICE_TYPE, "all")
            .with(CountryTrend.MEASURE, "clean_bytes")
            .with(CountryTrend.WINDOW_DAYS, 28)
            .with(CountryTrend.VERDICT, "rising")
            .with(CountryTrend.VERDICT_TEXT, "Rising by 3 % in 28 days.");
    RowBuilder outage =
        RowBuilder.of(Break.TABLE)
            .with(Break.AS_OF_DATE, Date.valueOf(LAST))
            .with(Break.FROM_DATE, Date.valueOf(LAST.minusDays(3)))
            .with(Break.TO_DATE, Date.valueOf(LAST.minusDays(3)))
            .with(Break.KIND, "outage")
            .with(Break.TEXT, "no snapshot of leakix for 1 day");
    return Map.of(
        "country_exposure", rows(spark, CountryExposure.TABLE, countries),
        "country_service_exposure", rows(spark, CountryServiceExposure.TABLE, services),
        "country_rank", rows(spark, CountryRank.TABLE, ranks),
        "country_trend", rows(spark, CountryTrend.TABLE, List.of(trend)),
        "country_churn", rows(spark, CountryChurn.TABLE, List.of(churn())),
        "exposure_survival", rows(spark, ExposureSurvival.TABLE, List.of(survival())),
        "break", rows(spark, Break.TABLE, List.of(outage)));
  }

  private static RowBuilder churn() {
    return RowBuilder.of(CountryChurn.TABLE)
        .with(CountryChurn.SNAPSHOT_DATE, Date.valueOf(LAST))
        .with(CountryChurn.FROM_DATE, Date.valueOf(LAST.minusDays(1)))
        .with(CountryChurn.COUNTRY_CODE, "CN")
        .with(CountryChurn.SERVICE_TYPE, "all")
        .with(CountryChurn.BEFORE_BYTES, 701 * TERABYTE)
        .with(CountryChurn.ENTERED_BYTES, 9 * TERABYTE)
        .with(CountryChurn.LEFT_BYTES, 6 * TERABYTE)
        .with(CountryChurn.AFTER_BYTES, 700 * TERABYTE);
  }

  private static RowBuilder survival() {
    return RowBuilder.of(ExposureSurvival.TABLE)
        .with(ExposureSurvival.AS_OF_DATE, Date.valueOf(LAST))
        .with(ExposureSurvival.COUNTRY_CODE, "all")
        .with(ExposureSurvival.SERVICE_TYPE, "all")
        .with(ExposureSurvival.COHORT_MONTH, "all")
        .with(ExposureSurvival.STORE_COUNT, 900L)
        .with(ExposureSurvival.MEDIAN_DAYS, 41.5)
        .with(ExposureSurvival.MEDIAN_DAYS_LOW95, 38.0);
  }

  private static RowBuilder cell(TableSchema table, LocalDate day, String code, long terabytes) {
    RowBuilder cell =
        RowBuilder.of(table)
            .with(CountryExposure.SNAPSHOT_DATE, Date.valueOf(day))
            .with(CountryExposure.COUNTRY_CODE, code)
            .with(CountryExposure.EXPOSURE_COUNT, 1_234L)
            .with(CountryExposure.HOST_COUNT, 1_000L)
            .with(CountryExposure.UNKNOWN_SIZE_COUNT, 3L)
            .with(CountryExposure.CLEAN_BYTES_LOW95, (terabytes - 90) * TERABYTE)
            .with(CountryExposure.CLEAN_BYTES_HIGH95, (terabytes + 110) * TERABYTE)
            .with(CountryExposure.GINI, 0.9)
            .with(CountryExposure.LORENZ, List.of(0.0, 0.01, 0.1, 1.0))
            .with(CountryExposure.SUPPRESSED, false);
    for (Field field :
        List.of(
            CountryExposure.REPORTED_BYTES,
            CountryExposure.DEDUPLICATED_BYTES,
            CountryExposure.CLEAN_BYTES,
            CountryExposure.ROBUST_BYTES)) {
      cell.with(field, terabytes * TERABYTE);
    }
    return cell;
  }

  private static Dataset<Row> rows(SparkSession spark, TableSchema table, List<RowBuilder> rows) {
    return RowBuilder.rows(spark, table, rows.toArray(RowBuilder[]::new));
  }

  private static String page(String manifest, Map<String, Dataset<Row>> tables) {
    return Report.page(manifest, tables, tables.get("country_exposure"));
  }

  @Test
  void theHeadlineIsASentenceThatCanStandAlone(SparkSession spark) {
    assertThat(page(manifest(false), tables(spark)))
        .contains(
            "<h1>China had the most data standing open on the internet on 21 July 2022: 700 TB in"
                + " 1,234 exposed data stores, 50 % of the world's volume. The United States"
                + " followed with 500 TB in 1,234.</h1>")
        .doesNotContain("The world is simulated");
  }

  @Test
  void aSentenceSaysWhatCanBeConcludedAndWhatNot(SparkSession spark) {
    assertThat(page(manifest(false), tables(spark)))
        .contains(
            "It can be concluded that China is first: it leads in 97 % of the resampled worlds. By"
                + " which stores happened to be seen, its volume lies between 610 TB and 810 TB (95 %"
                + " interval); stores that the scan did not reach");
    assertThat(new Conclusion("The United States", "China", null, 0.58).sentence())
        .startsWith(
            "Which country is first cannot be concluded: the United States leads in 58 % of the"
                + " resampled worlds only. Nothing is said of what was not seen:");
    assertThat(new Conclusion("China", "India", null, null).sentence())
        .startsWith("How sure this order is, is not known.");
    assertThat(new Conclusion("China", null, null, 1.0).sentence())
        .startsWith("No other country is shown to compare with.");
  }

  @Test
  void breaksAndVerdictsAreSaidInWords(SparkSession spark) {
    assertThat(page(manifest(false), tables(spark)))
        .contains("no snapshot of leakix for 1 day")
        .contains("Rising by 3 % in 28 days.");
  }

  @Test
  void aPartialLastDayIsSaidToBeUnknown(SparkSession spark) {
    Map<String, Dataset<Row>> tables = new HashMap<>(tables(spark));
    tables.put(
        "country_exposure",
        rows(
            spark,
            CountryExposure.TABLE,
            List.of(
                RowBuilder.of(CountryExposure.TABLE)
                    .with(CountryExposure.SNAPSHOT_DATE, Date.valueOf(LAST))
                    .with(CountryExposure.COUNTRY_CODE, "CN")
                    .with(CountryExposure.SUPPRESSED, false))));

    assertThat(page(manifest(false), tables))
        .contains("<h1>The snapshot of 21 July 2022 is partial: its figures are not known.</h1>");
  }

  @Test
  void aSimulatedWorldSaysSo(SparkSession spark) {
    assertThat(page(manifest(true), tables(spark)))
        .contains("The world is simulated: these figures say nothing about any country.");
  }

  @Test
  void thePageNeedsNoNetwork(SparkSession spark) {
    String page = page(manifest(false), tables(spark)).replaceAll("(?s)<script>.*?</script>", "");

    assertThat(page.contains("<link") || page.contains(" src=") || page.contains("{{")).isFalse();
    assertThat(page.contains("@import") || page.contains("url(")).isFalse();
  }

  @Test
  void aBrowserDrawsChartsAndTables(SparkSession spark) throws Exception {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no Chromium is installed");
    Path page =
        Files.writeString(folder.resolve("report.html"), page(manifest(true), tables(spark)));

    String drawn = draw(browser.orElseThrow(), page);

    assertThat(drawn).contains("data-ready=\"true\"");
    assertThat(drawn.split("<figure>", -1)).as("a panel each for China and the US").hasSize(3);
    assertThat(drawn.split("<svg", -1))
        .as("ranking, series, two panels, churn, survival, Lorenz")
        .hasSize(8);
    assertThat(drawn)
        .contains("Countries by clean volume, 21 July 2022")
        .contains("700 TB")
        .contains("No whole snapshot on 2022-07-18: the line breaks there, it does not fall.")
        .contains(">hidden<")
        .contains("<td class=\"rising\" title=\"Rising by 3 % in 28 days.\">▲ rising</td>")
        .contains(">mongodb<")
        .contains("610 – 810", "1 (1–2)", "97.1 %")
        .contains("few stores, net", ">41.5 days<", "China (Gini 0.90)");
  }

  private String draw(Path browser, Path page) throws IOException, InterruptedException {
    Path output = folder.resolve("drawn.html");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ended").isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static Optional<Path> browser() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(place -> Stream.of("chromium", "chromium-browser").map(Path.of(place)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

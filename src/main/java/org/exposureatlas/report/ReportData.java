package org.exposureatlas.report;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Date;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.Break;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;

/** What the report shows, drawn from the tables of a release. */
final class ReportData {

  private static final int COUNTRIES_WITH_SERIES = 40;
  private static final int TABLES_AT_A_TIME = 2;
  private static final double TERABYTE = 1e12;
  private static final DateTimeFormatter LONG_DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
  private static final Pattern WITH_ARTICLE =
      Pattern.compile(
          "United .*|.* (Republic|Islands|Territories)|Netherlands|Philippines|Maldives|Bahamas"
              + "|Gambia|Comoros|Seychelles");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Field> MEASURES =
      List.of(
          CountryExposure.CLEAN_BYTES,
          CountryExposure.DEDUPLICATED_BYTES,
          CountryExposure.REPORTED_BYTES,
          CountryExposure.ROBUST_BYTES,
          CountryExposure.EXPOSURE_COUNT,
          CountryExposure.HOST_COUNT);

  /** What a series is made of. */
  private static final Column[] SERIES =
      Stream.concat(
              Stream.of(
                  CountryExposure.SNAPSHOT_DATE,
                  CountryExposure.COUNTRY_CODE,
                  CountryExposure.SUPPRESSED),
              MEASURES.stream())
          .map(Field::col)
          .toArray(Column[]::new);

  private static final List<Field> BOUNDS =
      List.of(
          CountryExposure.CLEAN_BYTES_LOW95,
          CountryExposure.CLEAN_BYTES_HIGH95,
          CountryExposure.EXPOSURE_COUNT_LOW95,
          CountryExposure.EXPOSURE_COUNT_HIGH95,
          CountryExposure.HOST_COUNT_LOW95,
          CountryExposure.HOST_COUNT_HIGH95);

  private final LocalDate date;
  private final List<Row> countries;
  private final Map<String, Row> ranks;
  private final ObjectNode root = JSON.createObjectNode();

  private ReportData(LocalDate date, List<Row> countries, Map<String, Row> ranks) {
    this.date = date;
    this.countries = countries;
    this.ranks = ranks;
  }

  /** Asks for the rows of two tables at a time: planning a query takes as long as running it. */
  static ReportData of(
      JsonNode manifest, Map<String, Dataset<Row>> tables, Dataset<Row> countriesOfAllDays) {
    ExecutorService threads = Executors.newFixedThreadPool(TABLES_AT_A_TIME);
    try {
      return of(manifest, tables, countriesOfAllDays, threads);
    } finally {
      threads.shutdown();
    }
  }

  private static ReportData of(
      JsonNode manifest,
      Map<String, Dataset<Row>> tables,
      Dataset<Row> countriesOfAllDays,
      Executor threads) {
    LocalDate date = LocalDate.parse(manifest.get("last_snapshot_date").asText());
    CompletableFuture<List<Row>> countries =
        supplyAsync(
            () -> ranked(on(table(tables, CountryExposure.TABLE), date).collectAsList()), threads);
    CompletableFuture<Map<String, Row>> ranks =
        supplyAsync(() -> ranks(on(table(tables, CountryRank.TABLE), date)), threads);
    // at once, as files of all days are read while the other thread plans the rest
    CompletableFuture<List<Row>> history =
        countries.thenApply(ranked -> history(countriesOfAllDays, ranked));
    CompletableFuture<Map<String, Row>> trends =
        supplyAsync(() -> trends(table(tables, CountryTrend.TABLE)), threads);
    CompletableFuture<List<Row>> breaks =
        supplyAsync(() -> table(tables, Break.TABLE).collectAsList(), threads);
    CompletableFuture<List<Row>> services =
        supplyAsync(
            () -> on(table(tables, CountryServiceExposure.TABLE), date).collectAsList(), threads);
    CompletableFuture<List<Row>> churn =
        supplyAsync(() -> Movements.churn(on(table(tables, CountryChurn.TABLE), date)), threads);
    CompletableFuture<List<Row>> survival =
        supplyAsync(() -> Movements.survival(table(tables, ExposureSurvival.TABLE)), threads);
    ReportData data = new ReportData(date, countries.join(), ranks.join());
    data.root.put("release", manifest.get("release").asText());
    data.root.put("date", date.toString());
    data.root.put("minHosts", manifest.get("min_hosts").asInt());
    data.root.put("version", manifest.get("code_version").asText());
    data.addWorld();
    data.addCountries(trends.join());
    data.addBreaks(breaks.join());
    data.addServices(services.join());
    Movements.addChurn(data.root, churn.join());
    Movements.addSurvival(data.root, survival.join());
    data.addSeries(history.join());
    return data;
  }

  /** Countries with most clean volume first. */
  private static List<Row> ranked(List<Row> countries) {
    return countries.stream()
        .sorted(
            Comparator.comparing(
                    (Row row) -> number(row, CountryExposure.CLEAN_BYTES),
                    Comparator.nullsFirst(Comparator.naturalOrder()))
                .reversed()
                .thenComparing(ReportData::code))
        .toList();
  }

  ObjectNode json() {
    return root;
  }

  /** One sentence that can stand alone. */
  String headline() {
    List<Row> known = leading();
    if (known.isEmpty()) {
      return isPartial()
          ? "The snapshot of " + LONG_DATE.format(date) + " is partial: its figures are not known."
          : "No country had enough exposed hosts on " + LONG_DATE.format(date) + " to be shown.";
    }
    Row first = known.get(0);
    String sentence =
        String.format(
            Locale.ROOT,
            "%s had the most data standing open on the internet on %s: %s in %,d exposed data"
                + " stores, %.0f %% of the world's volume.",
            subject(code(first)),
            LONG_DATE.format(date),
            volume(first),
            number(first, CountryExposure.EXPOSURE_COUNT),
            100 * share(code(first)));
    if (known.size() == 1) {
      return sentence;
    }
    Row second = known.get(1);
    return sentence
        + String.format(
            Locale.ROOT,
            " %s followed with %s in %,d.",
            subject(code(second)),
            volume(second),
            number(second, CountryExposure.EXPOSURE_COUNT));
  }

  /** What can and cannot be concluded from the headline; empty where it names no country. */
  String conclusion() {
    List<Row> known = leading();
    if (known.isEmpty()) {
      return "";
    }
    Row first = known.get(0);
    Row rank = ranks.get(code(first));
    Long low = number(first, CountryExposure.CLEAN_BYTES_LOW95);
    Long high = number(first, CountryExposure.CLEAN_BYTES_HIGH95);
    return new Conclusion(
            subject(code(first)),
            known.size() == 1 ? null : subject(code(known.get(1))),
            low == null || high == null ? null : terabytes(low) + " and " + terabytes(high),
            rank == null ? null : rank.<Double>getAs(CountryRank.FIRST_PROBABILITY.name()))
        .sentence();
  }

  /** The two countries with most clean volume. */
  private List<Row> leading() {
    return countries.stream()
        .filter(row -> !isUnknown(row))
        .filter(row -> number(row, CountryExposure.CLEAN_BYTES) != null)
        .limit(2)
        .toList();
  }

  private boolean isPartial() {
    return countries.stream()
        .anyMatch(row -> !isSuppressed(row) && number(row, CountryExposure.HOST_COUNT) == null);
  }

  private static String volume(Row row) {
    return terabytes(number(row, CountryExposure.CLEAN_BYTES));
  }

  private static String terabytes(long bytes) {
    double terabytes = bytes / TERABYTE;
    return String.format(Locale.ROOT, terabytes >= 100 ? "%,.0f TB" : "%,.3g TB", terabytes);
  }

  /** Name of a country as the subject of a sentence: some take an article. */
  private static String subject(String code) {
    String name = name(code);
    return WITH_ARTICLE.matcher(name).matches() ? "The " + name : name;
  }

  /** English name of a country code, from the Unicode CLDR of the Java platform. */
  static String name(String code) {
    return code.equals("ZZ")
        ? "Unknown country"
        : new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
  }

  /** The world's totals hold the hidden cells too: a country's value over its share. */
  private void addWorld() {
    ObjectNode world = root.putObject("world");
    world.put(
        "countries",
        countries.stream().filter(ReportData::isExposed).filter(row -> !isUnknown(row)).count());
    countries.stream()
        .filter(row -> share(code(row)) > 0)
        .filter(row -> number(row, CountryExposure.CLEAN_BYTES) != null)
        .findFirst()
        .ifPresent(
            row ->
                world.put(
                    CountryExposure.CLEAN_BYTES.name(),
                    number(row, CountryExposure.CLEAN_BYTES) / share(code(row))));
  }

  private static boolean isExposed(Row row) {
    Long exposures = number(row, CountryExposure.EXPOSURE_COUNT);
    return exposures == null || exposures > 0;
  }

  private void addCountries(Map<String, Row> trends) {
    ArrayNode list = root.putArray("countries");
    for (Row row : countries) {
      ObjectNode entry = list.addObject();
      entry.put("code", code(row));
      entry.put("name", name(code(row)));
      entry.put("suppressed", isSuppressed(row));
      MEASURES.forEach(field -> entry.put(field.name(), number(row, field)));
      BOUNDS.forEach(field -> entry.put(field.name(), number(row, field)));
      addRank(entry, ranks.get(code(row)));
      entry.put("gini", row.<Double>getAs(CountryExposure.GINI.name()));
      addLorenz(entry, row);
      entry.put("top1_share", row.<Double>getAs(CountryExposure.TOP1_SHARE.name()));
      Row trend = trends.get(code(row));
      if (trend != null) {
        entry.put("verdict", trend.<String>getAs(CountryTrend.VERDICT.name()));
        entry.put("verdict_text", trend.<String>getAs(CountryTrend.VERDICT_TEXT.name()));
        entry.put("change_7d", trend.<Double>getAs(CountryTrend.CHANGE_7D.name()));
        entry.put("change_28d", trend.<Double>getAs(CountryTrend.CHANGE_28D.name()));
      }
    }
  }

  private static void addRank(ObjectNode entry, Row rank) {
    if (rank != null) {
      entry.put("share", rank.<Double>getAs(CountryRank.SHARE.name()));
      entry.put("rank", rank.<Integer>getAs(CountryRank.RANK.name()));
      entry.put("rank_low95", rank.<Integer>getAs(CountryRank.RANK_LOW95.name()));
      entry.put("rank_high95", rank.<Integer>getAs(CountryRank.RANK_HIGH95.name()));
      entry.put("first_probability", rank.<Double>getAs(CountryRank.FIRST_PROBABILITY.name()));
    }
  }

  private static void addLorenz(ObjectNode entry, Row row) {
    int place = row.fieldIndex(CountryExposure.LORENZ.name());
    if (!row.isNullAt(place)) {
      ArrayNode points = entry.putArray("lorenz");
      row.<Double>getList(place).forEach(points::add);
    }
  }

  /** What the series are made of: the first countries, on all days. */
  private static List<Row> history(Dataset<Row> countries, List<Row> ranked) {
    return countries
        .where(CountryExposure.COUNTRY_CODE.col().isInCollection(withSeries(ranked)))
        .select(SERIES)
        .collectAsList();
  }

  private static List<String> withSeries(List<Row> ranked) {
    return ranked.stream().limit(COUNTRIES_WITH_SERIES).map(ReportData::code).toList();
  }

  /** Every day from the first to the last snapshot; a day without one has no value. */
  private void addSeries(List<Row> history) {
    Map<String, Map<LocalDate, Row>> rows = new HashMap<>();
    Set<LocalDate> snapshots = new TreeSet<>();
    for (Row row : history) {
      LocalDate day = row.<Date>getAs(CountryExposure.SNAPSHOT_DATE.name()).toLocalDate();
      if (isSuppressed(row) || number(row, CountryExposure.HOST_COUNT) != null) {
        snapshots.add(day);
      }
      rows.computeIfAbsent(code(row), code -> new HashMap<>()).put(day, row);
    }
    List<LocalDate> days =
        snapshots.stream()
            .min(Comparator.naturalOrder())
            .orElse(date)
            .datesUntil(date.plusDays(1))
            .toList();
    ArrayNode axis = root.putArray("days");
    days.forEach(day -> axis.add(day.toString()));
    ArrayNode missing = root.putArray("missing");
    days.stream()
        .filter(day -> !snapshots.contains(day))
        .map(LocalDate::toString)
        .forEach(missing::add);
    ObjectNode series = root.putObject("series");
    for (String country : withSeries(countries)) {
      addSeries(series.putObject(country), days, rows.get(country));
    }
  }

  /** What interrupts the series, since the first day shown. */
  private void addBreaks(List<Row> breaks) {
    ArrayNode list = root.putArray("breaks");
    Comparator<Row> byDay = Comparator.comparing(row -> row.<Date>getAs(Break.FROM_DATE.name()));
    Comparator<Row> inOrder = byDay.thenComparing(row -> row.<String>getAs(Break.TEXT.name()));
    for (Row row : breaks.stream().sorted(inOrder).toList()) {
      list.addObject()
          .put("from", row.<Date>getAs(Break.FROM_DATE.name()).toString())
          .put("to", row.<Date>getAs(Break.TO_DATE.name()).toString())
          .put("kind", row.<String>getAs(Break.KIND.name()))
          .put("text", row.<String>getAs(Break.TEXT.name()));
    }
  }

  private static void addSeries(ObjectNode entry, List<LocalDate> days, Map<LocalDate, Row> rows) {
    for (Field field : MEASURES) {
      ArrayNode values = entry.putArray(field.name());
      for (LocalDate day : days) {
        Row row = rows.get(day);
        values.add(row == null ? null : number(row, field));
      }
    }
  }

  private void addServices(List<Row> byService) {
    ObjectNode cells = root.putObject("cells");
    Set<String> services = new HashSet<>();
    for (Row row : byService) {
      String service = row.getAs(CountryServiceExposure.SERVICE_TYPE.name());
      ObjectNode country = cells.withObject("/" + code(row));
      ObjectNode cell = country.putObject(service);
      if (isSuppressed(row)) {
        cell.put("suppressed", true);
      }
      MEASURES.forEach(field -> cell.put(field.name(), number(row, field)));
      cell.put(
          CountryExposure.UNKNOWN_SIZE_COUNT.name(),
          number(row, CountryExposure.UNKNOWN_SIZE_COUNT));
      services.add(service);
    }
    services.stream().sorted().forEach(root.putArray("services")::add);
  }

  /** By clean volume, those that are known, by country. */
  private static Map<String, Row> ranks(Dataset<Row> rank) {
    return rank
        .where(CountryRank.MEASURE.col().equalTo(CountryExposure.CLEAN_BYTES.name()))
        .where(CountryRank.SHARE.col().isNotNull())
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getAs(CountryRank.COUNTRY_CODE.name()), row -> row));
  }

  /** Share of the world's clean volume; 0 where it is not known. */
  private double share(String code) {
    Row rank = ranks.get(code);
    return rank == null ? 0 : rank.<Double>getAs(CountryRank.SHARE.name());
  }

  /** The trend of each country's clean volume in the shortest window. */
  private static Map<String, Row> trends(Dataset<Row> trend) {
    return trend
        .where(CountryTrend.SERVICE_TYPE.col().equalTo("all"))
        .where(CountryTrend.MEASURE.col().equalTo(CountryExposure.CLEAN_BYTES.name()))
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs(CountryTrend.COUNTRY_CODE.name()),
                row -> row,
                BinaryOperator.minBy(
                    Comparator.comparing(
                        row -> row.<Integer>getAs(CountryTrend.WINDOW_DAYS.name())))));
  }

  private static Dataset<Row> table(Map<String, Dataset<Row>> tables, TableSchema table) {
    return tables.get(table.name());
  }

  private static Dataset<Row> on(Dataset<Row> rows, LocalDate day) {
    Column date = CountryExposure.SNAPSHOT_DATE.col();
    return rows.where(date.equalTo(Date.valueOf(day)));
  }

  private static Long number(Row row, Field field) {
    return row.getAs(field.name());
  }

  private static String code(Row row) {
    return row.getAs(CountryExposure.COUNTRY_CODE.name());
  }

  private static boolean isUnknown(Row row) {
    return code(row).equals("ZZ");
  }

  private static boolean isSuppressed(Row row) {
    return row.<Boolean>getAs(CountryExposure.SUPPRESSED.name());
  }
}

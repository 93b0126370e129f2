package org.exposureatlas.release;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.ExposureIndex;
import org.exposureatlas.schema.SourceOverlap;
import org.exposureatlas.schema.TableSchema;

/**
 * Hides the figures of cells with few hosts, and of further cells that would give them away.
 *
 * <p>A cell with 1 to {@code minHosts - 1} hosts is hidden. Where that hides exactly one cell of a
 * total that is known (one service of a country, one country of the world), the cell with the next
 * fewest hosts is hidden too, or the difference would tell. The services of a hidden country are
 * hidden with it. Empty cells stay: zero tells of nobody, and NULL, of a partial snapshot, of
 * nothing.
 */
final class Suppression {

  /** Column that is true in rows to be hidden. */
  static final String HIDDEN = "hidden";

  /** Service type of what is told of a country as a whole. */
  static final String ALL_SERVICES = "all";

  /**
   * The country tables after suppression, and what was hidden.
   *
   * @param hiddenCells snapshot_date, country_code and service_type of hidden cells, all for a
   *     hidden country
   */
  record Suppressed(
      Dataset<Row> byCountry, Dataset<Row> byCountryAndService, Dataset<Row> hiddenCells) {}

  private static final String HIDDEN_COUNTRY = "hidden_country";
  private static final String SMALL = "small";
  private static final String NEXT = "next";

  private Suppression() {}

  static Suppressed apply(Dataset<Row> byCountry, Dataset<Row> byCountryAndService, int minHosts) {
    Dataset<Row> countries = mark(byCountry, minHosts, CountryExposure.SNAPSHOT_DATE.col());
    Dataset<Row> hiddenCountries =
        countries
            .where(col(HIDDEN))
            .select(CountryExposure.SNAPSHOT_DATE.col(), CountryExposure.COUNTRY_CODE.col());
    Dataset<Row> services =
        withCountry(
            mark(
                byCountryAndService,
                minHosts,
                CountryServiceExposure.SNAPSHOT_DATE.col(),
                CountryServiceExposure.COUNTRY_CODE.col()),
            hiddenCountries);
    Column service = CountryServiceExposure.SERVICE_TYPE.col();
    Dataset<Row> hiddenCells =
        hiddenCountries
            .withColumn(CountryServiceExposure.SERVICE_TYPE.name(), lit(ALL_SERVICES))
            .union(
                services
                    .where(col(HIDDEN))
                    .select(
                        CountryExposure.SNAPSHOT_DATE.col(),
                        CountryExposure.COUNTRY_CODE.col(),
                        service));
    return new Suppressed(
        hide(countries, CountryExposure.TABLE),
        hide(services, CountryServiceExposure.TABLE),
        hiddenCells);
  }

  /** Adds {@link #HIDDEN}. {@code total}: the columns whose groups add up to a known figure. */
  private static Dataset<Row> mark(Dataset<Row> cells, int minHosts, Column... total) {
    Column hosts = coalesce(CountryExposure.HOST_COUNT.col(), lit(0L));
    WindowSpec group = Window.partitionBy(total);
    WindowSpec fewestFirst =
        Window.partitionBy(plus(total, col(SMALL), hosts.gt(0)))
            .orderBy(hosts, CountryExposure.COUNTRY_CODE.col(), order(cells));
    return cells
        .withColumn(SMALL, hosts.between(1, minHosts - 1))
        .withColumn(NEXT, row_number().over(fewestFirst))
        .withColumn(
            HIDDEN,
            col(SMALL)
                .or(
                    count_if(col(SMALL))
                        .over(group)
                        .equalTo(1)
                        .and(hosts.gt(0))
                        .and(col(NEXT).equalTo(1))))
        .drop(SMALL, NEXT);
  }

  private static Column[] plus(Column[] columns, Column... more) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.addAll(List.of(more));
    return all.toArray(Column[]::new);
  }

  private static Column order(Dataset<Row> cells) {
    String service = CountryServiceExposure.SERVICE_TYPE.name();
    return Arrays.asList(cells.columns()).contains(service) ? col(service) : lit("");
  }

  private static Dataset<Row> withCountry(Dataset<Row> services, Dataset<Row> hiddenCountries) {
    String[] key = {CountryExposure.SNAPSHOT_DATE.name(), CountryExposure.COUNTRY_CODE.name()};
    Column inHiddenCountry = coalesce(col(HIDDEN_COUNTRY), lit(false));
    return services
        .join(hiddenCountries.withColumn(HIDDEN_COUNTRY, lit(true)), key, "left")
        .withColumn(
            HIDDEN,
            col(HIDDEN)
                .or(
                    inHiddenCountry.and(
                        coalesce(CountryServiceExposure.HOST_COUNT.col(), lit(0L)).gt(0))))
        .drop(HIDDEN_COUNTRY);
  }

  private static Dataset<Row> hide(Dataset<Row> marked, TableSchema table) {
    Set<String> kept =
        Set.of(
            CountryServiceExposure.SNAPSHOT_DATE.name(),
            CountryServiceExposure.COUNTRY_CODE.name(),
            CountryServiceExposure.SERVICE_TYPE.name(),
            CountryServiceExposure.GEO_EDITION.name(),
            CountryServiceExposure.SUPPRESSED.name());
    return blank(marked.withColumn(CountryExposure.SUPPRESSED.name(), col(HIDDEN)), table, kept);
  }

  /** Ranks without those of hidden countries. */
  static Dataset<Row> ofRank(Dataset<Row> rank, Hiding hiding) {
    Set<String> kept =
        Set.of(
            CountryRank.SNAPSHOT_DATE.name(),
            CountryRank.MEASURE.name(),
            CountryRank.COUNTRY_CODE.name());
    Column isHidden =
        hiding.ofCountry(CountryRank.SNAPSHOT_DATE.col(), CountryRank.COUNTRY_CODE.col());
    return blank(rank.withColumn(HIDDEN, isHidden), CountryRank.TABLE, kept);
  }

  /** Places without those of hidden cells, and of counts that a file told of few hosts. */
  static Dataset<Row> ofIndex(Dataset<Row> index, Hiding hiding, int minHosts) {
    Column day = ExposureIndex.SNAPSHOT_DATE.col();
    Column country = ExposureIndex.COUNTRY_CODE.col();
    Column list = ExposureIndex.LIST.col();
    Column isOverAll = list.isin("index", "aggregate");
    Column isSmall = ExposureIndex.EXPOSED_COUNT.col().between(1, minHosts - 1);
    Set<String> kept =
        Set.of(
            ExposureIndex.SNAPSHOT_DATE.name(),
            ExposureIndex.LIST.name(),
            ExposureIndex.COUNTRY_CODE.name(),
            ExposureIndex.WEIGHT.name(),
            ExposureIndex.INDEX_DISTANCE.name());
    Column service = when(isOverAll, ALL_SERVICES).otherwise(list);
    Column isHidden =
        hiding.ofCell(day, country, service).or(hiding.ofCountry(day, country)).or(isSmall);
    return blank(index.withColumn(HIDDEN, isHidden), ExposureIndex.TABLE, kept);
  }

  /** A series with any hidden day is hidden: its changes would tell that day's figure. */
  static Dataset<Row> ofTrend(Dataset<Row> trend, Hiding hiding) {
    Set<String> kept =
        Set.of(
            CountryTrend.AS_OF_DATE.name(),
            CountryTrend.COUNTRY_CODE.name(),
            CountryTrend.SERVICE_TYPE.name(),
            CountryTrend.MEASURE.name(),
            CountryTrend.WINDOW_DAYS.name(),
            CountryTrend.SNAPSHOT_COUNT.name(),
            CountryTrend.VERDICT.name());
    Column isHidden =
        hiding.ofSeries(CountryTrend.COUNTRY_CODE.col(), CountryTrend.SERVICE_TYPE.col());
    return blank(trend.withColumn(HIDDEN, isHidden), CountryTrend.TABLE, kept);
  }

  /**
   * Overlaps of sources without those of few exposures: where one of the three counts is small all
   * figures are hidden, because the estimate is made of them.
   */
  static Dataset<Row> ofOverlap(Dataset<Row> overlap, int minHosts) {
    Column isSmall =
        Stream.of(SourceOverlap.ONLY_A_COUNT, SourceOverlap.ONLY_B_COUNT, SourceOverlap.BOTH_COUNT)
            .map(count -> count.col().between(1, minHosts - 1))
            .reduce(Column::or)
            .orElseThrow();
    Set<String> kept =
        Set.of(
            SourceOverlap.SNAPSHOT_DATE.name(),
            SourceOverlap.SERVICE_TYPE.name(),
            SourceOverlap.SOURCE_A.name(),
            SourceOverlap.SOURCE_B.name());
    return blank(overlap.withColumn(HIDDEN, isSmall), SourceOverlap.TABLE, kept);
  }

  private static Dataset<Row> blank(Dataset<Row> marked, TableSchema table, Set<String> kept) {
    Column shown = not(coalesce(col(HIDDEN), lit(false)));
    Column[] columns =
        Arrays.stream(table.structType().fieldNames())
            .map(name -> kept.contains(name) ? col(name) : when(shown, col(name)).as(name))
            .toArray(Column[]::new);
    return table.conform(marked.select(columns));
  }
}

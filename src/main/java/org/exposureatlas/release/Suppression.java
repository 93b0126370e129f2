package org.exposureatlas.release;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.ExposureIndex;
import org.exposureatlas.schema.RowParts;
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

  private static final String DAY = "day";
  private static final String COUNTRY = "country";
  private static final String SERVICE = "service";
  private static final String HOSTS = "hosts";

  private Suppression() {}

  /** Day, country, service type ({@link #ALL_SERVICES} for a country) and hosts of all cells. */
  static Dataset<Row> cells(Dataset<Row> byCountry, Dataset<Row> byCountryAndService) {
    return cells(byCountry, lit(ALL_SERVICES))
        .union(cells(byCountryAndService, CountryServiceExposure.SERVICE_TYPE.col()));
  }

  private static Dataset<Row> cells(Dataset<Row> rows, Column service) {
    return rows.select(
        CountryExposure.SNAPSHOT_DATE.col().cast(DataTypes.StringType).as(DAY),
        CountryExposure.COUNTRY_CODE.col().as(COUNTRY),
        service.as(SERVICE),
        coalesce(CountryExposure.HOST_COUNT.col(), lit(0L)).as(HOSTS));
  }

  /**
   * The cells to hide. No more than those of a part of the days are in memory beside them.
   *
   * @param cells as {@link #cells} gives them
   * @return the day, country and service type of each
   */
  static Set<String> hiddenCells(Dataset<Row> cells, int minHosts) {
    Set<String> hidden = new TreeSet<>();
    List<Row> ofDay = new ArrayList<>();
    RowParts.forEach(
        ReleaseWriter.together(cells, col(DAY)).sortWithinPartitions(DAY, COUNTRY, SERVICE),
        cell -> {
          if (!ofDay.isEmpty() && !text(cell, DAY).equals(text(ofDay.get(0), DAY))) {
            addHidden(ofDay, minHosts, hidden);
            ofDay.clear();
          }
          ofDay.add(cell);
        });
    addHidden(ofDay, minHosts, hidden);
    return hidden;
  }

  private static void addHidden(List<Row> ofDay, int minHosts, Set<String> hidden) {
    boolean[] isHidden =
        HiddenCells.among(ofDay.stream().map(cell -> cell(cell, minHosts)).toList());
    Set<String> countries = new HashSet<>();
    for (int i = 0; i < isHidden.length; i++) {
      if (isHidden[i] && isCountry(ofDay.get(i))) {
        countries.add(text(ofDay.get(i), COUNTRY));
      }
    }
    for (int i = 0; i < isHidden.length; i++) {
      Row cell = ofDay.get(i);
      if (isHidden[i] || (countries.contains(text(cell, COUNTRY)) && hosts(cell) > 0)) {
        hidden.add(
            String.join(
                HiddenList.SEPARATOR, text(cell, DAY), text(cell, COUNTRY), text(cell, SERVICE)));
      }
    }
  }

  /** Countries add up to the world, and services to their country. */
  private static HiddenCells.Cell cell(Row cell, int minHosts) {
    long hosts = hosts(cell);
    return new HiddenCells.Cell(
        hosts,
        HiddenCells.Sensitivity.of(HiddenCells.isSmall(hosts, minHosts)),
        List.of(isCountry(cell) ? ALL_SERVICES : text(cell, COUNTRY)));
  }

  private static boolean isCountry(Row cell) {
    return text(cell, SERVICE).equals(ALL_SERVICES);
  }

  private static String text(Row cell, String column) {
    return cell.getAs(column);
  }

  private static long hosts(Row cell) {
    return cell.<Long>getAs(HOSTS);
  }

  /** Countries without the figures of hidden ones. */
  static Dataset<Row> ofCountries(Dataset<Row> countries, Hiding hiding) {
    Column isHidden =
        hiding.ofCountry(CountryExposure.SNAPSHOT_DATE.col(), CountryExposure.COUNTRY_CODE.col());
    Set<String> kept =
        Set.of(
            CountryExposure.SNAPSHOT_DATE.name(),
            CountryExposure.COUNTRY_CODE.name(),
            CountryExposure.GEO_EDITION.name());
    return blank(countries.withColumn(HIDDEN, isHidden), CountryExposure.TABLE, kept);
  }

  /** Services of countries without the figures of hidden cells. */
  static Dataset<Row> ofServices(Dataset<Row> services, Hiding hiding) {
    Column isHidden =
        hiding.ofCell(
            CountryServiceExposure.SNAPSHOT_DATE.col(),
            CountryServiceExposure.COUNTRY_CODE.col(),
            CountryServiceExposure.SERVICE_TYPE.col());
    Set<String> kept =
        Set.of(
            CountryServiceExposure.SNAPSHOT_DATE.name(),
            CountryServiceExposure.COUNTRY_CODE.name(),
            CountryServiceExposure.SERVICE_TYPE.name(),
            CountryServiceExposure.GEO_EDITION.name());
    return blank(services.withColumn(HIDDEN, isHidden), CountryServiceExposure.TABLE, kept);
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
    Column[] columns =
        Arrays.stream(table.relaxed().fields())
            .map(field -> shown(field.name(), kept).as(field.name(), field.metadata()))
            .toArray(Column[]::new);
    return table.conform(marked.select(columns));
  }

  private static Column shown(String column, Set<String> kept) {
    Column isHidden = coalesce(col(HIDDEN), lit(false));
    if (column.equals(CountryExposure.SUPPRESSED.name())) {
      return isHidden;
    }
    return kept.contains(column) ? col(column) : when(not(isHidden), col(column));
  }
}

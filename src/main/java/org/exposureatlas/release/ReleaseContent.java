package org.exposureatlas.release;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.TableSchema;

/**
 * What goes into a release.
 *
 * @param id name of the release
 * @param lastDate snapshots up to this day are released, and the trends and breaks as of it
 * @param minHosts cells with fewer hosts are suppressed
 * @param codeVersion version of Exposure Atlas
 * @param origin whether the world is simulated
 * @param tables the published tables
 */
public record ReleaseContent(
    String id, LocalDate lastDate, int minHosts, String codeVersion, Origin origin, Tables tables) {

  /** The published tables that a release is made of. */
  public interface Tables {

    /** Identity of the published state of a table. */
    String version(TableSchema table);

    /**
     * The days with rows, and a text for each that is another one whenever its rows may be; empty
     * where that is not known.
     */
    NavigableMap<LocalDate, String> days(TableSchema table);

    /** The rows of a table but those of some of its days. */
    Dataset<Row> readWithout(TableSchema table, Set<LocalDate> days);
  }

  /** Where the scan records came from. */
  public enum Origin {
    SCANNED,
    SIMULATED
  }

  /** The country tables but some of their days, and which of their cells are hidden. */
  Suppression.Suppressed suppressed(Set<LocalDate> without) {
    return Suppression.apply(
        read(PublicTables.COUNTRY_EXPOSURE, without),
        read(PublicTables.COUNTRY_SERVICE_EXPOSURE, without),
        minHosts);
  }

  /** The days of a table that are released, so far as they are known; see {@link Tables#days}. */
  NavigableMap<LocalDate, String> days(PublicTables.PublicTable table) {
    NavigableMap<LocalDate, String> days = new TreeMap<>(tables.days(table.table()));
    days.keySet()
        .removeIf(day -> day.isAfter(lastDate) || (table.isAsOf() && day.isBefore(lastDate)));
    return days;
  }

  /**
   * Suppressed rows of every public table, by table name.
   *
   * @param without days of each table to leave out
   */
  Map<String, Dataset<Row>> rows(
      Suppression.Suppressed suppressed,
      Hiding hiding,
      Map<PublicTables.PublicTable, Set<LocalDate>> without) {
    Function<PublicTables.PublicTable, Dataset<Row>> rows =
        table -> read(table, without.get(table));
    return Stream.of(
            entry(
                PublicTables.COUNTRY_EXPOSURE,
                suppressed.byCountry().where(isNone(without, PublicTables.COUNTRY_EXPOSURE))),
            entry(
                PublicTables.COUNTRY_SERVICE_EXPOSURE,
                suppressed
                    .byCountryAndService()
                    .where(isNone(without, PublicTables.COUNTRY_SERVICE_EXPOSURE))),
            entry(
                PublicTables.COUNTRY_RANK,
                Suppression.ofRank(rows.apply(PublicTables.COUNTRY_RANK), hiding)),
            entry(
                PublicTables.EXPOSURE_INDEX,
                Suppression.ofIndex(rows.apply(PublicTables.EXPOSURE_INDEX), hiding, minHosts)),
            entry(
                PublicTables.COUNTRY_TREND,
                Suppression.ofTrend(rows.apply(PublicTables.COUNTRY_TREND), hiding)),
            entry(
                PublicTables.COUNTRY_CHURN,
                ChurnSuppression.apply(rows.apply(PublicTables.COUNTRY_CHURN), hiding, minHosts)),
            entry(
                PublicTables.EXPOSURE_SURVIVAL,
                SurvivalSuppression.apply(
                    rows.apply(PublicTables.EXPOSURE_SURVIVAL), hiding, minHosts)),
            entry(PublicTables.BREAK, rows.apply(PublicTables.BREAK)),
            entry(PublicTables.SNAPSHOT_QUALITY, rows.apply(PublicTables.SNAPSHOT_QUALITY)),
            entry(
                PublicTables.SOURCE_OVERLAP,
                Suppression.ofOverlap(rows.apply(PublicTables.SOURCE_OVERLAP), minHosts)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map.Entry<String, Dataset<Row>> entry(
      PublicTables.PublicTable table, Dataset<Row> rows) {
    return Map.entry(table.table().name(), rows);
  }

  private static Column isNone(
      Map<PublicTables.PublicTable, Set<LocalDate>> days, PublicTables.PublicTable table) {
    return functions.not(SnapshotRange.isAmong(table.date().col(), days.get(table)));
  }

  /** The rows of a table that are released. */
  private Dataset<Row> read(PublicTables.PublicTable table, Set<LocalDate> without) {
    Column date = table.date().col();
    Column last = functions.lit(lastDate);
    return tables
        .readWithout(table.table(), without)
        .where(table.isAsOf() ? date.equalTo(last) : date.leq(last));
  }
}

package org.exposureatlas.release;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
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

  /** What hides figures of rows. */
  @FunctionalInterface
  private interface Rule {
    Dataset<Row> apply(Dataset<Row> rows, Supplier<Hiding> hiding, int minHosts);
  }

  private static final Map<PublicTables.PublicTable, Rule> SUPPRESSION =
      Map.of(
          PublicTables.COUNTRY_EXPOSURE,
          (rows, hiding, minHosts) -> Suppression.ofCountries(rows, hiding.get()),
          PublicTables.COUNTRY_SERVICE_EXPOSURE,
          (rows, hiding, minHosts) -> Suppression.ofServices(rows, hiding.get()),
          PublicTables.COUNTRY_RANK,
          (rows, hiding, minHosts) -> Suppression.ofRank(rows, hiding.get()),
          PublicTables.EXPOSURE_INDEX,
          (rows, hiding, minHosts) -> Suppression.ofIndex(rows, hiding.get(), minHosts),
          PublicTables.COUNTRY_TREND,
          (rows, hiding, minHosts) -> Suppression.ofTrend(rows, hiding.get()),
          PublicTables.COUNTRY_CHURN,
          (rows, hiding, minHosts) -> ChurnSuppression.apply(rows, hiding.get(), minHosts),
          PublicTables.EXPOSURE_SURVIVAL,
          (rows, hiding, minHosts) -> SurvivalSuppression.apply(rows, hiding.get(), minHosts),
          PublicTables.BREAK,
          (rows, hiding, minHosts) -> rows,
          PublicTables.SNAPSHOT_QUALITY,
          (rows, hiding, minHosts) -> rows,
          PublicTables.SOURCE_OVERLAP,
          (rows, hiding, minHosts) -> Suppression.ofOverlap(rows, minHosts));

  /** The cells of the country tables but those of some of their days. */
  Dataset<Row> cells(Set<LocalDate> without) {
    return Suppression.cells(
        read(PublicTables.COUNTRY_EXPOSURE, without),
        read(PublicTables.COUNTRY_SERVICE_EXPOSURE, without));
  }

  /** The days of a table that are released, so far as they are known; see {@link Tables#days}. */
  NavigableMap<LocalDate, String> days(PublicTables.PublicTable table) {
    NavigableMap<LocalDate, String> days = new TreeMap<>(tables.days(table.table()));
    days.keySet()
        .removeIf(day -> day.isAfter(lastDate) || (table.isAsOf() && day.isBefore(lastDate)));
    return days;
  }

  /**
   * Suppressed rows of a public table.
   *
   * @param hiding asked only where hidden cells decide what is hidden
   * @param without days to leave out
   */
  Dataset<Row> rows(
      PublicTables.PublicTable table, Supplier<Hiding> hiding, Set<LocalDate> without) {
    return SUPPRESSION.get(table).apply(read(table, without), hiding, minHosts);
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

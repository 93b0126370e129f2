package org.exposureatlas.release;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * @param tables reads a published table
 * @param versions identity of the published state of each table read
 */
public record ReleaseContent(
    String id,
    LocalDate lastDate,
    int minHosts,
    String codeVersion,
    Origin origin,
    Function<TableSchema, Dataset<Row>> tables,
    Map<String, String> versions) {

  /** Where the scan records came from. */
  public enum Origin {
    SCANNED,
    SIMULATED
  }

  /** The country tables, and which of their cells are hidden. */
  Suppression.Suppressed suppressed() {
    return Suppression.apply(
        upToLast(PublicTables.COUNTRY_EXPOSURE),
        upToLast(PublicTables.COUNTRY_SERVICE_EXPOSURE),
        minHosts);
  }

  /** Suppressed rows of every public table, by table name. */
  Map<String, Dataset<Row>> rows(Suppression.Suppressed suppressed) {
    Dataset<Row> hiddenCells = suppressed.hiddenCells();
    Dataset<Row> hiddenSeries = suppressed.hiddenSeries();
    return Stream.of(
            entry(PublicTables.COUNTRY_EXPOSURE, suppressed.byCountry()),
            entry(PublicTables.COUNTRY_SERVICE_EXPOSURE, suppressed.byCountryAndService()),
            entry(
                PublicTables.COUNTRY_RANK,
                Suppression.ofRank(upToLast(PublicTables.COUNTRY_RANK), hiddenCells)),
            entry(
                PublicTables.EXPOSURE_INDEX,
                Suppression.ofIndex(upToLast(PublicTables.EXPOSURE_INDEX), hiddenCells, minHosts)),
            entry(
                PublicTables.COUNTRY_TREND,
                Suppression.ofTrend(asOfLast(PublicTables.COUNTRY_TREND), hiddenSeries)),
            entry(
                PublicTables.COUNTRY_CHURN,
                ChurnSuppression.apply(
                    upToLast(PublicTables.COUNTRY_CHURN), hiddenCells, minHosts)),
            entry(
                PublicTables.EXPOSURE_SURVIVAL,
                SurvivalSuppression.apply(
                    asOfLast(PublicTables.EXPOSURE_SURVIVAL), hiddenSeries, minHosts)),
            entry(PublicTables.BREAK, asOfLast(PublicTables.BREAK)),
            entry(PublicTables.SNAPSHOT_QUALITY, upToLast(PublicTables.SNAPSHOT_QUALITY)),
            entry(
                PublicTables.SOURCE_OVERLAP,
                Suppression.ofOverlap(upToLast(PublicTables.SOURCE_OVERLAP), minHosts)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map.Entry<String, Dataset<Row>> entry(
      PublicTables.PublicTable table, Dataset<Row> rows) {
    return Map.entry(table.table().name(), rows);
  }

  private Dataset<Row> asOfLast(PublicTables.PublicTable table) {
    return tables.apply(table.table()).where(table.date().col().equalTo(functions.lit(lastDate)));
  }

  private Dataset<Row> upToLast(PublicTables.PublicTable table) {
    return tables.apply(table.table()).where(table.date().col().leq(functions.lit(lastDate)));
  }
}

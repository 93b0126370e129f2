package org.exposureatlas.release;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
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

  /** Suppressed rows of every public table, by table name. */
  Map<String, Dataset<Row>> rows() {
    Suppression.Suppressed suppressed =
        Suppression.apply(
            upToLast(PublicTables.COUNTRY_EXPOSURE),
            upToLast(PublicTables.COUNTRY_SERVICE_EXPOSURE),
            upToLast(PublicTables.COUNTRY_RANK),
            asOfLast(PublicTables.COUNTRY_TREND),
            minHosts);
    return Map.of(
        PublicTables.COUNTRY_EXPOSURE.table().name(), suppressed.byCountry(),
        PublicTables.COUNTRY_SERVICE_EXPOSURE.table().name(), suppressed.byCountryAndService(),
        PublicTables.COUNTRY_RANK.table().name(), suppressed.rank(),
        PublicTables.COUNTRY_TREND.table().name(), suppressed.trend(),
        PublicTables.BREAK.table().name(), asOfLast(PublicTables.BREAK),
        PublicTables.SNAPSHOT_QUALITY.table().name(), upToLast(PublicTables.SNAPSHOT_QUALITY),
        PublicTables.SOURCE_OVERLAP.table().name(), upToLast(PublicTables.SOURCE_OVERLAP));
  }

  private Dataset<Row> asOfLast(PublicTables.PublicTable table) {
    return tables.apply(table.table()).where(table.date().col().equalTo(functions.lit(lastDate)));
  }

  private Dataset<Row> upToLast(PublicTables.PublicTable table) {
    return tables.apply(table.table()).where(table.date().col().leq(functions.lit(lastDate)));
  }
}

package org.exposureatlas.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The same work as a competent user of DuckDB writes it. */
final class DuckDbWork {

  private static final ObservationSql SQL = ObservationSql.DUCKDB;

  private static final String COLUMNS =
      "{event_type: 'VARCHAR', event_source: 'VARCHAR', ip: 'VARCHAR', port: 'VARCHAR',"
          + " transport: 'VARCHAR[]', protocol: 'VARCHAR', \"time\": 'VARCHAR', summary: 'VARCHAR',"
          + " leak: 'STRUCT(severity VARCHAR, dataset STRUCT(size BIGINT, \"rows\" BIGINT, files"
          + " BIGINT, collections BIGINT, infected BOOLEAN))',"
          + " service: 'STRUCT(software STRUCT(name VARCHAR, version VARCHAR))',"
          + " geoip: 'STRUCT(country_iso_code VARCHAR)',"
          + " network: 'STRUCT(asn BIGINT, organization_name VARCHAR)'}";

  private final String files;
  private final Path out;
  private final Path records;
  private final EditionRanges ranges;

  DuckDbWork(String files, Path out, EditionRanges ranges) {
    this.files = files;
    this.out = out;
    records = out.resolve("records");
    this.ranges = ranges;
  }

  static String version() throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      return duck.getMetaData().getDatabaseProductVersion();
    }
  }

  /** Files of the observations that were found. */
  String observations() {
    return records.resolve("is_usable=true/*.parquet").toString();
  }

  long ingestAndCountHosts() throws Exception {
    Files.createDirectories(out);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET threads TO " + Runtime.getRuntime().availableProcessors());
      statement.execute("SET preserve_insertion_order = false");
      statement.execute("SET TimeZone = 'UTC'");
      loadRanges((DuckDBConnection) duck, statement);
      String columns = String.join(", ", SQL.columns("parse_filename(filename)", ranges.edition()));
      statement.execute(
          """
          COPY (WITH
            events AS (SELECT *, %s FROM read_json('%s', format = 'newline_delimited',
              ignore_errors = true, columns = %s, filename = true)),
            parted AS (SELECT *, %s, %s AS is_usable, CASE WHEN address NOT LIKE '%%:%%' THEN
              try_cast(split_part(address, '.', 1) AS BIGINT) * 16777216
              + try_cast(split_part(address, '.', 2) AS BIGINT) * 65536
              + try_cast(split_part(address, '.', 3) AS BIGINT) * 256
              + try_cast(split_part(address, '.', 4) AS BIGINT) END AS address_number FROM events),
            located AS (SELECT parted.*, %s, coalesce(CASE WHEN address_number <= last
              THEN r.country_code END, 'ZZ') AS country_code
              FROM parted ASOF LEFT JOIN ranges r ON address_number >= r.first)
            SELECT is_usable, %s FROM located)
          TO '%s' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (is_usable), OVERWRITE)
          """
              .formatted(
                  String.join(", ", SQL.essentials()),
                  files,
                  COLUMNS,
                  String.join(", ", ObservationSql.parts()),
                  SQL.isUsable(),
                  ObservationSql.clusterKey(),
                  columns,
                  records));
      statement.execute(
          "COPY (SELECT country_code, service_type, count(DISTINCT ip) AS hosts FROM '"
              + observations()
              + "' GROUP BY ALL) TO '"
              + out.resolve("hosts.parquet")
              + "' (FORMAT parquet, COMPRESSION zstd)");
      return AtlasWork.found(
          count(statement, out.resolve("hosts.parquet")),
          count(statement, records.resolve("is_usable=false/*.parquet")));
    }
  }

  private static long count(Statement statement, Path files) throws SQLException {
    try (ResultSet count = statement.executeQuery("SELECT count(*) FROM '" + files + "'")) {
      count.next();
      return count.getLong(1);
    }
  }

  private void loadRanges(DuckDBConnection duck, Statement statement) throws Exception {
    statement.execute("CREATE TABLE ranges (first BIGINT, last BIGINT, country_code VARCHAR)");
    try (DuckDBAppender appender = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "ranges")) {
      for (Map.Entry<String, List<long[]>> country : ranges.byCountry().entrySet()) {
        for (long[] range : country.getValue()) {
          appender.beginRow();
          appender.append(range[0]);
          appender.append(range[1]);
          appender.append(country.getKey());
          appender.endRow();
        }
      }
    }
  }
}

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

  private static final String COLUMNS =
      "{event_type: 'VARCHAR', event_source: 'VARCHAR', ip: 'VARCHAR', port: 'VARCHAR',"
          + " transport: 'VARCHAR[]', protocol: 'VARCHAR', \"time\": 'VARCHAR',"
          + " leak: 'STRUCT(severity VARCHAR, dataset STRUCT(size BIGINT, \"rows\" BIGINT, files"
          + " BIGINT, collections BIGINT, infected BOOLEAN))',"
          + " service: 'STRUCT(software STRUCT(name VARCHAR, version VARCHAR))',"
          + " geoip: 'STRUCT(country_iso_code VARCHAR)',"
          + " network: 'STRUCT(asn BIGINT, organization_name VARCHAR)'}";

  private final String files;
  private final Path out;
  private final Map<String, List<long[]>> ranges;

  DuckDbWork(String files, Path out, Map<String, List<long[]>> ranges) {
    this.files = files;
    this.out = out;
    this.ranges = ranges;
  }

  long ingestAndCountHosts() throws Exception {
    Files.createDirectories(out);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET threads TO " + Runtime.getRuntime().availableProcessors());
      statement.execute("SET preserve_insertion_order = false");
      statement.execute("SET TimeZone = 'UTC'");
      loadRanges((DuckDBConnection) duck, statement);
      Path records = out.resolve("records");
      statement.execute(
          "COPY (WITH events AS (SELECT *, try_cast(port AS INTEGER) AS port_number,"
              + " try_cast(\"time\" AS TIMESTAMPTZ) AS observed_at, CASE WHEN ip LIKE '%:%' THEN NULL"
              + " ELSE try_cast(split_part(ip, '.', 1) AS BIGINT) * 16777216 + try_cast(split_part(ip,"
              + " '.', 2) AS BIGINT) * 65536 + try_cast(split_part(ip, '.', 3) AS BIGINT) * 256 +"
              + " try_cast(split_part(ip, '.', 4) AS BIGINT) END AS address FROM read_json('"
              + files
              + "', format = 'newline_delimited', ignore_errors = true, columns = "
              + COLUMNS
              + ", filename = true)) SELECT coalesce(observed_at > TIMESTAMPTZ '1970-01-01' AND"
              + " port_number BETWEEN 0 AND 65535 AND ip <> '', false) AS is_usable, DATE '2022-07-21'"
              + " AS snapshot_date, 'leakix' AS source,"
              + " filename AS file, observed_at, trim(ip, '[]') AS ip, port_number AS port, CASE WHEN"
              + " list_contains(transport, 'udp') THEN 'udp' ELSE 'tcp' END AS transport, CASE"
              + " lower(protocol) WHEN 'mongo' THEN 'mongodb' WHEN 'https' THEN 'http' WHEN 'http'"
              + " THEN 'http' WHEN 'elasticsearch' THEN 'elasticsearch' WHEN 'kibana' THEN 'kibana'"
              + " WHEN 'couchdb' THEN 'couchdb' WHEN 'redis' THEN 'redis' WHEN 'mysql' THEN 'mysql'"
              + " WHEN 'kafka' THEN 'kafka' WHEN 'zookeeper' THEN 'zookeeper' ELSE 'other' END AS"
              + " service_type, nullif(service.software.name, '') AS product,"
              + " nullif(service.software.version, '') AS product_version, CASE WHEN event_type ="
              + " 'leak' THEN 'open' ELSE 'unknown' END AS access, nullif(leak.dataset.size, 0) AS"
              + " size_bytes, nullif(leak.dataset.\"rows\", 0) AS record_count,"
              + " nullif(leak.dataset.collections, 0) AS container_count, nullif(leak.dataset.files,"
              + " 0) AS file_count, concat_ws('/', ip, port, protocol) AS cluster_key,"
              + " leak.dataset.infected AS infected, leak.severity AS severity,"
              + " coalesce(CASE WHEN events.address <= r.last THEN r.country_code END, 'ZZ') AS"
              + " country_code, network.asn AS asn, network.organization_name AS as_name,"
              + " geoip.country_iso_code AS source_country_code FROM events ASOF LEFT JOIN ranges r"
              + " ON events.address >= r.first) TO '"
              + records
              + "' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (is_usable), OVERWRITE)");
      statement.execute(
          "COPY (SELECT country_code, service_type, count(DISTINCT ip) AS hosts FROM '"
              + records.resolve("is_usable=true/*.parquet")
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
      for (Map.Entry<String, List<long[]>> country : ranges.entrySet()) {
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

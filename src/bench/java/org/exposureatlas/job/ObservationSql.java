package org.exposureatlas.job;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.exposureatlas.source.RansomNames;

/**
 * The columns of {@code observation} in SQL, but for the line of a record, which the peers cannot
 * tell. Both read the same expressions, apart from those that are written in two ways here.
 *
 * <p>Left out is what the simulated events do not have: IPv6 and special-purpose addresses, and
 * what newer writers tell of a store beside {@code leak}.
 */
enum ObservationSql {
  DUCKDB(
      "try_cast(%s AS TIMESTAMPTZ)",
      "regexp_matches(%s, '%s')", "list_filter([%s, %s], lambda flag: flag IS NOT NULL)"),
  SPARK("try_to_timestamp(%s)", "%s RLIKE r'%s'", "array_compact(array(%s, %s))");

  private static final String SERVICES =
      """
      CASE lower(protocol)
        WHEN 'mongo' THEN 'mongodb' WHEN 'mongodb' THEN 'mongodb' WHEN 'mongod' THEN 'mongodb'
        WHEN 'elasticsearch' THEN 'elasticsearch' WHEN 'elastic' THEN 'elasticsearch'
        WHEN 'opensearch' THEN 'elasticsearch' WHEN 'kibana' THEN 'kibana'
        WHEN 'couchdb' THEN 'couchdb' WHEN 'redis' THEN 'redis'
        WHEN 'memcached' THEN 'memcached' WHEN 'memcache' THEN 'memcached'
        WHEN 'mysql' THEN 'mysql' WHEN 'mariadb' THEN 'mysql'
        WHEN 'postgres' THEN 'postgresql' WHEN 'postgresql' THEN 'postgresql'
        WHEN 'mssql' THEN 'mssql' WHEN 'ms-sql-s' THEN 'mssql' WHEN 'cassandra' THEN 'cassandra'
        WHEN 'hdfs' THEN 'hdfs' WHEN 'hadoop' THEN 'hdfs' WHEN 'hdfs-namenode' THEN 'hdfs'
        WHEN 'hadoop-namenode' THEN 'hdfs' WHEN 'hive' THEN 'hive' WHEN 'kafka' THEN 'kafka'
        WHEN 'zookeeper' THEN 'zookeeper' WHEN 'influxdb' THEN 'influxdb' WHEN 'rsync' THEN 'rsync'
        WHEN 'smb' THEN 'smb' WHEN 'microsoft-ds' THEN 'smb' WHEN 'netbios-ssn' THEN 'smb'
        WHEN 'ftp' THEN 'ftp' WHEN 'nfs' THEN 'nfs' WHEN 's3' THEN 's3'
        WHEN 'docker-registry' THEN 'docker_registry' WHEN 'docker_registry' THEN 'docker_registry'
        WHEN 'http' THEN 'http' WHEN 'https' THEN 'http' WHEN 'http-simple' THEN 'http'
        WHEN 'https-simple' THEN 'http' WHEN 'http-simple-new' THEN 'http'
        WHEN 'https-simple-new' THEN 'http' ELSE 'other' END""";

  private static final String SEMANTICS =
      """
      CASE WHEN size_bytes IS NULL THEN 'absent' WHEN event_source LIKE 'Mongo%' THEN 'logical'
        WHEN event_source LIKE 'ElasticSearch%' OR event_source LIKE 'CouchDb%'
        THEN 'stored_primary' ELSE 'estimated' END""";

  private static final String ACCESS =
      """
      CASE WHEN event_type = 'leak' AND event_source LIKE 'Mysql%' THEN 'weak_credentials'
        WHEN event_type = 'leak' THEN 'open' ELSE 'unknown' END""";

  private static final String INFECTED =
      """
      CASE WHEN event_type = 'leak' THEN leak.dataset.infected OR coalesce(protocol IN
        ('elasticsearch', 'kibana', 'mongo', 'mysql') AND %s, false) END""";

  private static final String CLUSTER_KEY =
      """
      CASE WHEN size_bytes BETWEEN 1048576 AND 1152921504606846975 AND asn IS NOT NULL
        AND container_count IS NOT NULL AND record_count IS NOT NULL
        THEN concat_ws('/', concat('fingerprint:', asn), CASE service_type WHEN 'kibana'
          THEN 'elasticsearch' ELSE service_type END, container_count, record_count, size_bytes)
        ELSE concat_ws('/', concat('address:', address), port_number,
          transport_name, service_type) END""";

  private final String instant;
  private final String matches;
  private final String present;

  /**
   * @param instant a text as an instant; NULL where it is none
   * @param matches whether in a text a regular expression is found
   * @param present an array of those of two values that are not NULL
   */
  ObservationSql(String instant, String matches, String present) {
    this.instant = instant;
    this.matches = matches;
    this.present = present;
  }

  /** Of a raw event: where and when it was. */
  List<String> essentials() {
    return List.of(
        instant.formatted("time") + " AS observed_at",
        text("trim(BOTH '[]' FROM ip)") + " AS address",
        "try_cast(port AS INTEGER) AS port_number");
  }

  /** Whether an event can be used, by its essentials. */
  String isUsable() {
    return "coalesce(observed_at > "
        + instant.formatted("'1970-01-01'")
        + " AND port_number BETWEEN 0 AND 65535 AND address <> '' AND event_type <> '', false)";
  }

  /** Of an event with essentials: what several columns are made of. */
  static List<String> parts() {
    return List.of(
        SERVICES + " AS service_type",
        "CASE WHEN array_contains(transport, 'udp') THEN 'udp' ELSE 'tcp' END AS transport_name",
        "nullif(leak.dataset.size, 0) AS size_bytes",
        "CASE WHEN lower(protocol) IS DISTINCT FROM 'redis' THEN "
            + positive("leak.dataset.rows")
            + " END AS record_count",
        positive("leak.dataset.collections") + " AS container_count",
        positive("network.asn") + " AS asn",
        text("geoip.country_iso_code") + " AS source_country_code");
  }

  /** Of an event with parts. */
  static String clusterKey() {
    return CLUSTER_KEY + " AS cluster_key";
  }

  /**
   * The columns of an event with parts, its cluster key and {@code country_code}.
   *
   * @param file name of the raw file
   * @param geoEdition edition that its address was located with
   */
  List<String> columns(String file, String geoEdition) {
    return List.of(
        "DATE '2022-07-21' AS snapshot_date",
        "'leakix' AS source",
        file + " AS file",
        "observed_at",
        "address AS ip",
        "port_number AS port",
        "transport_name AS transport",
        "service_type",
        text("service.software.name") + " AS product",
        text("service.software.version") + " AS product_version",
        ACCESS + " AS access",
        "size_bytes",
        SEMANTICS + " AS size_semantics",
        "CAST(NULL AS BIGINT) AS system_bytes",
        "CAST(NULL AS BIGINT) AS capacity_bytes",
        "record_count",
        "container_count",
        positive("leak.dataset.files") + " AS file_count",
        "cluster_key",
        "CASE WHEN cluster_key LIKE 'fingerprint:%' THEN 'fingerprint' ELSE 'address' END"
            + " AS cluster_key_quality",
        INFECTED.formatted(matches.formatted("summary", ransomNames())) + " AS infected",
        "false AS honeypot_hint",
        text("leak.severity") + " AS severity",
        "country_code",
        "asn",
        text("network.organization_name") + " AS as_name",
        "'" + geoEdition + "' AS geo_edition",
        "source_country_code",
        present.formatted(
                "CASE WHEN source_country_code <> country_code THEN 'country_disagrees' END",
                "CASE WHEN size_bytes > 1152921504606846975 THEN 'implausible_size'"
                    + " WHEN size_bytes < 0 THEN 'size_below_zero' END")
            + " AS quality_flags");
  }

  /** A text without spaces around it; NULL where nothing is left. */
  private static String text(String text) {
    return "nullif(trim(" + text + "), '')";
  }

  /** NULL for a number that is not above 0. */
  private static String positive(String number) {
    return "CASE WHEN " + number + " > 0 THEN " + number + " END";
  }

  /** One regular expression of the listed names where a plugin lists what it found. */
  private static String ransomNames() {
    try (var in = RansomNames.class.getResourceAsStream("ransom-names.csv");
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<String, String> names =
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.replace("_", "[\\W_]+").split(",", 3))
              .collect(groupingBy(cells -> cells[0], mapping(cells -> cells[1], joining("|"))));
      return "(?im)^Found (?:index |(?:collection|table) (?:[^\\s.]+\\.)?)(?:(?:(?:\\S*?[\\W_])?(?:"
          + names.get("words")
          + ")|(?:"
          + names.get("begins")
          + "))(?:[^a-z0-9]|$)|(?:"
          + names.get("whole")
          + ")(?:\\s|$))";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

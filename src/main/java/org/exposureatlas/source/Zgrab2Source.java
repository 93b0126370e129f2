package org.exposureatlas.source;

import static java.util.Map.entry;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;
import static org.exposureatlas.ndjson.JsonField.field;
import static org.exposureatlas.ndjson.JsonField.inherited;
import static org.exposureatlas.source.RawValues.column;
import static org.exposureatlas.source.RawValues.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.exposureatlas.ndjson.FieldType;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.schema.Observation;

/**
 * ZGrab2 lines: one record is one module's result on one target; a line may hold several.
 *
 * <p>A module is known by its {@code protocol}, not by the name it was given. Success says that the
 * protocol spoke, not that the store is open. Records before 2024 have no port: that of the module
 * is assumed and marked. A target without address was given as a domain and is rejected. Sizes are
 * known of MongoDB on disk, and of Redis and Memcached in memory. Source: zmap/zgrab2, 2026-07.
 */
public final class Zgrab2Source implements ScanSource {

  private static final JsonField IP = inherited("raw_ip", "ip", FieldType.STRING);
  private static final JsonField PORT = inherited("raw_port", "port", FieldType.TEXT);
  private static final JsonField PROTOCOL = field("raw_protocol", "protocol", FieldType.STRING);
  private static final JsonField STATUS = field("raw_status", "status", FieldType.STRING);
  private static final JsonField TIME = field("raw_time", "timestamp", FieldType.STRING);

  private static final JsonField MONGO_TOTAL =
      field("raw_mongo_total", "result.database_info.total_size", FieldType.TEXT);
  private static final JsonField MONGO_DATABASES =
      field("raw_mongo_databases", "result.database_info.databases", FieldType.JSON);
  private static final JsonField MONGO_VERSION =
      field("raw_mongo_version", "result.build_info.version", FieldType.TEXT);
  private static final JsonField REDIS_PING =
      field("raw_redis_ping", "result.ping_response", FieldType.TEXT);
  private static final JsonField REDIS_INFO =
      field("raw_redis_info", "result.info_response", FieldType.TEXT);
  private static final JsonField REDIS_USED =
      field("raw_redis_used", "result.used_memory", FieldType.TEXT);
  private static final JsonField MEMCACHED_BYTES =
      field("raw_memcached_bytes", "result.stats.bytes", FieldType.TEXT);
  private static final JsonField MEMCACHED_ITEMS =
      field("raw_memcached_items", "result.stats.curr_items", FieldType.TEXT);
  private static final JsonField MEMCACHED_LIMIT =
      field("raw_memcached_limit", "result.stats.limit_maxbytes", FieldType.TEXT);
  private static final JsonField VERSION = field("raw_version", "result.version", FieldType.JSON);
  private static final JsonField SERVER_VERSION =
      field("raw_server_version", "result.server_version", FieldType.JSON);
  private static final JsonField HTTP_STATUS =
      field("raw_http_status", "result.response.status_code", FieldType.TEXT);
  private static final JsonField HTTP_BODY =
      field("raw_http_body", "result.response.body", FieldType.TEXT);

  private static final List<JsonField> FIELDS =
      List.of(
          IP,
          PORT,
          PROTOCOL,
          STATUS,
          TIME,
          MONGO_TOTAL,
          MONGO_DATABASES,
          MONGO_VERSION,
          REDIS_PING,
          REDIS_INFO,
          REDIS_USED,
          MEMCACHED_BYTES,
          MEMCACHED_ITEMS,
          MEMCACHED_LIMIT,
          VERSION,
          SERVER_VERSION,
          HTTP_STATUS,
          HTTP_BODY);

  /** Ports that ZGrab2's modules connect to when none is given. */
  private static final Map<String, Integer> PORTS =
      Map.ofEntries(
          entry("mongodb", 27017),
          entry("redis", 6379),
          entry("memcached", 11211),
          entry("mysql", 3306),
          entry("postgres", 5432),
          entry("mssql", 1433),
          entry("oracle", 1521),
          entry("http", 80),
          entry("tls", 443),
          entry("ftp", 21),
          entry("ssh", 22),
          entry("telnet", 23),
          entry("smtp", 25),
          entry("pop3", 110),
          entry("imap", 143),
          entry("ntp", 123),
          entry("smb", 445),
          entry("ipp", 631),
          entry("modbus", 502),
          entry("bacnet", 47808),
          entry("siemens", 102),
          entry("fox", 1911),
          entry("dnp3", 20000));

  private static final Column DEFAULT_PORTS =
      functions.map(
          PORTS.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .flatMap(entry -> Stream.of(lit(entry.getKey()), lit(entry.getValue())))
              .toArray(Column[]::new));

  /** States of a target that gave no answer, or was not asked. */
  private static final Object[] SILENT = {
    "connection-refused", "connection-timeout", "blocklisted-target"
  };

  /** From here on the module asks MongoDB for its databases. */
  private static final String ASKS_FOR_DATABASES = "2021-11-01T00:00:00Z";

  private static final String MONGO_LIST = "mongo_list";

  @Override
  public String name() {
    return "zgrab2";
  }

  @Override
  public String versions() {
    return "output of 2018 to 2026-07";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(RawInput.ndjson(FIELDS, List.of("data"), Zgrab2Source::normalise));
  }

  private static Dataset<Row> normalise(Dataset<Row> raw) {
    Column lack =
        when(text(PROTOCOL).isNull(), "protocol: found nothing, expected the module's protocol");
    Essentials essentials = new Essentials(text(IP), port(), text(TIME));
    return essentials.select(
        opened(essentials.check(raw, lack)),
        figures(essentials.observedAt())
            .columns(
                List.of(when(text(PORT).isNull(), SourceRecord.PORT_ASSUMED)),
                Observation.TRANSPORT.from(
                    when(protocol().isin("ntp", "bacnet"), "udp").otherwise("tcp")),
                SourceRecord.UNKNOWN_VERSION.from(
                    KnownVersions.unknown("zgrab2", "module", protocol()))));
  }

  private static Dataset<Row> opened(Dataset<Row> raw) {
    Column isUsable = SourceRecord.REASON.col().isNull();
    return raw.withColumn(SourceRecord.REASON.name(), reason())
        .withColumn(Observation.SERVICE_TYPE.name(), service())
        .withColumn(
            MONGO_LIST,
            when(
                isUsable.and(Observation.SERVICE_TYPE.col().equalTo("mongodb")),
                MongoDatabases.parse(column(MONGO_DATABASES), "size_on_disk")));
  }

  private static ByService figures(Column observedAt) {
    ByService figures = new ByService();
    mongodb(figures, observedAt);
    redis(figures);
    new MemcachedStats(text(MEMCACHED_BYTES), text(MEMCACHED_ITEMS), text(MEMCACHED_LIMIT))
        .fill(figures, string(VERSION));
    return figures
        .with("mysql", Observation.PRODUCT_VERSION, string(SERVER_VERSION))
        .with("mssql", Observation.PRODUCT_VERSION, string(VERSION))
        .with("elasticsearch", Observation.PRODUCT_VERSION, greeting("$.version.number"))
        .with("elasticsearch", Observation.ACCESS, lit("open"))
        .identity("elasticsearch", greeting("$.cluster_uuid"), "uuid")
        .with("couchdb", Observation.PRODUCT_VERSION, greeting("$.version"));
  }

  /** Without databases the server refused to list them; older scanners never asked. */
  private static void mongodb(ByService figures, Column observedAt) {
    MongoDatabases databases = new MongoDatabases(col(MONGO_LIST), text(MONGO_TOTAL));
    Column isListed = column(MONGO_DATABASES).isNotNull().or(text(MONGO_TOTAL).isNotNull());
    Column isRefused =
        text(MONGO_VERSION)
            .isNotNull()
            .and(observedAt.geq(lit(ASKS_FOR_DATABASES).cast("timestamp")));
    databases
        .fill(figures)
        .with("mongodb", Observation.PRODUCT_VERSION, text(MONGO_VERSION))
        .with(
            "mongodb", Observation.ACCESS, when(isListed, "open").when(isRefused, "auth_required"));
  }

  private static void redis(ByService figures) {
    RedisInfo info =
        new RedisInfo(
            coalesce(text(REDIS_USED), said("used_memory")),
            said("used_memory_startup"),
            said("used_memory_dataset"),
            said("maxmemory"),
            when(column(REDIS_INFO).contains("redis_version:"), column(REDIS_INFO)));
    info.fill(figures, text(REDIS_PING), said("redis_version"), said("run_id"));
  }

  private static Column said(String name) {
    return nullif(regexp_extract(column(REDIS_INFO), "(?m)^" + name + ":([^\\r\\n]*)", 1), lit(""));
  }

  /** By protocol; the greeting of an HTTP server tells Elasticsearch and CouchDB. */
  private static Column service() {
    Column named = ServiceType.ofProtocol(protocol());
    return when(named.equalTo("http").and(greeting("$.cluster_uuid").isNotNull()), "elasticsearch")
        .when(named.equalTo("http").and(greeting("$.couchdb").isNotNull()), "couchdb")
        .otherwise(named);
  }

  /** A member of the JSON that an HTTP server greets with; NULL for other answers. */
  private static Column greeting(String path) {
    return when(
        text(HTTP_STATUS).equalTo("200").and(column(HTTP_BODY).startsWith("{")),
        get_json_object(column(HTTP_BODY), path));
  }

  private static Column protocol() {
    return lower(text(PROTOCOL));
  }

  private static Column port() {
    return coalesce(text(PORT), try_element_at(DEFAULT_PORTS, protocol()).cast("string"));
  }

  private static Column reason() {
    return when(
            SourceRecord.REASON.col().isNull().and(text(STATUS).isin(SILENT)),
            SourceRecord.NOT_OPEN)
        .otherwise(SourceRecord.REASON.col());
  }

  /** The text of a string; some modules have a number or an object there. */
  private static Column string(JsonField field) {
    Column value = get_json_object(concat(lit("{\"v\":"), column(field), lit("}")), "$.v");
    return when(
        column(field).startsWith("\""), nullif(regexp_replace(value, "\\s+$", ""), lit("")));
  }
}

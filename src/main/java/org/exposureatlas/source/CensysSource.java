package org.exposureatlas.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode_outer;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;
import static org.exposureatlas.ndjson.JsonField.field;
import static org.exposureatlas.ndjson.JsonField.inherited;
import static org.exposureatlas.source.RawValues.column;
import static org.exposureatlas.source.RawValues.isTrue;
import static org.exposureatlas.source.RawValues.sum;
import static org.exposureatlas.source.RawValues.text;
import static org.exposureatlas.source.RawValues.unreadable;
import static org.exposureatlas.source.RawValues.whole;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.ndjson.FieldType;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.schema.Observation;

/**
 * Censys hosts: one record is one service of a host, at the time the service was seen.
 *
 * <p>Read are v2 host documents, rows of the Universal Internet Dataset (numbers as strings; rows
 * without {@code services} give their paired lists of ports and names) and Platform documents.
 * Sizes are known of Elasticsearch with replicas, Redis and Memcached in memory, and files of open
 * directories; MongoDB has none. A host that answers on every port ({@code truncated}) is marked as
 * a decoy. Source: docs.censys.com and censys-sdk-python, 2025-04.
 */
public final class CensysSource implements ScanSource {

  private static final JsonField IP = inherited("raw_ip", "ip", FieldType.STRING);
  private static final JsonField IDENTIFIER_V4 =
      inherited("raw_identifier_v4", "host_identifier.ipv4", FieldType.STRING);
  private static final JsonField IDENTIFIER_V6 =
      inherited("raw_identifier_v6", "host_identifier.ipv6", FieldType.STRING);
  private static final JsonField PORT = field("raw_port", "port", FieldType.TEXT);
  private static final JsonField TRANSPORT =
      field("raw_transport", "transport_protocol", FieldType.STRING);
  private static final JsonField TRANSPORT_UID =
      field("raw_transport_uid", "transport", FieldType.STRING);
  private static final JsonField NAME = field("raw_name", "service_name", FieldType.STRING);
  private static final JsonField EXTENDED_NAME =
      field("raw_extended_name", "extended_service_name", FieldType.STRING);
  private static final JsonField PROTOCOL = field("raw_protocol", "protocol", FieldType.STRING);
  private static final JsonField OBSERVED = field("raw_observed", "observed_at", FieldType.STRING);
  private static final JsonField SCANNED = field("raw_scanned", "scan_time", FieldType.STRING);
  private static final JsonField SNAPSHOT =
      inherited("raw_snapshot", "snapshot_date", FieldType.STRING);
  private static final JsonField COUNTRY =
      inherited("raw_country", "location.country_code", FieldType.STRING);
  private static final JsonField ASN =
      inherited("raw_asn", "autonomous_system.asn", FieldType.TEXT);
  private static final JsonField AS_NAME =
      inherited("raw_as_name", "autonomous_system.name", FieldType.STRING);
  private static final JsonField TRUNCATED = field("raw_truncated", "truncated", FieldType.TEXT);
  private static final JsonField HOST_TRUNCATED =
      outermost("raw_host_truncated", "truncated", FieldType.TEXT);
  private static final JsonField LABELS = field("raw_labels", "labels", FieldType.JSON);
  private static final JsonField HOST_LABELS =
      outermost("raw_host_labels", "labels", FieldType.JSON);
  private static final JsonField PORTS = field("raw_ports", "ports_list", FieldType.JSON);
  private static final JsonField NAMES = field("raw_names", "service_names_list", FieldType.JSON);

  private static final JsonField MONGO_VERSION =
      field("raw_mongo_version", "mongodb.build_info.version", FieldType.TEXT);
  private static final JsonField ELASTIC_UUID =
      field("raw_elastic_uuid", "elasticsearch.system_info.cluster_uuid", FieldType.TEXT);
  private static final JsonField ELASTIC_VERSION =
      field("raw_elastic_version", "elasticsearch.system_info.version.number", FieldType.TEXT);
  private static final Elastic V2 = Elastic.below("v2", "elasticsearch.node_info");
  private static final Elastic PLATFORM =
      Elastic.below("platform", "elasticsearch.results_node_info");
  private static final JsonField REDIS_USED =
      field("raw_redis_used", "redis.used_memory", FieldType.TEXT);
  private static final JsonField REDIS_PING =
      field("raw_redis_ping", "redis.ping_response", FieldType.TEXT);
  private static final JsonField REDIS_INFO =
      field("raw_redis_info", "redis.info_response", FieldType.JSON);
  private static final JsonField MEMCACHED_STATS =
      field("raw_memcached_stats", "memcached.stats", FieldType.JSON);
  private static final JsonField MEMCACHED_VERSION =
      field("raw_memcached_version", "memcached.version", FieldType.TEXT);
  private static final JsonField ENDPOINTS = field("raw_endpoints", "endpoints", FieldType.JSON);

  private static final List<JsonField> FIELDS =
      Stream.of(
              Stream.of(
                  IP,
                  IDENTIFIER_V4,
                  IDENTIFIER_V6,
                  PORT,
                  TRANSPORT,
                  TRANSPORT_UID,
                  NAME,
                  EXTENDED_NAME,
                  PROTOCOL,
                  OBSERVED,
                  SCANNED,
                  SNAPSHOT,
                  COUNTRY,
                  ASN,
                  AS_NAME,
                  TRUNCATED,
                  HOST_TRUNCATED,
                  LABELS,
                  HOST_LABELS,
                  PORTS,
                  NAMES,
                  MONGO_VERSION,
                  ELASTIC_UUID,
                  ELASTIC_VERSION,
                  REDIS_USED,
                  REDIS_PING,
                  REDIS_INFO,
                  MEMCACHED_STATS,
                  MEMCACHED_VERSION,
                  ENDPOINTS),
              V2.fields(),
              PLATFORM.fields())
          .flatMap(fields -> fields)
          .toList();

  private static final DataType STRINGS = createArrayType(StringType);
  private static final DataType MAP = createMapType(StringType, StringType);
  private static final DataType PAIRS =
      createArrayType(new StructType().add("key", StringType).add("value", StringType));
  private static final DataType DIRECTORIES =
      createArrayType(
          new StructType()
              .add(
                  "open_directory",
                  new StructType()
                      .add("files", createArrayType(new StructType().add("size", StringType)))));

  private static final String SERVICE = "listed_service";
  private static final String LISTED_PORT = "listed_port";
  private static final String LISTED_NAME = "listed_name";
  private static final String FILES = "directory_files";

  /** Figures of a cluster, below the member that v2 and Platform name differently. */
  private record Elastic(
      JsonField size, JsonField count, JsonField documents, JsonField capacity, JsonField uuid) {

    static Elastic below(String shape, String path) {
      String info = path + ".cluster_combined_info.";
      String name = "raw_elastic_" + shape;
      return new Elastic(
          field(name + "_size", info + "indices.store.size_in_bytes", FieldType.TEXT),
          field(name + "_count", info + "indices.count", FieldType.TEXT),
          field(name + "_documents", info + "indices.docs.count", FieldType.TEXT),
          field(name + "_capacity", info + "filesystem.total_in_bytes", FieldType.TEXT),
          field(name + "_uuid", info + "uuid", FieldType.TEXT));
    }

    Stream<JsonField> fields() {
      return Stream.of(size, count, documents, capacity, uuid);
    }
  }

  @Override
  public String name() {
    return "censys";
  }

  @Override
  public String versions() {
    return "v2, Universal Internet Dataset, Platform of 2025-04";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(RawInput.ndjson(FIELDS, List.of("services"), CensysSource::normalise));
  }

  private static Dataset<Row> normalise(Dataset<Row> raw) {
    Essentials essentials = new Essentials(ip(), col(LISTED_PORT), time());
    return essentials.select(
        opened(essentials.check(withListedServices(raw))),
        figures()
            .columns(
                List.of(when(isTruncated(), SourceRecord.TRUNCATED_HOST)),
                Observation.TRANSPORT.from(
                    when(transport().isin("udp", "quic"), "udp").otherwise("tcp")),
                Observation.HONEYPOT_HINT.from(isDecoy()),
                Observation.SOURCE_COUNTRY_CODE.from(text(COUNTRY)),
                SourceRecord.SOURCE_ASN.from(whole(ASN)),
                SourceRecord.SOURCE_AS_NAME.from(text(AS_NAME)),
                SourceRecord.UNKNOWN_VERSION.from(
                    when(col(LISTED_NAME).isNull(), "shape without a name of the service"))));
  }

  /** Rows without services list their ports and names in pairs: each becomes a record. */
  private static Dataset<Row> withListedServices(Dataset<Row> raw) {
    Column own = struct(text(PORT).as("port"), serviceName().as("name"));
    Column pairs =
        transform(
            arrays_zip(from_json(column(PORTS), STRINGS), from_json(column(NAMES), STRINGS)),
            pair -> struct(pair.getField("0").as("port"), pair.getField("1").as("name")));
    Column isList = text(PORT).isNull().and(column(PORTS).isNotNull());
    return raw.withColumn(SERVICE, explode_outer(when(isList, pairs).otherwise(array(own))))
        .withColumn(LISTED_PORT, col(SERVICE).getField("port"))
        .withColumn(LISTED_NAME, col(SERVICE).getField("name"))
        .drop(SERVICE);
  }

  private static Dataset<Row> opened(Dataset<Row> raw) {
    Column directories =
        filter(
            transform(
                from_json(column(ENDPOINTS), DIRECTORIES),
                endpoint -> endpoint.getField("open_directory").getField("files")),
            Column::isNotNull);
    return raw.withColumn(Observation.SERVICE_TYPE.name(), ServiceType.ofProtocol(col(LISTED_NAME)))
        .withColumn(
            FILES,
            when(
                SourceRecord.REASON
                    .col()
                    .isNull()
                    .and(column(ENDPOINTS).contains("\"open_directory\"")),
                flatten(directories)));
  }

  private static ByService figures() {
    ByService figures = new ByService();
    elasticsearch(figures);
    redis(figures);
    memcached(figures);
    Column files = col(FILES);
    return figures
        .with("mongodb", Observation.PRODUCT_VERSION, text(MONGO_VERSION))
        .size("http", sum(transform(files, file -> whole(file.getField("size")))), "listed_files")
        .with("http", Observation.FILE_COUNT, when(files.isNotNull(), size(files)))
        .with("http", Observation.ACCESS, when(size(files).gt(0), "open"));
  }

  private static void elasticsearch(ByService figures) {
    Column bytes = either(V2.size(), PLATFORM.size());
    Column count = either(V2.count(), PLATFORM.count());
    Column documents = either(V2.documents(), PLATFORM.documents());
    Column capacity = either(V2.capacity(), PLATFORM.capacity());
    Column uuid = coalesce(text(ELASTIC_UUID), either(V2.uuid(), PLATFORM.uuid()));
    figures
        .size("elasticsearch", whole(bytes), "stored_replicated")
        .with("elasticsearch", Observation.CAPACITY_BYTES, whole(capacity))
        .with("elasticsearch", Observation.RECORD_COUNT, whole(documents))
        .with("elasticsearch", Observation.CONTAINER_COUNT, whole(count))
        .with("elasticsearch", Observation.PRODUCT_VERSION, text(ELASTIC_VERSION))
        .with(
            "elasticsearch",
            Observation.ACCESS,
            when(uuid.isNotNull().or(bytes.isNotNull()).or(count.isNotNull()), "open"))
        .flags("elasticsearch", unreadable(bytes), unreadable(count, documents, capacity))
        .identity("elasticsearch", uuid, "uuid");
  }

  private static void redis(ByService figures) {
    RedisInfo info =
        new RedisInfo(
            coalesce(text(REDIS_USED), member("used_memory")),
            member("used_memory_startup"),
            member("used_memory_dataset"),
            member("maxmemory"),
            column(REDIS_INFO));
    info.fill(figures, text(REDIS_PING), member("redis_version"), member("run_id"));
  }

  private static Column member(String name) {
    return get_json_object(column(REDIS_INFO), "$." + name);
  }

  private static void memcached(ByService figures) {
    new MemcachedStats(statistic("bytes"), statistic("curr_items"), statistic("limit_maxbytes"))
        .fill(figures, text(MEMCACHED_VERSION));
  }

  /** Of a map in Platform documents, of a list of key and value in older ones. */
  private static Column statistic(String name) {
    Column listed =
        filter(
            from_json(column(MEMCACHED_STATS), PAIRS), pair -> pair.getField("key").equalTo(name));
    Column inList = when(size(listed).gt(0), element_at(listed, 1).getField("value"));
    return when(column(MEMCACHED_STATS).startsWith("["), inList)
        .otherwise(from_json(column(MEMCACHED_STATS), MAP).getItem(name));
  }

  /** The extended name tells apart what shares a protocol, such as Kibana and HTTP. */
  private static Column serviceName() {
    Column extended = text(EXTENDED_NAME);
    Column isKnown = ServiceType.ofProtocol(extended).notEqual(ServiceType.OTHER);
    return coalesce(when(isKnown, extended), text(NAME), text(PROTOCOL));
  }

  private static Column ip() {
    return coalesce(text(IP), text(IDENTIFIER_V4), text(IDENTIFIER_V6));
  }

  private static Column transport() {
    return lower(coalesce(text(TRANSPORT), text(TRANSPORT_UID)));
  }

  /** The service's own time; a row of pairs has only that of its snapshot. */
  private static Column time() {
    Column given = coalesce(text(OBSERVED), text(SCANNED), text(SNAPSHOT));
    return regexp_replace(given, "^(\\S+) (\\S+) UTC$", "$1T$2Z");
  }

  private static Column isTruncated() {
    return isTrue(TRUNCATED).or(isTrue(HOST_TRUNCATED));
  }

  private static Column isDecoy() {
    Column labels = lower(concat_ws(" ", column(LABELS), column(HOST_LABELS)));
    return isTruncated().or(labels.rlike("\"(honeypot|tarpit)\""));
  }

  private static Column either(JsonField v2, JsonField platform) {
    return coalesce(text(v2), text(platform));
  }

  private static JsonField outermost(String name, String path, FieldType type) {
    return new JsonField(name, path, type, JsonField.Scope.OUTERMOST);
  }
}

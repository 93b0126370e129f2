package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.ndjson.FieldType;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.schema.Observation;

/**
 * Shodan banners: one record is one service's response to one crawler.
 *
 * <p>Read are newline-delimited banners, search answers with {@code matches} and host documents
 * with {@code data}, whose banners take address, location and tags from their host where they lack
 * them. Times carry no zone and are UTC. Sizes are the servers' own statistics: MongoDB on disk,
 * Elasticsearch with replicas, HDFS with replication, Redis and Memcached in memory. Source:
 * datapedia.shodan.io and shadowscatcher/shodan, 2024-12.
 */
public final class ShodanSource implements ScanSource {

  private static final JsonField TIME = field("raw_time", "timestamp", FieldType.STRING);
  private static final JsonField IP_V4 = inherited("raw_ip_str", "ip_str", FieldType.STRING);
  private static final JsonField IP_V6 = inherited("raw_ipv6", "ipv6", FieldType.STRING);
  private static final JsonField IP_NUMBER = inherited("raw_ip", "ip", FieldType.TEXT);
  private static final JsonField PORT = field("raw_port", "port", FieldType.TEXT);
  private static final JsonField TRANSPORT = field("raw_transport", "transport", FieldType.STRING);
  private static final JsonField MODULE = field("raw_module", "_shodan.module", FieldType.TEXT);
  private static final JsonField PRODUCT = field("raw_product", "product", FieldType.TEXT);
  private static final JsonField VERSION = field("raw_version", "version", FieldType.TEXT);
  private static final JsonField TAGS = inherited("raw_tags", "tags", FieldType.JSON);
  private static final JsonField COUNTRY =
      field("raw_country", "location.country_code", FieldType.STRING);
  private static final JsonField HOST_COUNTRY =
      inherited("raw_host_country", "country_code", FieldType.STRING);
  private static final JsonField ASN = inherited("raw_asn", "asn", FieldType.TEXT);
  private static final JsonField ORGANISATION = inherited("raw_org", "org", FieldType.STRING);
  private static final JsonField BANNER = field("raw_banner", "data", FieldType.TEXT);

  private static final JsonField MONGO_AUTHENTICATION =
      field("raw_mongo_authentication", "mongodb.authentication", FieldType.TEXT);
  private static final JsonField MONGO_TOTAL =
      field("raw_mongo_total", "mongodb.listDatabases.totalSize", FieldType.TEXT);
  private static final JsonField MONGO_DATABASES =
      field("raw_mongo_databases", "mongodb.listDatabases.databases", FieldType.JSON);
  private static final JsonField MONGO_VERSION =
      field("raw_mongo_version", "mongodb.buildInfo.version", FieldType.TEXT);

  private static final JsonField MONGO_PROCESS =
      field("raw_mongo_process", "mongodb.serverStatus.process", FieldType.TEXT);
  private static final JsonField MONGO_SET =
      field("raw_mongo_set", "mongodb.serverStatus.repl.setName", FieldType.TEXT);
  private static final JsonField MONGO_MEMBERS =
      field("raw_mongo_members", "mongodb.serverStatus.repl.hosts", FieldType.JSON);
  private static final JsonField MONGO_CONFIG =
      field(
          "raw_mongo_config",
          "mongodb.serverStatus.sharding.configsvrConnectionString",
          FieldType.TEXT);

  private static final JsonField ELASTIC_UUID =
      field("raw_elastic_uuid", "elastic.cluster.cluster_uuid", FieldType.TEXT);
  private static final JsonField ELASTIC_NAME =
      field("raw_elastic_name", "elastic.cluster.cluster_name", FieldType.TEXT);
  private static final JsonField ELASTIC_SIZE =
      field("raw_elastic_size", "elastic.cluster.indices.store.size_in_bytes", FieldType.TEXT);
  private static final JsonField ELASTIC_COUNT =
      field("raw_elastic_count", "elastic.cluster.indices.count", FieldType.TEXT);
  private static final JsonField ELASTIC_DOCUMENTS =
      field("raw_elastic_documents", "elastic.cluster.indices.docs.count", FieldType.TEXT);
  private static final JsonField ELASTIC_CAPACITY =
      field("raw_elastic_capacity", "elastic.cluster.nodes.fs.total_in_bytes", FieldType.TEXT);
  private static final JsonField ELASTIC_INDICES =
      field("raw_elastic_indices", "elastic.indices", FieldType.JSON);

  private static final JsonField HDFS_USED =
      field("raw_hdfs_used", "opts.hdfs-namenode.Used", FieldType.TEXT);
  private static final JsonField HDFS_TOTAL =
      field("raw_hdfs_total", "opts.hdfs-namenode.Total", FieldType.TEXT);
  private static final JsonField HDFS_FILES =
      field("raw_hdfs_files", "opts.hdfs-namenode.TotalFiles", FieldType.TEXT);
  private static final JsonField HDFS_CLUSTER =
      field("raw_hdfs_cluster", "opts.hdfs-namenode.ClusterId", FieldType.TEXT);
  private static final JsonField HDFS_VERSION =
      field("raw_hdfs_version", "opts.hdfs-namenode.Version", FieldType.TEXT);

  private static final JsonField REDIS_USED =
      field("raw_redis_used", "redis.memory.used_memory", FieldType.TEXT);
  private static final JsonField REDIS_STARTUP =
      field("raw_redis_startup", "redis.memory.used_memory_startup", FieldType.TEXT);
  private static final JsonField REDIS_DATASET =
      field("raw_redis_dataset", "redis.memory.used_memory_dataset", FieldType.TEXT);
  private static final JsonField REDIS_LIMIT =
      field("raw_redis_limit", "redis.memory.maxmemory", FieldType.TEXT);
  private static final JsonField REDIS_KEYSPACE =
      field("raw_redis_keyspace", "redis.keyspace", FieldType.JSON);
  private static final JsonField REDIS_RUN =
      field("raw_redis_run", "redis.server.run_id", FieldType.TEXT);
  private static final JsonField REDIS_VERSION =
      field("raw_redis_version", "redis.server.redis_version", FieldType.TEXT);

  private static final JsonField CASSANDRA_KEYSPACES =
      field("raw_cassandra_keyspaces", "cassandra.keyspaces", FieldType.JSON);
  private static final JsonField CASSANDRA_VERSION =
      field("raw_cassandra_version", "cassandra.version", FieldType.TEXT);
  private static final JsonField INFLUX_DATABASES =
      field("raw_influx_databases", "influxdb.databases", FieldType.JSON);
  private static final JsonField INFLUX_DATABASES_OLD =
      field("raw_influx_databases_old", "influx_db.databases", FieldType.JSON);
  private static final JsonField HIVE_DATABASES =
      field("raw_hive_databases", "hive.databases", FieldType.JSON);
  private static final JsonField RSYNC_MODULES =
      field("raw_rsync_modules", "rsync.modules", FieldType.JSON);
  private static final JsonField RSYNC_AUTHENTICATION =
      field("raw_rsync_authentication", "rsync.authentication", FieldType.TEXT);
  private static final JsonField SMB_ANONYMOUS =
      field("raw_smb_anonymous", "smb.anonymous", FieldType.TEXT);
  private static final JsonField SMB_SHARES = field("raw_smb_shares", "smb.shares", FieldType.JSON);
  private static final JsonField FTP_ANONYMOUS =
      field("raw_ftp_anonymous", "ftp.anonymous", FieldType.TEXT);

  private static final List<JsonField> FIELDS =
      List.of(
          TIME,
          IP_V4,
          IP_V6,
          IP_NUMBER,
          PORT,
          TRANSPORT,
          MODULE,
          PRODUCT,
          VERSION,
          TAGS,
          COUNTRY,
          HOST_COUNTRY,
          ASN,
          ORGANISATION,
          BANNER,
          MONGO_AUTHENTICATION,
          MONGO_TOTAL,
          MONGO_DATABASES,
          MONGO_VERSION,
          MONGO_PROCESS,
          MONGO_SET,
          MONGO_MEMBERS,
          MONGO_CONFIG,
          ELASTIC_UUID,
          ELASTIC_NAME,
          ELASTIC_SIZE,
          ELASTIC_COUNT,
          ELASTIC_DOCUMENTS,
          ELASTIC_CAPACITY,
          ELASTIC_INDICES,
          HDFS_USED,
          HDFS_TOTAL,
          HDFS_FILES,
          HDFS_CLUSTER,
          HDFS_VERSION,
          REDIS_USED,
          REDIS_STARTUP,
          REDIS_DATASET,
          REDIS_LIMIT,
          REDIS_KEYSPACE,
          REDIS_RUN,
          REDIS_VERSION,
          CASSANDRA_KEYSPACES,
          CASSANDRA_VERSION,
          INFLUX_DATABASES,
          INFLUX_DATABASES_OLD,
          HIVE_DATABASES,
          RSYNC_MODULES,
          RSYNC_AUTHENTICATION,
          SMB_ANONYMOUS,
          SMB_SHARES,
          FTP_ANONYMOUS);

  private static final DataType NAMES = createArrayType(StringType);
  private static final DataType MAP = createMapType(StringType, StringType);
  private static final DataType HIVE =
      createArrayType(
          new StructType()
              .add("name", StringType)
              .add(
                  "tables",
                  createArrayType(
                      new StructType()
                          .add("name", StringType)
                          .add("properties", createArrayType(MAP)))));
  private static final DataType SHARES =
      createArrayType(
          new StructType()
              .add(
                  "files",
                  createArrayType(
                      new StructType().add("directory", BooleanType).add("size", StringType))));

  private static final String MONGO_LIST = "mongo_list";
  private static final String INDICES = "elastic_index_entries";
  private static final String TABLES = "hive_tables";
  private static final String FILES = "smb_files";
  private static final String COUCH_NAMES = "couch_names";

  /** Services whose instances Shodan looks at for the marks of extortionists. */
  private static final Object[] LOOKED_AT = {
    "mongodb", "elasticsearch", "couchdb", "redis", "cassandra"
  };

  @Override
  public String name() {
    return "shodan";
  }

  @Override
  public String versions() {
    return "banner schema of 2014 to 2024-12";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(RawInput.ndjson(FIELDS, List.of("matches", "data"), ShodanSource::normalise));
  }

  private static Dataset<Row> normalise(Dataset<Row> raw) {
    Essentials essentials = new Essentials(ip(), text(PORT), text(TIME));
    ByService figures = figures();
    figures
        .everywhere(
            Observation.PRODUCT_VERSION,
            coalesce(text(VERSION), figures.of(Observation.PRODUCT_VERSION)))
        .everywhere(Observation.INFECTED, infected(figures));
    return essentials.select(
        opened(essentials.check(raw)),
        figures.columns(
            List.of(),
            Observation.TRANSPORT.from(
                when(text(TRANSPORT).equalTo("udp"), "udp").otherwise("tcp")),
            Observation.PRODUCT.from(product()),
            Observation.HONEYPOT_HINT.from(hasTag("honeypot")),
            Observation.SOURCE_COUNTRY_CODE.from(coalesce(text(COUNTRY), text(HOST_COUNTRY))),
            SourceRecord.SOURCE_ASN.from(whole(regexp_extract(text(ASN), "^(?:AS)?(\\d+)$", 1))),
            SourceRecord.SOURCE_AS_NAME.from(text(ORGANISATION))));
  }

  /** The texts of a few records, opened once. */
  private static Dataset<Row> opened(Dataset<Row> raw) {
    Column service = Observation.SERVICE_TYPE.col();
    Column isUsable = SourceRecord.REASON.col().isNull();
    Column couch = regexp_extract(column(BANNER), "\"dbs\"\\s*:\\s*(\\[[^\\]]*\\])", 1);
    return raw.withColumn(Observation.SERVICE_TYPE.name(), service())
        .withColumn(
            MONGO_LIST,
            when(
                isUsable.and(service.equalTo("mongodb")),
                MongoDatabases.parse(column(MONGO_DATABASES), "sizeOnDisk")))
        .withColumn(
            INDICES,
            when(
                isUsable.and(service.equalTo("elasticsearch")),
                map_entries(from_json(column(ELASTIC_INDICES), MAP))))
        .withColumn(TABLES, when(isUsable.and(service.equalTo("hive")), tables()))
        .withColumn(FILES, when(isUsable.and(service.equalTo("smb")), files()))
        .withColumn(
            COUCH_NAMES,
            when(
                isUsable.and(service.equalTo("couchdb")),
                from_json(nullif(couch, lit("")), NAMES)));
  }

  private static ByService figures() {
    ByService figures = new ByService();
    mongodb(figures);
    elasticsearch(figures);
    redis(figures);
    new MemcachedStats(statistic("bytes"), statistic("curr_items"), statistic("limit_maxbytes"))
        .fill(figures, statistic("version"));
    hdfs(figures);
    hive(figures);
    namesOnly(figures);
    files(figures);
    return figures;
  }

  private static void mongodb(ByService figures) {
    Column isListed = column(MONGO_DATABASES).isNotNull().or(text(MONGO_TOTAL).isNotNull());
    new MongoDatabases(col(MONGO_LIST), text(MONGO_TOTAL))
        .fill(figures)
        .identity("mongodb", mongoIdentity(), "replica_set")
        .with("mongodb", Observation.PRODUCT_VERSION, text(MONGO_VERSION))
        .with(
            "mongodb",
            Observation.ACCESS,
            when(isListed, "open").when(isTrue(MONGO_AUTHENTICATION), "auth_required"));
  }

  /** All of a sharded cluster share their config servers; others know their own set. */
  private static Column mongoIdentity() {
    return coalesce(
        ReplicaSet.ofConnection(text(MONGO_CONFIG)).identity(),
        new ReplicaSet(text(MONGO_SET), from_json(column(MONGO_MEMBERS), NAMES)).identity());
  }

  /** A router of a sharded cluster says so in its state, not in its banner. */
  private static Column product() {
    return when(
            text(MONGO_PROCESS).rlike("(?:^|/)mongos$"),
            concat_ws(" ", text(PRODUCT), lit("mongos")))
        .otherwise(text(PRODUCT));
  }

  private static void elasticsearch(ByService figures) {
    Column indices = col(INDICES);
    Column listed = sum(sizes(indices));
    Column system = filter(indices, index -> index.getField("key").startsWith("."));
    Column size = coalesce(whole(ELASTIC_SIZE), listed);
    figures
        .size("elasticsearch", size, "stored_replicated")
        .with(
            "elasticsearch",
            Observation.SYSTEM_BYTES,
            when(listed.gt(0), coalesce(sum(sizes(system)), lit(0L))))
        .with("elasticsearch", Observation.CAPACITY_BYTES, whole(ELASTIC_CAPACITY))
        .with("elasticsearch", Observation.RECORD_COUNT, whole(ELASTIC_DOCUMENTS))
        .with(
            "elasticsearch",
            Observation.CONTAINER_COUNT,
            coalesce(whole(ELASTIC_COUNT), when(indices.isNotNull(), size(indices))))
        .with(
            "elasticsearch",
            Observation.INFECTED,
            RansomNames.among(transform(indices, index -> index.getField("key"))))
        .with("elasticsearch", Observation.ACCESS, when(isElastic(), "open"))
        .flags(
            "elasticsearch",
            unreadable(column(ELASTIC_SIZE)),
            unreadable(column(ELASTIC_DOCUMENTS), column(ELASTIC_COUNT), column(ELASTIC_CAPACITY)))
        .identity("elasticsearch", text(ELASTIC_UUID), "uuid");
  }

  private static void redis(ByService figures) {
    RedisInfo info =
        new RedisInfo(
            text(REDIS_USED),
            text(REDIS_STARTUP),
            text(REDIS_DATASET),
            text(REDIS_LIMIT),
            column(REDIS_KEYSPACE));
    info.fill(figures, column(BANNER), text(REDIS_VERSION), text(REDIS_RUN));
  }

  /** Used counts every replica; Total is capacity. */
  private static void hdfs(ByService figures) {
    figures
        .size("hdfs", whole(HDFS_USED), "stored_replicated")
        .with("hdfs", Observation.CAPACITY_BYTES, whole(HDFS_TOTAL))
        .with("hdfs", Observation.FILE_COUNT, whole(HDFS_FILES))
        .with("hdfs", Observation.PRODUCT_VERSION, text(HDFS_VERSION))
        .with("hdfs", Observation.ACCESS, when(isHdfs(), "open"))
        .flags(
            "hdfs",
            unreadable(column(HDFS_USED)),
            unreadable(column(HDFS_TOTAL), column(HDFS_FILES)))
        .identity("hdfs", text(HDFS_CLUSTER), "uuid");
  }

  /** Properties are maps of one or more names; totalSize is of the files, one copy. */
  private static void hive(ByService figures) {
    Column tables = col(TABLES);
    figures
        .size("hive", sum(property(tables, "totalSize")), "stored_primary")
        .with("hive", Observation.RECORD_COUNT, sum(property(tables, "numRows")))
        .with("hive", Observation.CONTAINER_COUNT, when(tables.isNotNull(), size(tables)))
        .with(
            "hive",
            Observation.INFECTED,
            RansomNames.among(transform(tables, table -> table.getField("name"))))
        .with("hive", Observation.ACCESS, when(column(HIVE_DATABASES).isNotNull(), "open"));
  }

  /** Services that list names and no sizes. */
  private static void namesOnly(ByService figures) {
    Column couch = col(COUCH_NAMES);
    Column keyspaces = from_json(column(CASSANDRA_KEYSPACES), NAMES);
    Column influx =
        from_json(coalesce(column(INFLUX_DATABASES), column(INFLUX_DATABASES_OLD)), NAMES);
    Column modules = map_entries(from_json(column(RSYNC_MODULES), MAP));
    Column locked = isTrue(RSYNC_AUTHENTICATION);
    named(figures, "couchdb", couch);
    named(figures, "cassandra", keyspaces);
    named(figures, "influxdb", influx);
    figures
        .with("cassandra", Observation.PRODUCT_VERSION, text(CASSANDRA_VERSION))
        .with(
            "couchdb",
            Observation.ACCESS,
            when(couch.isNotNull(), "open")
                .when(column(BANNER).rlike("^HTTP/[0-9.]+ 40[13]"), "auth_required"))
        .with("rsync", Observation.CONTAINER_COUNT, when(modules.isNotNull(), size(modules)))
        .with(
            "rsync",
            Observation.ACCESS,
            when(locked, "auth_required").when(size(modules).gt(0), "open"));
  }

  private static void named(ByService figures, String service, Column names) {
    figures
        .with(service, Observation.CONTAINER_COUNT, when(names.isNotNull(), size(names)))
        .with(service, Observation.INFECTED, RansomNames.among(filter(names, Column::isNotNull)))
        .with(service, Observation.ACCESS, when(names.isNotNull(), "open"));
  }

  /** Only the top level of a share is listed: not the volume of the share. */
  private static void files(ByService figures) {
    Column files = col(FILES);
    Column sizes =
        transform(
            filter(files, file -> coalesce(file.getField("directory"), lit(false)).equalTo(false)),
            file -> file.getField("size"));
    figures
        .size("smb", sum(transform(sizes, RawValues::whole)), "listed_files")
        .with("smb", Observation.FILE_COUNT, when(sizes.isNotNull(), size(sizes)))
        .with(
            "smb",
            Observation.CONTAINER_COUNT,
            when(column(SMB_SHARES).isNotNull(), size(from_json(column(SMB_SHARES), SHARES))))
        .with(
            "smb",
            Observation.ACCESS,
            when(isTrue(SMB_ANONYMOUS), "open")
                .when(text(SMB_ANONYMOUS).isNotNull(), "auth_required"))
        .with(
            "ftp",
            Observation.ACCESS,
            when(isTrue(FTP_ANONYMOUS), "open")
                .when(text(FTP_ANONYMOUS).isNotNull(), "auth_required"));
  }

  /** What the banner has decides, then the crawler's module, then the product. */
  private static Column service() {
    Column module = ServiceType.ofProtocol(text(MODULE));
    return when(
            column(MONGO_DATABASES).isNotNull().or(column(MONGO_AUTHENTICATION).isNotNull()),
            "mongodb")
        .when(isElastic(), "elasticsearch")
        .when(isHdfs(), "hdfs")
        .when(isRedis(), "redis")
        .when(column(HIVE_DATABASES).isNotNull(), "hive")
        .when(column(CASSANDRA_KEYSPACES).isNotNull(), "cassandra")
        .when(
            column(INFLUX_DATABASES).isNotNull().or(column(INFLUX_DATABASES_OLD).isNotNull()),
            "influxdb")
        .when(column(RSYNC_MODULES).isNotNull(), "rsync")
        .when(column(SMB_ANONYMOUS).isNotNull(), "smb")
        .when(column(FTP_ANONYMOUS).isNotNull(), "ftp")
        .when(module.isin(ServiceType.OTHER, "http"), coalesce(ofProduct(), module))
        .otherwise(module);
  }

  private static Column ofProduct() {
    Column product = lower(text(PRODUCT));
    return when(product.contains("mongodb"), "mongodb")
        .when(product.startsWith("elastic"), "elasticsearch")
        .when(product.startsWith("redis"), "redis")
        .when(product.startsWith("memcached"), "memcached")
        .when(product.contains("couchdb"), "couchdb")
        .when(product.startsWith("kibana"), "kibana")
        .when(product.contains("cassandra"), "cassandra")
        .when(product.startsWith("influxdb"), "influxdb")
        .when(column(BANNER).startsWith("STAT pid "), "memcached");
  }

  private static Column isElastic() {
    return column(ELASTIC_NAME)
        .isNotNull()
        .or(column(ELASTIC_SIZE).isNotNull())
        .or(column(ELASTIC_INDICES).isNotNull());
  }

  private static Column isHdfs() {
    return column(HDFS_USED).isNotNull().or(column(HDFS_CLUSTER).isNotNull());
  }

  private static Column isRedis() {
    return column(REDIS_USED).isNotNull().or(column(REDIS_RUN).isNotNull());
  }

  /** Marked by Shodan, which looks at some services only, or by a name. */
  private static Column infected(ByService figures) {
    Column mark = when(Observation.SERVICE_TYPE.col().isin(LOOKED_AT), tag("compromised"));
    Column named = figures.of(Observation.INFECTED);
    return when(mark.or(named), true).otherwise(coalesce(mark, named));
  }

  private static Column hasTag(String tag) {
    return coalesce(tag(tag), lit(false));
  }

  /** Whether a tag is given; NULL without tags. */
  private static Column tag(String tag) {
    return column(TAGS).contains("\"" + tag + "\"");
  }

  /** IPv6 banners have neither text nor number of an IPv4 address. */
  private static Column ip() {
    Column number = whole(IP_NUMBER);
    Column bytes =
        concat_ws(
            ".",
            shiftright(number, 24),
            shiftright(number, 16).bitwiseAND(255),
            shiftright(number, 8).bitwiseAND(255),
            number.bitwiseAND(255));
    return coalesce(text(IP_V4), text(IP_V6), when(number.between(0, 0xFFFF_FFFFL), bytes));
  }

  private static Column statistic(String name) {
    return nullif(regexp_extract(column(BANNER), "(?m)^STAT " + name + " (\\S+)", 1), lit(""));
  }

  private static Column sizes(Column indices) {
    return filter(
        transform(
            indices,
            index ->
                whole(get_json_object(index.getField("value"), "$.total.store.size_in_bytes"))),
        Column::isNotNull);
  }

  private static Column tables() {
    return flatten(
        filter(
            transform(
                from_json(column(HIVE_DATABASES), HIVE), database -> database.getField("tables")),
            Column::isNotNull));
  }

  private static Column files() {
    return flatten(
        filter(
            transform(from_json(column(SMB_SHARES), SHARES), share -> share.getField("files")),
            Column::isNotNull));
  }

  private static Column property(Column tables, String name) {
    return transform(
        tables,
        table ->
            whole(
                try_element_at(
                    filter(
                        transform(table.getField("properties"), pair -> pair.getItem(name)),
                        Column::isNotNull),
                    lit(1))));
  }
}

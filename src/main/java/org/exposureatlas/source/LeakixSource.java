package org.exposureatlas.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.json_array_length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.when;
import static org.exposureatlas.source.RawValues.column;
import static org.exposureatlas.source.RawValues.isTrue;
import static org.exposureatlas.source.RawValues.text;
import static org.exposureatlas.source.RawValues.unreadable;
import static org.exposureatlas.source.RawValues.whole;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.ndjson.FieldType;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.schema.Observation;

/**
 * LeakIX l9events: one record is one plugin's finding on one address and port.
 *
 * <p>Read are newline-delimited events of the Go and Python writers, arrays of events as the search
 * API gives them, host documents with {@code Services} and {@code Leaks}, and aggregated lines with
 * {@code events}, whose events take address and location from their line where they lack them.
 * Events of type {@code leak} state an exposure. The Go writer puts 0 for what was not measured, so
 * 0 becomes NULL. A size that is no integer rejects the event. Source: LeakIX/l9format, 2021-12,
 * l9format-python, 2026-03, and LeakIX/l9plugins, 2021-12.
 */
public final class LeakixSource implements ScanSource {

  private static final JsonField TIME = field("raw_time", "time", FieldType.STRING);
  private static final JsonField IP = inherited("raw_ip", "ip", FieldType.STRING);
  private static final JsonField PORT = field("raw_port", "port", FieldType.TEXT);
  private static final JsonField TRANSPORT = field("raw_transport", "transport", FieldType.JSON);
  private static final JsonField PROTOCOL = field("raw_protocol", "protocol", FieldType.STRING);
  private static final JsonField TYPE = field("raw_type", "event_type", FieldType.STRING);
  private static final JsonField PLUGIN = field("raw_plugin", "event_source", FieldType.STRING);
  private static final JsonField SEVERITY =
      field("raw_severity", "leak.severity", FieldType.STRING);
  private static final JsonField SIZE = field("raw_size", "leak.dataset.size", FieldType.LONG);
  private static final JsonField ROWS = field("raw_rows", "leak.dataset.rows", FieldType.LONG);
  private static final JsonField FILES = field("raw_files", "leak.dataset.files", FieldType.LONG);
  private static final JsonField COLLECTIONS =
      field("raw_collections", "leak.dataset.collections", FieldType.LONG);
  private static final JsonField INFECTED =
      field("raw_infected", "leak.dataset.infected", FieldType.BOOLEAN);
  private static final JsonField SUMMARY = field("raw_summary", "summary", FieldType.STRING);
  private static final JsonField PRODUCT =
      field("raw_product", "service.software.name", FieldType.STRING);
  private static final JsonField VERSION =
      field("raw_version", "service.software.version", FieldType.STRING);
  private static final JsonField COUNTRY =
      inherited("raw_country", "geoip.country_iso_code", FieldType.STRING);
  private static final JsonField ASN = inherited("raw_asn", "network.asn", FieldType.LONG);
  private static final JsonField AS_NAME =
      inherited("raw_as_name", "network.organization_name", FieldType.STRING);

  private static final JsonField MONGO_LOCKED =
      field("raw_mongo_locked", "mongodb.auth_required", FieldType.TEXT);
  private static final JsonField MONGO_DATABASES =
      field("raw_mongo_databases", "mongodb.databases", FieldType.JSON);
  private static final JsonField MEMCACHED_BYTES =
      field("raw_memcached_bytes", "memcached.bytes", FieldType.TEXT);
  private static final JsonField MEMCACHED_ITEMS =
      field("raw_memcached_items", "memcached.curr_items", FieldType.TEXT);
  private static final JsonField MEMCACHED_LIMIT =
      field("raw_memcached_limit", "memcached.max_bytes", FieldType.TEXT);
  private static final JsonField FTP_ANONYMOUS =
      field("raw_ftp_anonymous", "ftp.anonymous", FieldType.TEXT);

  private static final List<JsonField> FIELDS =
      List.of(
          TIME,
          IP,
          PORT,
          TRANSPORT,
          PROTOCOL,
          TYPE,
          PLUGIN,
          SEVERITY,
          SIZE,
          ROWS,
          FILES,
          COLLECTIONS,
          INFECTED,
          SUMMARY,
          PRODUCT,
          VERSION,
          COUNTRY,
          ASN,
          AS_NAME,
          MONGO_LOCKED,
          MONGO_DATABASES,
          MEMCACHED_BYTES,
          MEMCACHED_ITEMS,
          MEMCACHED_LIMIT,
          FTP_ANONYMOUS);

  /** What stands before a name in the listings of the explore plugins. */
  private static final String FOUND = "^Found (?:index |(?:collection|table) (?:[^\\s.]+\\.)?)";

  @Override
  public String name() {
    return "leakix";
  }

  @Override
  public String versions() {
    return "l9format 2021-12 (Go) to 2.0.1 of 2026-03 (Python)";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(
        RawInput.ndjson(FIELDS, List.of("events", "Services", "Leaks"), LeakixSource::normalise));
  }

  private static Dataset<Row> normalise(Dataset<Row> raw) {
    Column isLeak = column(TYPE).equalTo("leak");
    Column service = ServiceType.ofProtocol(column(PROTOCOL));
    Column dataset = nullif(column(SIZE), lit(0L));
    Column inMemory = whole(MEMCACHED_BYTES);
    Essentials essentials = new Essentials(text(IP), text(PORT), text(TIME));
    Column lack = when(text(TYPE).isNull(), "event_type: found nothing, expected a value");
    return essentials
        .check(raw, lack)
        .select(
            Observation.FILE.col().as(SourceRecord.PATH.name()),
            Observation.LINE.col(),
            SourceRecord.REASON.col(),
            SourceRecord.DETAIL.col(),
            SourceRecord.IP_TEXT.from(text(IP)),
            Observation.OBSERVED_AT.from(essentials.observedAt()),
            Observation.PORT.from(essentials.portNumber()),
            Observation.TRANSPORT.from(
                when(column(TRANSPORT).contains("\"udp\""), "udp").otherwise("tcp")),
            Observation.SERVICE_TYPE.from(service),
            Observation.PRODUCT.from(text(PRODUCT)),
            Observation.PRODUCT_VERSION.from(text(VERSION)),
            Observation.ACCESS.from(access(isLeak)),
            Observation.SIZE_BYTES.from(coalesce(dataset, inMemory)),
            Observation.SIZE_SEMANTICS.from(
                when(dataset.isNotNull(), semantics())
                    .when(inMemory.isNotNull(), "memory")
                    .otherwise("absent")),
            Observation.CAPACITY_BYTES.from(whole(MEMCACHED_LIMIT)),
            Observation.RECORD_COUNT.from(
                coalesce(when(service.notEqual("redis"), positive(ROWS)), whole(MEMCACHED_ITEMS))),
            Observation.CONTAINER_COUNT.from(
                coalesce(positive(COLLECTIONS), json_array_length(column(MONGO_DATABASES)))),
            Observation.FILE_COUNT.from(positive(FILES)),
            Observation.INFECTED.from(when(isLeak, infected())),
            Observation.SEVERITY.from(text(SEVERITY)),
            Observation.SOURCE_COUNTRY_CODE.from(text(COUNTRY)),
            SourceRecord.SOURCE_ASN.from(positive(ASN)),
            SourceRecord.SOURCE_AS_NAME.from(text(AS_NAME)),
            SourceRecord.FLAGS.from(flags()),
            SourceRecord.UNKNOWN_VERSION.from(
                coalesce(
                    KnownVersions.unknown("leakix", "event", text(TYPE)),
                    when(
                        dataset.isNotNull(),
                        KnownVersions.unknown("leakix", "plugin", text(PLUGIN))))));
  }

  private static Column flags() {
    Column size = unreadable(column(MEMCACHED_BYTES));
    Column figure = unreadable(column(MEMCACHED_ITEMS), column(MEMCACHED_LIMIT));
    return when(
        size.or(figure),
        array(
            when(size, SourceRecord.SIZE_UNREADABLE),
            when(figure, SourceRecord.FIGURE_UNREADABLE)));
  }

  /** Marked by a plugin, or a listed name tells so; the names are not kept. */
  private static Column infected() {
    Column listed =
        column(PROTOCOL)
            .isin("elasticsearch", "kibana", "mongo", "mysql")
            .and(RansomNames.in(column(SUMMARY), FOUND));
    return column(INFECTED).or(coalesce(listed, lit(false)));
  }

  /**
   * Root with an empty or guessed password is what the MySQL plugins find. Of other events only the
   * parts that newer writers add say something.
   */
  private static Column access(Column isLeak) {
    return when(isLeak.and(column(PLUGIN).startsWith("Mysql")), "weak_credentials")
        .when(isLeak, "open")
        .when(isTrue(MONGO_LOCKED), "auth_required")
        .when(text(MEMCACHED_BYTES).isNotNull().or(isTrue(FTP_ANONYMOUS)), "open")
        .otherwise("unknown");
  }

  /**
   * What the plugins add up, whatever stage their names say. MySQL gives an estimate, and so is
   * what plugins without published code give.
   */
  private static Column semantics() {
    Column plugin = column(PLUGIN);
    return when(plugin.startsWith("Mongo"), "logical")
        .when(plugin.startsWith("ElasticSearch").or(plugin.startsWith("CouchDb")), "stored_primary")
        .otherwise("estimated");
  }

  private static Column positive(JsonField field) {
    return when(column(field).gt(0), column(field));
  }

  private static JsonField field(String name, String path, FieldType type) {
    return new JsonField(name, path, type);
  }

  private static JsonField inherited(String name, String path, FieldType type) {
    return JsonField.inherited(name, path, type);
  }
}

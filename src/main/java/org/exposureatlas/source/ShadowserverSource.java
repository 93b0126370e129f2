package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;
import static org.exposureatlas.source.RawValues.text;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.csv.CsvColumn;
import org.exposureatlas.schema.Observation;

/**
 * Shadowserver reports: one row is one address, port and report of a day, of the networks that the
 * receiver is responsible for.
 *
 * <p>The report type stands in the file name, such as {@code scan_mongodb}, or {@code
 * scan6_mongodb} for IPv6. Columns are found by name, since they moved and were renamed over the
 * years. Only {@code scan_hadoop} measures a volume: {@code used_disk} of a name node, in bytes
 * with all replicas; other sizes are those of answers. Types that name no data store become service
 * {@code other} of unknown access. Source: report_schema, 2026-03, and IntelMQ's test data, 2018 to
 * 2024.
 */
public final class ShadowserverSource implements ScanSource {

  private static final CsvColumn TIME = CsvColumn.required("raw_time", "timestamp");
  private static final CsvColumn IP = CsvColumn.required("raw_ip", "ip");
  private static final CsvColumn PORT = CsvColumn.optional("raw_port", "port");
  private static final CsvColumn TRANSPORT = CsvColumn.optional("raw_transport", "protocol");
  private static final CsvColumn SEVERITY = CsvColumn.optional("raw_severity", "severity");
  private static final CsvColumn ASN = CsvColumn.optional("raw_asn", "asn");
  private static final CsvColumn COUNTRY = CsvColumn.optional("raw_country", "geo");
  private static final CsvColumn VERSION =
      CsvColumn.optional("raw_version", "version", "couchdb_version", "server_version");
  private static final CsvColumn DATABASES =
      CsvColumn.optional("raw_databases", "visible_databases");
  private static final CsvColumn ERROR = CsvColumn.optional("raw_error", "error");
  private static final CsvColumn HTTP_CODE =
      CsvColumn.optional("raw_http_code", "http_code", "status");
  private static final CsvColumn RUN_ID = CsvColumn.optional("raw_run_id", "run_id");
  private static final CsvColumn MODULES = CsvColumn.optional("raw_modules", "module");
  private static final CsvColumn PASSWORD =
      CsvColumn.optional("raw_password", "has_password", "password");
  private static final CsvColumn SERVER_TYPE = CsvColumn.optional("raw_server_type", "server_type");
  private static final CsvColumn CLUSTER = CsvColumn.optional("raw_cluster", "clusterid");
  private static final CsvColumn USED = CsvColumn.optional("raw_used", "used_disk");
  private static final CsvColumn TOTAL = CsvColumn.optional("raw_total", "total_disk");

  private static final List<CsvColumn> COLUMNS =
      List.of(
          TIME,
          IP,
          PORT,
          TRANSPORT,
          SEVERITY,
          ASN,
          COUNTRY,
          VERSION,
          DATABASES,
          ERROR,
          HTTP_CODE,
          RUN_ID,
          MODULES,
          PASSWORD,
          SERVER_TYPE,
          CLUSTER,
          USED,
          TOTAL);

  /** Reports that were sent without a header row. */
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "scan_hadoop",
          List.of(
              "timestamp",
              "ip",
              "port",
              "hostname",
              "version",
              "asn",
              "geo",
              "region",
              "city",
              "naics",
              "sic",
              "server_type",
              "clusterid",
              "total_disk",
              "used_disk",
              "free_disk",
              "livenodes",
              "namenodeaddress",
              "volumeinfo"));

  /** The last name such as scan_mongodb or scan6_mongodb in a path; dates and receivers follow. */
  private static final String REPORT =
      "^.*(?:^|[/-])(?:scan|population)6?_([a-z0-9_]+?)(?:[-.]|_[0-9]{4}-).*$";

  private static final String TIME_FORM = "a UTC time such as 2022-07-21 03:04:05";
  private static final String NONE_VISIBLE = "none visible";

  @Override
  public String name() {
    return "shadowserver";
  }

  @Override
  public String versions() {
    return "reports of 2017 to 2026-03";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(RawInput.csv(COLUMNS, HEADERS, ShadowserverSource::normalise));
  }

  private static Dataset<Row> normalise(Dataset<Row> raw) {
    Column report = regexp_extract(Observation.FILE.col(), REPORT, 1);
    Essentials essentials =
        new Essentials(text(IP), text(PORT), text(TIME), observedAt(), "timestamp", TIME_FORM);
    Column isNameNode =
        report.equalTo("hadoop").and(lower(column(SERVER_TYPE)).equalTo("namenode"));
    Column used = when(isNameNode, number(USED));
    Column id = clusterId(report);
    return essentials.select(
        checked(raw, report, essentials),
        Observation.TRANSPORT.from(
            when(lower(column(TRANSPORT)).equalTo("udp"), "udp").otherwise("tcp")),
        Observation.SERVICE_TYPE.from(ServiceType.ofProtocol(report)),
        Observation.PRODUCT_VERSION.from(substring_index(text(VERSION), ",", 1)),
        Observation.ACCESS.from(access(report)),
        Observation.SIZE_BYTES.from(used),
        Observation.SIZE_SEMANTICS.from(
            when(used.isNull(), "absent").otherwise("stored_replicated")),
        Observation.CAPACITY_BYTES.from(when(isNameNode, number(TOTAL))),
        Observation.CONTAINER_COUNT.from(containers(report)),
        Observation.INFECTED.from(RansomNames.among(databases(report))),
        Observation.SEVERITY.from(lower(text(SEVERITY))),
        Observation.SOURCE_COUNTRY_CODE.from(nullif(upper(text(COUNTRY)), lit("ZZ"))),
        SourceRecord.SOURCE_ASN.from(when(number(ASN).gt(0), number(ASN))),
        SourceRecord.CLUSTER_ID.from(id),
        SourceRecord.CLUSTER_ID_QUALITY.from(
            when(id.isNotNull(), when(report.equalTo("redis"), "run_id").otherwise("uuid"))),
        SourceRecord.UNKNOWN_VERSION.from(KnownVersions.unknown("shadowserver", "report", report)));
  }

  /** Reports named "accessible" say that the port answers, not that it lets anyone in. */
  private static Column access(Column report) {
    Column code = text(HTTP_CODE);
    Column password = upper(text(PASSWORD));
    return when(
            report.equalTo("mongodb"),
            when(text(DATABASES).equalTo(NONE_VISIBLE), "listing_refused").otherwise("open"))
        .when(
            report.equalTo("couchdb"),
            when(text(DATABASES).isNotNull(), "open")
                .when(text(ERROR).isNotNull(), "auth_required")
                .otherwise("unknown"))
        .when(
            report.equalTo("elasticsearch"),
            when(code.isin("401", "403"), "auth_required").otherwise("open"))
        .when(
            report.equalTo("rsync"),
            when(password.equalTo("Y"), "auth_required")
                .when(password.equalTo("N"), "open")
                .otherwise("unknown"))
        .when(report.isin("hadoop", "redis", "memcached", "cassandra"), "open")
        .otherwise("unknown");
  }

  /** Database names of MongoDB ("a | b |") and CouchDB ("a;b"); NULL: not shown. */
  private static Column databases(Column report) {
    Column shown = when(text(DATABASES).notEqual(NONE_VISIBLE), text(DATABASES));
    return when(report.equalTo("mongodb"), names(shown, "\\|"))
        .when(report.equalTo("couchdb"), names(shown, ";"));
  }

  private static Column containers(Column report) {
    Column shown =
        coalesce(databases(report), when(report.equalTo("rsync"), names(text(MODULES), ";")));
    return when(shown.isNotNull(), size(shown));
  }

  private static Column names(Column text, String separator) {
    return filter(
        functions.transform(split(text, separator), name -> trim(name)), name -> name.notEqual(""));
  }

  private static Column clusterId(Column report) {
    return when(report.equalTo("hadoop"), text(CLUSTER))
        .when(report.equalTo("redis"), text(RUN_ID));
  }

  /** Times are UTC and name no zone: 2022-07-21 03:04:05. */
  private static Column observedAt() {
    return when(
        column(TIME).rlike("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$"),
        try_to_timestamp(concat(column(TIME), lit("Z"))));
  }

  private static Dataset<Row> checked(Dataset<Row> raw, Column report, Essentials essentials) {
    Dataset<Row> ofReport =
        SourceRecord.reject(
            raw,
            report.equalTo(""),
            RejectReason.UNKNOWN_REPORT,
            lit("file name: found no report type, expected one such as scan_redis"));
    Dataset<Row> read = essentials.check(ofReport);
    for (CsvColumn figure : List.of(USED, TOTAL)) {
      read =
          SourceRecord.reject(
              read,
              text(figure).isNotNull().and(number(figure).isNull()),
              RejectReason.INVALID_NUMBER,
              Essentials.found(figure.headers().get(0), column(figure), "a whole number of bytes"));
    }
    return read;
  }

  private static Column number(CsvColumn column) {
    return column(column).try_cast(DataTypes.LongType);
  }

  private static Column column(CsvColumn column) {
    return functions.col(column.name());
  }
}

package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.exposureatlas.source.RawValues.text;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.xml.XmlField;

/**
 * Nmap's XML: one record is one port of one host.
 *
 * <p>Only {@code open} ports are observations; all others listed are counted as not open. The time
 * is when the host was done, else when it was begun, else when the run was. A service is known by a
 * script that spoke to it or by Nmap's probes; a name that Nmap took from the port number alone is
 * not believed. Volume is what scripts found: {@link NseScripts}. Source: nmap.dtd of Nmap 7, and
 * its scripts.
 */
public final class NmapSource implements ScanSource {

  private static final String HOST = "nmaprun/host/";
  private static final String PORT_PATH = HOST + "ports/port";

  private static final XmlField RUN_START = new XmlField("raw_run_start", "nmaprun/@start");
  private static final XmlField OUTPUT_VERSION =
      new XmlField("raw_output_version", "nmaprun/@xmloutputversion");
  private static final XmlField HOST_START = new XmlField("raw_host_start", HOST + "@starttime");
  private static final XmlField HOST_END = new XmlField("raw_host_end", HOST + "@endtime");
  private static final XmlField ADDRESSES = new XmlField("raw_addresses", HOST + "address");
  private static final XmlField PROTOCOL = ofPort("raw_protocol", "@protocol");
  private static final XmlField PORT = ofPort("raw_port", "@portid");
  private static final XmlField STATE = ofPort("raw_state", "state/@state");
  private static final XmlField SERVICE = ofPort("raw_service", "service/@name");
  private static final XmlField METHOD = ofPort("raw_method", "service/@method");
  private static final XmlField PRODUCT = ofPort("raw_product", "service/@product");
  private static final XmlField VERSION = ofPort("raw_version", "service/@version");
  private static final XmlField SCRIPTS = ofPort("raw_scripts", "script");

  private static final List<XmlField> FIELDS =
      List.of(
          RUN_START,
          OUTPUT_VERSION,
          HOST_START,
          HOST_END,
          ADDRESSES,
          PROTOCOL,
          PORT,
          STATE,
          SERVICE,
          METHOD,
          PRODUCT,
          VERSION,
          SCRIPTS);

  private static final DataType ADDRESS_LIST =
      DataTypes.createArrayType(
          new StructType().add("addr", DataTypes.StringType).add("addrtype", DataTypes.StringType));

  private static final DataType DATABASES =
      DataTypes.createArrayType(
          new StructType()
              .add("name", DataTypes.StringType)
              .add("bytes", DataTypes.StringType)
              .add("collections", DataTypes.createArrayType(DataTypes.StringType)));

  private static final String FOUND = "found";
  private static final StructType FINDINGS =
      new StructType()
          .add("service_type", DataTypes.StringType)
          .add("access", DataTypes.StringType)
          .add("size_bytes", DataTypes.LongType)
          .add("size_semantics", DataTypes.StringType)
          .add("capacity_bytes", DataTypes.LongType)
          .add("container_count", DataTypes.LongType)
          .add("infected", DataTypes.BooleanType)
          .add("version", DataTypes.StringType)
          .add("databases", DATABASES)
          .add("database_total", DataTypes.StringType);
  private static final UDF1<String, Row> READ_SCRIPTS = scripts -> row(NseScripts.read(scripts));

  @Override
  public String name() {
    return "nmap";
  }

  @Override
  public String versions() {
    return "XML output 1.0 to 1.05, of Nmap 4 to 7";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(
        new RawInput(
            "xml-records",
            Map.of("record", PORT_PATH, "fields", XmlField.encode(FIELDS)),
            List.of(".xml"),
            NmapSource::normalise));
  }

  private static Dataset<Row> normalise(Dataset<Row> raw) {
    Essentials essentials =
        new Essentials(address(), text(PORT), time(), UnixTime.instant(time()), UnixTime.FORM);
    PortState port = new PortState(text(STATE), text(PROTOCOL));
    ByService mongodb =
        new MongoDatabases(found("databases"), found("database_total")).fill(new ByService());
    Dataset<Row> opened =
        port.check(essentials.check(raw, port.lack()))
            .withColumn(FOUND, udf(READ_SCRIPTS, FINDINGS).apply(col(SCRIPTS.name())))
            .withColumn(Observation.SERVICE_TYPE.name(), service());
    return essentials.select(
        opened,
        Observation.TRANSPORT.from(text(PROTOCOL)),
        Observation.SERVICE_TYPE.col(),
        Observation.PRODUCT.from(text(PRODUCT)),
        Observation.PRODUCT_VERSION.from(coalesce(text(VERSION), found("version"))),
        Observation.ACCESS.from(coalesce(found("access"), lit("unknown"))),
        mongodb.column(Observation.SIZE_BYTES, found("size_bytes")),
        mongodb.column(
            Observation.SIZE_SEMANTICS, coalesce(found("size_semantics"), lit("absent"))),
        mongodb.column(Observation.SYSTEM_BYTES),
        Observation.CAPACITY_BYTES.from(found("capacity_bytes")),
        mongodb.column(Observation.CONTAINER_COUNT, found("container_count")),
        mongodb.column(Observation.INFECTED, found("infected")),
        mongodb.flags(),
        SourceRecord.UNKNOWN_VERSION.from(
            KnownVersions.unknown("nmap", "xmloutputversion", text(OUTPUT_VERSION))));
  }

  private static Column service() {
    Column probed = when(text(METHOD).equalTo("probed"), probedService());
    return coalesce(found("service_type"), probed, lit(ServiceType.OTHER));
  }

  /** Stores behind HTTP are told by their product. */
  private static Column probedService() {
    Column product = lower(text(PRODUCT));
    return when(product.contains("elasticsearch"), "elasticsearch")
        .when(product.contains("kibana"), "kibana")
        .when(product.contains("couchdb"), "couchdb")
        .when(product.contains("influxdb"), "influxdb")
        .otherwise(ServiceType.ofProtocol(text(SERVICE)));
  }

  /** The first address of the host that is no hardware address. */
  private static Column address() {
    Column addresses = from_json(col(ADDRESSES.name()), ADDRESS_LIST, Map.of());
    Column internet =
        filter(addresses, address -> address.getField("addrtype").isin("ipv4", "ipv6"));
    return nullif(trim(try_element_at(internet, lit(1)).getField("addr")), lit(""));
  }

  private static Column time() {
    return coalesce(text(HOST_END), text(HOST_START), text(RUN_START));
  }

  private static Row row(NseFindings found) {
    return RowFactory.create(
        found.serviceType(),
        found.access(),
        found.sizeBytes(),
        found.sizeSemantics(),
        found.capacityBytes(),
        found.containerCount(),
        found.infected(),
        found.version(),
        databases(found.databases()),
        found.databaseTotal());
  }

  private static Row[] databases(List<NseFindings.Database> databases) {
    return databases == null
        ? null
        : databases.stream()
            .map(database -> RowFactory.create(database.name(), database.bytes(), null))
            .toArray(Row[]::new);
  }

  private static Column found(String finding) {
    return col(FOUND).getField(finding);
  }

  private static XmlField ofPort(String name, String path) {
    return new XmlField(name, PORT_PATH + "/" + path);
  }
}

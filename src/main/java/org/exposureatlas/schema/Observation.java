package org.exposureatlas.schema;

/** Columns of {@code observation}: one row per source record accepted. Restricted. */
public final class Observation {
  public static final TableSchema TABLE =
      TableSchema.load("observation", "snapshot_date", "source");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field SOURCE = TABLE.field("source");
  public static final Field FILE = TABLE.field("file");
  public static final Field LINE = TABLE.field("line");
  public static final Field OBSERVED_AT = TABLE.field("observed_at");
  public static final Field IP = TABLE.field("ip");
  public static final Field PORT = TABLE.field("port");
  public static final Field TRANSPORT = TABLE.field("transport");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field PRODUCT = TABLE.field("product");
  public static final Field PRODUCT_VERSION = TABLE.field("product_version");
  public static final Field ACCESS = TABLE.field("access");
  public static final Field SIZE_BYTES = TABLE.field("size_bytes");
  public static final Field SIZE_SEMANTICS = TABLE.field("size_semantics");
  public static final Field SYSTEM_BYTES = TABLE.field("system_bytes");
  public static final Field CAPACITY_BYTES = TABLE.field("capacity_bytes");
  public static final Field RECORD_COUNT = TABLE.field("record_count");
  public static final Field CONTAINER_COUNT = TABLE.field("container_count");
  public static final Field FILE_COUNT = TABLE.field("file_count");
  public static final Field CLUSTER_KEY = TABLE.field("cluster_key");
  public static final Field CLUSTER_KEY_QUALITY = TABLE.field("cluster_key_quality");
  public static final Field INFECTED = TABLE.field("infected");
  public static final Field HONEYPOT_HINT = TABLE.field("honeypot_hint");
  public static final Field SEVERITY = TABLE.field("severity");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field ASN = TABLE.field("asn");
  public static final Field AS_NAME = TABLE.field("as_name");
  public static final Field GEO_EDITION = TABLE.field("geo_edition");
  public static final Field SOURCE_COUNTRY_CODE = TABLE.field("source_country_code");
  public static final Field QUALITY_FLAGS = TABLE.field("quality_flags");

  private Observation() {}
}

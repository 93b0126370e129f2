package org.exposureatlas.schema;

/**
 * Columns of {@code exposure}: one row per distinct exposed data store of a snapshot. Restricted.
 */
public final class Exposure {
  public static final TableSchema TABLE = TableSchema.load("exposure", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field EXPOSURE_KEY = TABLE.field("exposure_key");
  public static final Field STORE_KEY = TABLE.field("store_key");
  public static final Field CLUSTER_KEY_QUALITY = TABLE.field("cluster_key_quality");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field COUNTRY_COUNT = TABLE.field("country_count");
  public static final Field ASN = TABLE.field("asn");
  public static final Field AS_NAME = TABLE.field("as_name");
  public static final Field GEO_EDITION = TABLE.field("geo_edition");
  public static final Field ACCESS = TABLE.field("access");
  public static final Field SIZE_BYTES = TABLE.field("size_bytes");
  public static final Field SIZE_SEMANTICS = TABLE.field("size_semantics");
  public static final Field SYSTEM_BYTES = TABLE.field("system_bytes");
  public static final Field CAPACITY_BYTES = TABLE.field("capacity_bytes");
  public static final Field RECORD_COUNT = TABLE.field("record_count");
  public static final Field CONTAINER_COUNT = TABLE.field("container_count");
  public static final Field FILE_COUNT = TABLE.field("file_count");
  public static final Field REPORTED_BYTES = TABLE.field("reported_bytes");
  public static final Field MEMBER_COUNT = TABLE.field("member_count");
  public static final Field HOST_COUNT = TABLE.field("host_count");
  public static final Field HOSTS = TABLE.field("hosts");
  public static final Field SOURCES = TABLE.field("sources");
  public static final Field OBSERVED_AT = TABLE.field("observed_at");
  public static final Field CARRIED = TABLE.field("carried");
  public static final Field FIRST_SEEN_DATE = TABLE.field("first_seen_date");
  public static final Field LAST_SEEN_DATE = TABLE.field("last_seen_date");
  public static final Field INFECTED = TABLE.field("infected");
  public static final Field FIRST_INFECTED_DATE = TABLE.field("first_infected_date");
  public static final Field BYTES_BEFORE_INFECTION = TABLE.field("bytes_before_infection");
  public static final Field HONEYPOT_SCORE = TABLE.field("honeypot_score");
  public static final Field HONEYPOT_REASONS = TABLE.field("honeypot_reasons");
  public static final Field IS_HONEYPOT = TABLE.field("is_honeypot");
  public static final Field IMPLAUSIBLE_SIZE = TABLE.field("implausible_size");
  public static final Field PSEUDO_SERVICE = TABLE.field("pseudo_service");
  public static final Field IS_CLEAN = TABLE.field("is_clean");

  private Exposure() {}
}

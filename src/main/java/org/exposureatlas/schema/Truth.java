package org.exposureatlas.schema;

/**
 * Columns of {@code truth}: what a simulated world holds, one row per snapshot, country and service
 * type that occurs.
 */
public final class Truth {
  public static final TableSchema TABLE = TableSchema.load("truth");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field HOST_COUNT = TABLE.field("host_count");
  public static final Field ENDPOINT_COUNT = TABLE.field("endpoint_count");
  public static final Field EXPOSURE_COUNT = TABLE.field("exposure_count");
  public static final Field REPORTED_BYTES = TABLE.field("reported_bytes");
  public static final Field DEDUPLICATED_BYTES = TABLE.field("deduplicated_bytes");
  public static final Field CLEAN_BYTES = TABLE.field("clean_bytes");
  public static final Field INFECTED_COUNT = TABLE.field("infected_count");
  public static final Field HONEYPOT_COUNT = TABLE.field("honeypot_count");
  public static final Field UNKNOWN_SIZE_COUNT = TABLE.field("unknown_size_count");

  private Truth() {}
}

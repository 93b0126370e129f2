package org.exposureatlas.schema;

/**
 * Columns of {@code country_exposure}: one row per snapshot and country. Host counts do not add up
 * over services.
 */
public final class CountryExposure {
  public static final TableSchema TABLE = TableSchema.load("country_exposure", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field HOST_COUNT = TABLE.field("host_count");
  public static final Field HOST_COUNT_LOW95 = TABLE.field("host_count_low95");
  public static final Field HOST_COUNT_HIGH95 = TABLE.field("host_count_high95");
  public static final Field ENDPOINT_COUNT = TABLE.field("endpoint_count");
  public static final Field EXPOSURE_COUNT = TABLE.field("exposure_count");
  public static final Field EXPOSURE_COUNT_LOW95 = TABLE.field("exposure_count_low95");
  public static final Field EXPOSURE_COUNT_HIGH95 = TABLE.field("exposure_count_high95");
  public static final Field REPORTED_BYTES = TABLE.field("reported_bytes");
  public static final Field DEDUPLICATED_BYTES = TABLE.field("deduplicated_bytes");
  public static final Field CLEAN_BYTES = TABLE.field("clean_bytes");
  public static final Field ROBUST_BYTES = TABLE.field("robust_bytes");
  public static final Field CLEAN_BYTES_LOW95 = TABLE.field("clean_bytes_low95");
  public static final Field CLEAN_BYTES_HIGH95 = TABLE.field("clean_bytes_high95");
  public static final Field INTERVAL_METHOD = TABLE.field("interval_method");
  public static final Field BYTES_BY_SEMANTICS = TABLE.field("bytes_by_semantics");
  public static final Field UNKNOWN_SIZE_COUNT = TABLE.field("unknown_size_count");
  public static final Field INFECTED_COUNT = TABLE.field("infected_count");
  public static final Field HONEYPOT_COUNT = TABLE.field("honeypot_count");
  public static final Field MEDIAN_SIZE_BYTES = TABLE.field("median_size_bytes");
  public static final Field TOP1_SHARE = TABLE.field("top1_share");
  public static final Field TOP10_SHARE = TABLE.field("top10_share");
  public static final Field TOP1_PERCENT_SHARE = TABLE.field("top1_percent_share");
  public static final Field GINI = TABLE.field("gini");
  public static final Field HHI = TABLE.field("hhi");
  public static final Field TAIL_INDEX = TABLE.field("tail_index");
  public static final Field TAIL_INDEX_LOW = TABLE.field("tail_index_low");
  public static final Field TAIL_INDEX_HIGH = TABLE.field("tail_index_high");
  public static final Field TAIL_K_MIN = TABLE.field("tail_k_min");
  public static final Field TAIL_K_MAX = TABLE.field("tail_k_max");
  public static final Field LORENZ = TABLE.field("lorenz");
  public static final Field RECORD_COUNT = TABLE.field("record_count");
  public static final Field HOST_SKETCH = TABLE.field("host_sketch");
  public static final Field GEO_EDITION = TABLE.field("geo_edition");
  public static final Field SUPPRESSED = TABLE.field("suppressed");

  private CountryExposure() {}
}

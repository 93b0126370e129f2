package org.exposureatlas.schema;

/**
 * Columns of {@code geo_restatement}: one row per relocated snapshot and pair of countries before
 * and after.
 */
public final class GeoRestatement {
  public static final TableSchema TABLE = TableSchema.load("geo_restatement", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field FROM_GEO_EDITION = TABLE.field("from_geo_edition");
  public static final Field TO_GEO_EDITION = TABLE.field("to_geo_edition");
  public static final Field FROM_COUNTRY_CODE = TABLE.field("from_country_code");
  public static final Field TO_COUNTRY_CODE = TABLE.field("to_country_code");
  public static final Field EXPOSURE_COUNT = TABLE.field("exposure_count");
  public static final Field DEDUPLICATED_BYTES = TABLE.field("deduplicated_bytes");

  private GeoRestatement() {}
}

package org.exposureatlas.schema;

/**
 * Columns of {@code exposure_index}: one row per snapshot, list and country: places of countries by
 * exposed hosts per allocated address, per service and over all. Public.
 */
public final class ExposureIndex {
  public static final TableSchema TABLE = TableSchema.load("exposure_index", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field LIST = TABLE.field("list");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field WEIGHT = TABLE.field("weight");
  public static final Field EXPOSED_COUNT = TABLE.field("exposed_count");
  public static final Field BASE_COUNT = TABLE.field("base_count");
  public static final Field EXPOSED_SHARE = TABLE.field("exposed_share");
  public static final Field RANK = TABLE.field("rank");
  public static final Field INDEX_DISTANCE = TABLE.field("index_distance");

  private ExposureIndex() {}
}

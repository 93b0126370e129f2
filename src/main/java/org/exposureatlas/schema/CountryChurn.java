package org.exposureatlas.schema;

/**
 * Columns of {@code country_churn}: one row per two snapshots, country and service type that occurs
 * in either. Counts and bytes close: what was, plus what came, less what went, is what is.
 */
public final class CountryChurn {
  public static final TableSchema TABLE = TableSchema.load("country_churn", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field FROM_DATE = TABLE.field("from_date");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field BEFORE_COUNT = TABLE.field("before_count");
  public static final Field BEFORE_BYTES = TABLE.field("before_bytes");
  public static final Field ENTERED_COUNT = TABLE.field("entered_count");
  public static final Field ENTERED_BYTES = TABLE.field("entered_bytes");
  public static final Field LEFT_COUNT = TABLE.field("left_count");
  public static final Field LEFT_BYTES = TABLE.field("left_bytes");
  public static final Field MOVED_IN_COUNT = TABLE.field("moved_in_count");
  public static final Field MOVED_IN_BYTES = TABLE.field("moved_in_bytes");
  public static final Field MOVED_OUT_COUNT = TABLE.field("moved_out_count");
  public static final Field MOVED_OUT_BYTES = TABLE.field("moved_out_bytes");
  public static final Field STAYED_COUNT = TABLE.field("stayed_count");
  public static final Field STAYED_BYTES = TABLE.field("stayed_bytes");
  public static final Field GREW_COUNT = TABLE.field("grew_count");
  public static final Field GREW_BYTES = TABLE.field("grew_bytes");
  public static final Field SHRANK_COUNT = TABLE.field("shrank_count");
  public static final Field SHRANK_BYTES = TABLE.field("shrank_bytes");
  public static final Field REMEASURED_COUNT = TABLE.field("remeasured_count");
  public static final Field REMEASURED_BYTES = TABLE.field("remeasured_bytes");
  public static final Field AFTER_COUNT = TABLE.field("after_count");
  public static final Field AFTER_BYTES = TABLE.field("after_bytes");

  private CountryChurn() {}
}

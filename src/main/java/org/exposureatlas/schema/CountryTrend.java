package org.exposureatlas.schema;

/** Columns of {@code country_trend}: one row per day, country, service type, measure and window. */
public final class CountryTrend {
  public static final TableSchema TABLE = TableSchema.load("country_trend", "as_of_date");

  public static final Field AS_OF_DATE = TABLE.field("as_of_date");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field MEASURE = TABLE.field("measure");
  public static final Field WINDOW_DAYS = TABLE.field("window_days");
  public static final Field SNAPSHOT_COUNT = TABLE.field("snapshot_count");
  public static final Field SLOPE_PER_DAY = TABLE.field("slope_per_day");
  public static final Field SLOPE_PER_DAY_LOW95 = TABLE.field("slope_per_day_low95");
  public static final Field SLOPE_PER_DAY_HIGH95 = TABLE.field("slope_per_day_high95");
  public static final Field TEST = TABLE.field("test");
  public static final Field KENDALL_Z = TABLE.field("kendall_z");
  public static final Field P_VALUE = TABLE.field("p_value");
  public static final Field Q_VALUE = TABLE.field("q_value");
  public static final Field CHANGE_7D = TABLE.field("change_7d");
  public static final Field CHANGE_28D = TABLE.field("change_28d");
  public static final Field CHANGE_365D = TABLE.field("change_365d");
  public static final Field CHANGE_POINTS = TABLE.field("change_points");
  public static final Field VERDICT = TABLE.field("verdict");
  public static final Field VERDICT_TEXT = TABLE.field("verdict_text");

  private CountryTrend() {}
}

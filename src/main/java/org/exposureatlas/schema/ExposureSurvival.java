package org.exposureatlas.schema;

/**
 * Columns of {@code exposure_survival}: one row per day, country, service type and cohort month of
 * stores: how long they stand open.
 */
public final class ExposureSurvival {
  public static final TableSchema TABLE = TableSchema.load("exposure_survival", "as_of_date");

  public static final Field AS_OF_DATE = TABLE.field("as_of_date");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field COHORT_MONTH = TABLE.field("cohort_month");
  public static final Field STORE_COUNT = TABLE.field("store_count");
  public static final Field LATE_ENTRY_COUNT = TABLE.field("late_entry_count");
  public static final Field CLOSED_COUNT = TABLE.field("closed_count");
  public static final Field PREVALENT_COUNT = TABLE.field("prevalent_count");
  public static final Field MEDIAN_DAYS = TABLE.field("median_days");
  public static final Field MEDIAN_DAYS_LOW95 = TABLE.field("median_days_low95");
  public static final Field MEDIAN_DAYS_HIGH95 = TABLE.field("median_days_high95");
  public static final Field SURVIVAL_28D = TABLE.field("survival_28d");
  public static final Field SURVIVAL_28D_LOW95 = TABLE.field("survival_28d_low95");
  public static final Field SURVIVAL_28D_HIGH95 = TABLE.field("survival_28d_high95");
  public static final Field LOG_RANK_P_VALUE = TABLE.field("log_rank_p_value");

  private ExposureSurvival() {}
}

package org.exposureatlas.schema;

/**
 * Columns of {@code store_life}: one row per store that may still be open, and one per group of
 * equal lives that ended. Restricted.
 */
public final class StoreLife {
  public static final TableSchema TABLE = TableSchema.load("store_life", "as_of_date", "is_ended");

  public static final Field AS_OF_DATE = TABLE.field("as_of_date");
  public static final Field IS_ENDED = TABLE.field("is_ended");
  public static final Field STORE = TABLE.field("store");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field UNSEEN_BEFORE_DATE = TABLE.field("unseen_before_date");
  public static final Field FIRST_SEEN_DATE = TABLE.field("first_seen_date");
  public static final Field LAST_SEEN_DATE = TABLE.field("last_seen_date");
  public static final Field UNSEEN_AFTER_DATE = TABLE.field("unseen_after_date");
  public static final Field LIFE_COUNT = TABLE.field("life_count");
  public static final Field INPUTS = TABLE.field("inputs");

  private StoreLife() {}
}

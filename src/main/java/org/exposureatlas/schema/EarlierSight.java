package org.exposureatlas.schema;

/**
 * Columns of {@code earlier_sight}: what snapshots before a day tell of stores that the exposures
 * of the day do not tell. Restricted.
 */
public final class EarlierSight {
  public static final TableSchema TABLE = TableSchema.load("earlier_sight", "as_of_date");

  public static final Field AS_OF_DATE = TABLE.field("as_of_date");
  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field STORE_KEY = TABLE.field("store_key");
  public static final Field FIRST_SEEN_DATE = TABLE.field("first_seen_date");
  public static final Field SIZE_BYTES = TABLE.field("size_bytes");
  public static final Field FIRST_INFECTED_DATE = TABLE.field("first_infected_date");
  public static final Field BYTES_BEFORE_INFECTION = TABLE.field("bytes_before_infection");
  public static final Field INPUTS = TABLE.field("inputs");

  private EarlierSight() {}
}

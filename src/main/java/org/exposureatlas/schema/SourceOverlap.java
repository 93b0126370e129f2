package org.exposureatlas.schema;

/**
 * Columns of {@code source_overlap}: one row per snapshot, service type and pair of sources.
 * Public.
 */
public final class SourceOverlap {
  public static final TableSchema TABLE = TableSchema.load("source_overlap", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field SOURCE_A = TABLE.field("source_a");
  public static final Field SOURCE_B = TABLE.field("source_b");
  public static final Field ONLY_A_COUNT = TABLE.field("only_a_count");
  public static final Field ONLY_B_COUNT = TABLE.field("only_b_count");
  public static final Field BOTH_COUNT = TABLE.field("both_count");
  public static final Field CHAPMAN_ESTIMATE = TABLE.field("chapman_estimate");
  public static final Field CHAPMAN_LOW95 = TABLE.field("chapman_low95");
  public static final Field CHAPMAN_HIGH95 = TABLE.field("chapman_high95");

  private SourceOverlap() {}
}

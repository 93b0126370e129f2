package org.exposureatlas.schema;

/**
 * Columns of {@code snapshot_cell}: one row per snapshot, source, country and service type that
 * occurs. Restricted, because a cell may be one host.
 */
public final class SnapshotCell {
  public static final TableSchema TABLE = TableSchema.load("snapshot_cell", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field SOURCE = TABLE.field("source");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field SERVICE_TYPE = TABLE.field("service_type");
  public static final Field OBSERVATION_COUNT = TABLE.field("observation_count");
  public static final Field GIVEN_COUNTS = TABLE.field("given_counts");

  private SnapshotCell() {}
}

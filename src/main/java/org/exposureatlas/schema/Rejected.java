package org.exposureatlas.schema;

/** Columns of {@code rejected}: one row per source record that could not be used. Restricted. */
public final class Rejected {
  public static final TableSchema TABLE = TableSchema.load("rejected", "snapshot_date", "source");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field SOURCE = TABLE.field("source");
  public static final Field FILE = TABLE.field("file");
  public static final Field LINE = TABLE.field("line");
  public static final Field REASON = TABLE.field("reason");
  public static final Field DETAIL = TABLE.field("detail");

  private Rejected() {}
}

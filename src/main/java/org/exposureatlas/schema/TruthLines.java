package org.exposureatlas.schema;

/** Columns of {@code truth_lines}: what the files of a simulated snapshot hold, one row each. */
public final class TruthLines {
  public static final TableSchema TABLE = TableSchema.load("truth_lines");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field LINE_COUNT = TABLE.field("line_count");
  public static final Field REJECTED_COUNT = TABLE.field("rejected_count");
  public static final Field BLANK_COUNT = TABLE.field("blank_count");

  private TruthLines() {}
}

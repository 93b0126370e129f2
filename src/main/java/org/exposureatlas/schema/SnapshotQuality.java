package org.exposureatlas.schema;

/**
 * Columns of {@code snapshot_quality}: one row per snapshot and source, with its reconciled record
 * counts.
 */
public final class SnapshotQuality {
  public static final TableSchema TABLE = TableSchema.load("snapshot_quality", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field SOURCE = TABLE.field("source");
  public static final Field FILE_COUNT = TABLE.field("file_count");
  public static final Field LINE_COUNT = TABLE.field("line_count");
  public static final Field BLANK_LINE_COUNT = TABLE.field("blank_line_count");
  public static final Field NOT_OPEN_COUNT = TABLE.field("not_open_count");
  public static final Field OBSERVATION_COUNT = TABLE.field("observation_count");
  public static final Field REJECTED_COUNT = TABLE.field("rejected_count");
  public static final Field REJECTED_BY_REASON = TABLE.field("rejected_by_reason");
  public static final Field UNLOCATED_COUNT = TABLE.field("unlocated_count");
  public static final Field UNKNOWN_VERSIONS = TABLE.field("unknown_versions");
  public static final Field TRAILING_SNAPSHOT_COUNT = TABLE.field("trailing_snapshot_count");
  public static final Field TRAILING_MEDIAN_COUNT = TABLE.field("trailing_median_count");
  public static final Field TRAILING_SIZE_RATIO = TABLE.field("trailing_size_ratio");
  public static final Field SIZE_DEVIATION = TABLE.field("size_deviation");
  public static final Field LOST_SHARE = TABLE.field("lost_share");
  public static final Field VERDICT = TABLE.field("verdict");
  public static final Field GEO_EDITION = TABLE.field("geo_edition");
  public static final Field CODE_VERSION = TABLE.field("code_version");

  private SnapshotQuality() {}
}

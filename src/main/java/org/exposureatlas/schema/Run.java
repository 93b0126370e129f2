package org.exposureatlas.schema;

/** Columns of {@code run}: one row per job run. */
public final class Run {
  public static final TableSchema TABLE = TableSchema.load("run");

  public static final Field RUN_ID = TABLE.field("run_id");
  public static final Field JOB = TABLE.field("job");
  public static final Field FROM_DATE = TABLE.field("from_date");
  public static final Field TO_DATE = TABLE.field("to_date");
  public static final Field STARTED_AT = TABLE.field("started_at");
  public static final Field DURATION_MS = TABLE.field("duration_ms");
  public static final Field CODE_VERSION = TABLE.field("code_version");
  public static final Field CONFIGURATION = TABLE.field("configuration");
  public static final Field INPUTS = TABLE.field("inputs");
  public static final Field OUTPUT_ROWS = TABLE.field("output_rows");

  private Run() {}
}

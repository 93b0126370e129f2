package org.exposureatlas.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** What a record names that is not known; see {@link KnownVersions#unknown}. */
public final class UnknownVersionFunction extends RecordFunction<UTF8String> {

  static final String NAME = "unknown_version";

  private static final long serialVersionUID = 1L;

  UnknownVersionFunction() {
    super(NAME, DataTypes.StringType, DataTypes.StringType, DataTypes.StringType);
  }

  /** Called by Spark with the name of a list, and a name; null: known, or no name. */
  public static UTF8String invoke(UTF8String list, UTF8String name) {
    return name == null ? null : KnownVersions.unknown(list, name);
  }
}

package org.exposureatlas.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** What stands behind the first characters of a path, without a copy of it for every record. */
public final class PathEndFunction extends RecordFunction<UTF8String> {

  static final String NAME = "path_end";

  private static final long serialVersionUID = 1L;

  PathEndFunction() {
    super(NAME, DataTypes.StringType, DataTypes.StringType, DataTypes.IntegerType);
  }

  /** Called by Spark: a path of at least {@code skipped} characters, which are ASCII. */
  public static UTF8String invoke(UTF8String path, int skipped) {
    return UTF8String.fromAddress(
        path.getBaseObject(), path.getBaseOffset() + skipped, path.numBytes() - skipped);
  }
}

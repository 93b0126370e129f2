package org.exposureatlas.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Text without spaces around it; see {@link RawValues#text(org.apache.spark.sql.Column)}. */
public final class TrimmedFunction extends RecordFunction<UTF8String> {

  static final String NAME = "trimmed";

  private static final long serialVersionUID = 1L;

  TrimmedFunction() {
    super(NAME, DataTypes.StringType, DataTypes.StringType);
  }

  /** Called by Spark; null for no text, and where nothing is left. */
  public static UTF8String invoke(UTF8String text) {
    if (text == null) {
      return null;
    }
    UTF8String trimmed = text.trim();
    return trimmed.numBytes() == 0 ? null : trimmed;
  }
}

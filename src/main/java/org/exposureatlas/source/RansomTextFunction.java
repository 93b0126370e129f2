package org.exposureatlas.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Whether a name in running text tells of a ransomed store; see {@link RansomNames#in}. */
public final class RansomTextFunction extends RecordFunction<Boolean> {

  static final String NAME = "ransom_text";

  private static final long serialVersionUID = 1L;

  RansomTextFunction() {
    super(NAME, DataTypes.BooleanType, DataTypes.StringType, DataTypes.StringType);
  }

  /** Called by Spark with a text and the expression of what stands before a name; null: no text. */
  public static Boolean invoke(UTF8String text, UTF8String before) {
    return text == null ? null : (Boolean) RansomNames.standIn(text, before);
  }
}

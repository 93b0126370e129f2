package org.exposureatlas.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Whether a text has a word of the ransom names at all; see {@link RansomNames#in}. */
public final class RansomWordFunction extends RecordFunction<Boolean> {

  static final String NAME = "ransom_word";

  private static final long serialVersionUID = 1L;

  RansomWordFunction() {
    super(NAME, DataTypes.BooleanType, DataTypes.StringType);
  }

  /** Called by Spark; null for no text. */
  public static Boolean invoke(UTF8String text) {
    return text == null ? null : (Boolean) RansomNames.hasWord(text);
  }
}

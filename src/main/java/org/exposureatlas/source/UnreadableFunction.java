package org.exposureatlas.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Whether a text states something else than a number; see {@link RawValues#unreadable}. */
public final class UnreadableFunction extends RecordFunction<Boolean> {

  static final String NAME = "unreadable";

  private static final long serialVersionUID = 1L;

  UnreadableFunction() {
    super(NAME, DataTypes.BooleanType, DataTypes.StringType);
  }

  /** Called by Spark; false for no text, and for spaces alone. */
  public static boolean invoke(UTF8String text) {
    return TrimmedFunction.invoke(text) != null && WholeNumberFunction.invoke(text) == null;
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }
}

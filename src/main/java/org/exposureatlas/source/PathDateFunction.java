package org.exposureatlas.source;

import java.time.LocalDate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** The date that stands behind the first characters of a path, as in {@code 2022-07-21}. */
public final class PathDateFunction extends RecordFunction<Integer> {

  static final String NAME = "path_date";

  private static final long serialVersionUID = 1L;

  PathDateFunction() {
    super(NAME, DataTypes.DateType, DataTypes.StringType, DataTypes.IntegerType);
  }

  /** Called by Spark: a path of a raw file, whose folder is a date; days since 1970-01-01. */
  public static int invoke(UTF8String path, int start) {
    LocalDate date =
        LocalDate.of(
            number(path, start, start + 4),
            number(path, start + 5, start + 7),
            number(path, start + 8, start + 10));
    return Math.toIntExact(date.toEpochDay());
  }

  private static int number(UTF8String path, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = 10 * value + path.getByte(i) - '0';
    }
    return value;
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }
}

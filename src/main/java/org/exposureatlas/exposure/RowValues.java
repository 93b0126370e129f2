package org.exposureatlas.exposure;

import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Field;

/** Rows as Spark holds them, whose values are read by position. */
final class RowValues {

  private RowValues() {}

  /** The form of a row of these fields. */
  static StructType type(Stream<Field> fields) {
    return new StructType(
        fields
            .map(field -> DataTypes.createStructField(field.name(), field.type(), true))
            .toArray(StructField[]::new));
  }

  /** A number that is never negative; -1 where it is not known. */
  static long number(InternalRow row, int at) {
    return row.isNullAt(at) ? -1 : row.getLong(at);
  }

  /** Whether either is true; null where neither is known. */
  static Boolean or(Boolean a, Boolean b) {
    return a == null || b == null ? (a == null ? b : a) : Boolean.valueOf(a || b);
  }

  /** The truth at a place; null where it is not known. */
  static Boolean truth(InternalRow row, int at) {
    return row.isNullAt(at) ? null : Boolean.valueOf(row.getBoolean(at));
  }

  /** Of two values the first in order; null yields to a value. */
  static <T> T first(T a, T b, Comparator<? super T> order) {
    return b == null || a != null && order.compare(a, b) <= 0 ? a : b;
  }
}

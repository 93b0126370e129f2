package org.exposureatlas.store;

import org.apache.parquet.column.ColumnWriter;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/** The values of one column, kept as they come until they are written in another order. */
abstract class ColumnValues {

  /** Definition level of a value of an optional column. */
  static final int GIVEN = 1;

  static final int INITIAL_ROWS = 1 << 12;
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Keeps the value of {@code row} at {@code ordinal}, which may be NULL.
   *
   * @return bytes it takes
   */
  abstract int add(InternalRow row, int ordinal);

  /** Writes the values of the rows {@code order[from]} to before {@code order[to]}. */
  abstract void write(ColumnWriter writer, int[] order, int from, int to);

  /** Forgets all values. */
  abstract void clear();

  /**
   * For values of {@code type}.
   *
   * @throws IllegalArgumentException for a type that no table with an order has
   */
  static ColumnValues of(DataType type) {
    if (type instanceof StringType) {
      return new TextValues();
    }
    if (type instanceof LongType || type instanceof TimestampType) {
      return new NumberValues(NumberValues.Kind.LONG);
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return new NumberValues(NumberValues.Kind.INT);
    }
    if (type instanceof BooleanType) {
      return new NumberValues(NumberValues.Kind.BOOLEAN);
    }
    if (type instanceof ArrayType list && list.elementType() instanceof StringType) {
      return new TextListValues();
    }
    throw new IllegalArgumentException("no columns in memory for " + type.simpleString());
  }
}

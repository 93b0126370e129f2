package org.exposureatlas.store;

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

  static final int INITIAL_ROWS = 1 << 12;

  /**
   * Keeps what rows of a block, those before {@code to}, have in {@code column}, which may be NULL.
   *
   * @return bytes it takes
   */
  abstract long add(RowBlock block, int from, int to, int column);

  /** The different values that {@link #write} tells the pages of. */
  abstract Entries entries();

  /** Writes the values of the rows {@code order[from]} to before {@code order[to]}. */
  abstract void write(ColumnPages pages, int[] order, int from, int to);

  /** Forgets all values. */
  abstract void clear();

  /**
   * For values of {@code type}.
   *
   * @throws IllegalArgumentException for a type that no table with an order has
   */
  static ColumnValues of(DataType type) {
    if (type instanceof StringType) {
      return new SingleValues(type, new TextEntries());
    }
    if (type instanceof LongType || type instanceof TimestampType) {
      return new SingleValues(type, new NumberEntries(NumberEntries.Kind.LONG));
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return new SingleValues(type, new NumberEntries(NumberEntries.Kind.INT));
    }
    if (type instanceof BooleanType) {
      return new SingleValues(type, new NumberEntries(NumberEntries.Kind.BOOLEAN));
    }
    if (type instanceof ArrayType list && list.elementType() instanceof StringType) {
      return new TextListValues(new TextEntries());
    }
    throw new IllegalArgumentException("no columns in memory for " + type.simpleString());
  }
}

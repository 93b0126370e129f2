package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.spark.sql.catalyst.InternalRow;

/** Numbers, dates, instants and truth values. */
final class NumberValues extends ColumnValues {

  /** How Spark and Parquet hold them. */
  enum Kind {
    BOOLEAN,
    INT,
    LONG
  }

  private final Kind kind;
  private long[] values = new long[INITIAL_ROWS];
  private boolean[] given = new boolean[INITIAL_ROWS];
  private int rows;

  NumberValues(Kind kind) {
    this.kind = kind;
  }

  @Override
  int add(InternalRow row, int ordinal) {
    if (rows == values.length) {
      values = Arrays.copyOf(values, 2 * rows);
      given = Arrays.copyOf(given, 2 * rows);
    }
    given[rows] = !row.isNullAt(ordinal);
    if (given[rows]) {
      values[rows] =
          switch (kind) {
            case BOOLEAN -> row.getBoolean(ordinal) ? 1 : 0;
            case INT -> row.getInt(ordinal);
            case LONG -> row.getLong(ordinal);
          };
    }
    rows++;
    return Long.BYTES + 1;
  }

  @Override
  void write(ColumnWriter writer, int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      if (given[order[i]]) {
        write(writer, values[order[i]]);
      } else {
        writer.writeNull(0, 0);
      }
    }
  }

  private void write(ColumnWriter writer, long value) {
    switch (kind) {
      case BOOLEAN -> writer.write(value != 0, 0, GIVEN);
      case INT -> writer.write((int) value, 0, GIVEN);
      case LONG -> writer.write(value, 0, GIVEN);
    }
  }

  @Override
  void clear() {
    rows = 0;
  }
}

package org.exposureatlas.store;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/** One value a row. */
final class SingleValues extends ColumnValues {

  private static final int GIVEN = 1;

  private final DataType type;
  private final Entries entries;
  private int[] numbers = new int[INITIAL_ROWS];
  private int rows;

  SingleValues(DataType type, Entries entries) {
    this.type = type;
    this.entries = entries;
  }

  @Override
  int add(UnsafeRow row, int ordinal) {
    if (rows == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * rows);
    }
    long before = entries.bytes();
    numbers[rows++] = row.isNullAt(ordinal) ? ColumnPages.NULL : entries.add(row, ordinal);
    return Integer.BYTES + (int) (entries.bytes() - before);
  }

  @Override
  Entries entries() {
    return entries;
  }

  @Override
  void write(ColumnPages pages, int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      int number = numbers[order[i]];
      pages.write(number, 0, number == ColumnPages.NULL ? 0 : GIVEN);
    }
  }

  /** Number of the entry of a row, or {@link ColumnPages#NULL}. */
  int number(int row) {
    return numbers[row];
  }

  /** The value that a number stands for, as Spark hands it out. */
  Object value(int number) {
    return number == ColumnPages.NULL
        ? null
        : CatalystTypeConverters.convertToScala(entries.value(number), type);
  }

  /** By number, whether an entry is none of {@code texts}. */
  boolean[] isNoneOf(Set<String> texts) {
    boolean[] isNone = new boolean[entries.count()];
    for (int number = 0; number < isNone.length; number++) {
      isNone[number] = texts.isEmpty() || !texts.contains(entries.value(number).toString());
    }
    return isNone;
  }

  @Override
  void clear() {
    entries.clear();
    rows = 0;
  }
}

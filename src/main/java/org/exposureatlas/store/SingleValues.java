package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** One value a row. */
final class SingleValues extends ColumnValues {

  private static final int GIVEN = 1;

  private final Entries entries;
  private int[] numbers = new int[INITIAL_ROWS];
  private int rows;

  SingleValues(Entries entries) {
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

  @Override
  void clear() {
    entries.clear();
    rows = 0;
  }
}

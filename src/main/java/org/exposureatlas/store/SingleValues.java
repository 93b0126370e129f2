package org.exposureatlas.store;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
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
  long add(RowBlock block, int from, int to, int column) {
    if (rows + to - from > numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
    }
    long before = bytes();
    for (int row = from; row < to; row++) {
      numbers[rows++] =
          block.isNull(row, column) ? ColumnPages.NULL : entries.add(block, row, column);
    }
    return bytes() - before;
  }

  private long bytes() {
    return entries.bytes() + (long) rows * Integer.BYTES;
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

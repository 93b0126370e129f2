package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/** A list of texts a row. */
final class TextListValues extends ColumnValues {

  private static final int EMPTY = 1;
  private static final int WITH_NULL = 2;
  private static final int WITH_TEXT = 3;
  private static final int NOT_GIVEN = -1;

  private final TextEntries entries;
  private final UnsafeArrayData list = new UnsafeArrayData();
  private int[] numbers = new int[INITIAL_ROWS];
  private int[] starts = new int[INITIAL_ROWS];
  private int[] lengths = new int[INITIAL_ROWS];
  private int rows;
  private int used;

  TextListValues(TextEntries entries) {
    this.entries = entries;
  }

  @Override
  long add(RowBlock block, int from, int to, int column) {
    if (rows + to - from > starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      lengths = Arrays.copyOf(lengths, 2 * lengths.length);
    }
    long before = bytes();
    for (int row = from; row < to; row++) {
      starts[rows] = used;
      lengths[rows++] = block.isNull(row, column) ? NOT_GIVEN : addList(block, row, column);
    }
    return bytes() - before;
  }

  private long bytes() {
    return entries.bytes() + (2L * rows + used) * Integer.BYTES;
  }

  private int addList(RowBlock block, int row, int column) {
    long span = block.word(row, column);
    list.pointTo(
        block.bytes(), block.place(row) + TextEntries.place(span), TextEntries.length(span));
    int length = list.numElements();
    if (used + length > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(2 * used, used + length));
    }
    for (int i = 0; i < length; i++) {
      numbers[used++] = list.isNullAt(i) ? ColumnPages.NULL : entries.add(list, i);
    }
    return length;
  }

  @Override
  TextEntries entries() {
    return entries;
  }

  @Override
  void write(ColumnPages pages, int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      int length = lengths[order[i]];
      if (length > 0) {
        writeElements(pages, starts[order[i]], length);
      } else {
        pages.write(ColumnPages.NULL, 0, length == 0 ? EMPTY : 0);
      }
    }
  }

  private void writeElements(ColumnPages pages, int start, int length) {
    for (int i = 0; i < length; i++) {
      int number = numbers[start + i];
      pages.write(number, i == 0 ? 0 : 1, number == ColumnPages.NULL ? WITH_NULL : WITH_TEXT);
    }
  }

  @Override
  void clear() {
    entries.clear();
    rows = 0;
    used = 0;
  }
}

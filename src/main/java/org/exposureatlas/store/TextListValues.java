package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Lists of texts. */
final class TextListValues extends ColumnValues {

  private static final int EMPTY = 1;
  private static final int WITH_NULL = 2;
  private static final int WITH_TEXT = 3;
  private static final int NOT_GIVEN = -1;

  private final TextValues elements = new TextValues();
  private int[] starts = new int[INITIAL_ROWS];
  private int[] lengths = new int[INITIAL_ROWS];
  private int rows;
  private int used;

  @Override
  int add(InternalRow row, int ordinal) {
    int taken = 2 * Integer.BYTES;
    if (rows == starts.length) {
      starts = Arrays.copyOf(starts, 2 * rows);
      lengths = Arrays.copyOf(lengths, 2 * rows);
    }
    if (row.isNullAt(ordinal)) {
      lengths[rows] = NOT_GIVEN;
    } else {
      ArrayData list = row.getArray(ordinal);
      starts[rows] = used;
      lengths[rows] = list.numElements();
      for (int i = 0; i < lengths[rows]; i++) {
        taken += elements.add(list.isNullAt(i) ? null : list.getUTF8String(i));
      }
      used += lengths[rows];
    }
    rows++;
    return taken;
  }

  @Override
  void write(ColumnWriter writer, int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      int length = lengths[order[i]];
      if (length > 0) {
        writeElements(writer, starts[order[i]], length);
      } else {
        writer.writeNull(0, length == 0 ? EMPTY : 0);
      }
    }
  }

  private void writeElements(ColumnWriter writer, int start, int length) {
    for (int i = 0; i < length; i++) {
      int repetition = i == 0 ? 0 : 1;
      if (elements.isGiven(start + i)) {
        writer.write(elements.text(start + i), repetition, WITH_TEXT);
      } else {
        writer.writeNull(repetition, WITH_NULL);
      }
    }
  }

  @Override
  void clear() {
    elements.clear();
    rows = 0;
    used = 0;
  }
}

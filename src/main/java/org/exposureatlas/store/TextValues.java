package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Texts. */
final class TextValues extends ColumnValues {

  private static final int NOT_GIVEN = -1;

  private byte[] bytes = new byte[1 << 16];
  private int used;
  private int[] starts = new int[INITIAL_ROWS];
  private int[] lengths = new int[INITIAL_ROWS];
  private int rows;

  @Override
  int add(InternalRow row, int ordinal) {
    return add(row.isNullAt(ordinal) ? null : row.getUTF8String(ordinal));
  }

  /** Keeps {@code text}, which may be NULL. */
  int add(UTF8String text) {
    if (rows == starts.length) {
      starts = Arrays.copyOf(starts, 2 * rows);
      lengths = Arrays.copyOf(lengths, 2 * rows);
    }
    int start = used;
    lengths[rows] = text == null ? NOT_GIVEN : text.numBytes();
    starts[rows] = start;
    if (text != null) {
      copy(text);
    }
    rows++;
    return used - start + 2 * Integer.BYTES;
  }

  private void copy(UTF8String text) {
    int start = used;
    used = Math.addExact(used, text.numBytes());
    if (used > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(used, (int) Math.min(2L * start, MAX_ARRAY)));
    }
    text.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + start);
  }

  @Override
  void write(ColumnWriter writer, int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      if (lengths[order[i]] == NOT_GIVEN) {
        writer.writeNull(0, 0);
      } else {
        writer.write(text(order[i]), 0, GIVEN);
      }
    }
  }

  boolean isGiven(int row) {
    return lengths[row] != NOT_GIVEN;
  }

  /** Parquet copies what it keeps: statistics outlast the row group, and these bytes do not. */
  Binary text(int row) {
    return Binary.fromReusedByteArray(bytes, starts[row], lengths[row]);
  }

  @Override
  void clear() {
    rows = 0;
    used = 0;
  }
}

package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Some rows in Spark's binary format, one behind the other, to be taken up column by column: what
 * is done with the values of one column stays foreseeable, which it is not from column to column.
 */
final class RowBlock {

  /** Fewer than {@link ColumnValues#INITIAL_ROWS}: twice the room has room for them. */
  private static final int ROWS = 128;

  private static final int BYTES = 1 << 16;

  private final int nullBytes;
  private final int columns;
  private final long[] places = new long[ROWS + 1];
  private byte[] bytes = new byte[BYTES];
  private int rows;
  private int used;

  /**
   * @param columns number of columns of a row
   */
  RowBlock(int columns) {
    this.columns = columns;
    nullBytes = UnsafeRow.calculateBitSetWidthInBytes(columns);
    places[0] = Platform.BYTE_ARRAY_OFFSET;
  }

  /** Whether it is time to take the rows. */
  boolean isFull() {
    return rows == ROWS || used >= BYTES;
  }

  /** Number of rows. */
  int rows() {
    return rows;
  }

  void add(UnsafeRow row) {
    int length = row.getSizeInBytes();
    if (used + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * used, used + length));
    }
    row.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + used);
    used += length;
    rows++;
    places[rows] = Platform.BYTE_ARRAY_OFFSET + used;
  }

  /** A row of its own. */
  UnsafeRow copy(int row) {
    UnsafeRow view = new UnsafeRow(columns);
    view.pointTo(bytes, places[row], (int) (places[row + 1] - places[row]));
    return view.copy();
  }

  /** The rows, as the base of Spark's addresses. */
  byte[] bytes() {
    return bytes;
  }

  /** Where a row begins, as the offset of Spark's addresses. */
  long place(int row) {
    return places[row];
  }

  /** Where a value stands, or for one of changing length, the word that tells where it does. */
  long place(int row, int column) {
    return places[row] + nullBytes + (long) column * Long.BYTES;
  }

  boolean isNull(int row, int column) {
    long word = Platform.getLong(bytes, places[row] + column / Long.SIZE * Long.BYTES);
    return (word >>> column & 1) != 0;
  }

  /** The word of a value: of one of changing length its place in the row and its length. */
  long word(int row, int column) {
    return Platform.getLong(bytes, place(row, column));
  }

  void clear() {
    rows = 0;
    used = 0;
  }
}

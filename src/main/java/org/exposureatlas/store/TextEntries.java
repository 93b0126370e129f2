package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Texts. They are taken from where they stand in a row, at the place and with the length that its
 * word for the column tells; Spark fills them up with zeros to whole words, and so do we.
 */
final class TextEntries extends Entries {

  private byte[] texts = new byte[1 << 12];
  private int used;

  /** Place of a text in the high half, its length in the low half. */
  private long[] spans = new long[ColumnValues.INITIAL_ROWS];

  private int last;

  @Override
  int add(RowBlock block, int row, int column) {
    return add(block.bytes(), block.place(row), block.word(row, column));
  }

  /** Number of an element that is not NULL. */
  int add(UnsafeArrayData list, int ordinal) {
    return add(list.getBaseObject(), list.getBaseOffset(), list.getLong(ordinal));
  }

  private int add(Object base, long offset, long span) {
    long place = offset + place(span);
    int length = length(span);
    count(Integer.BYTES + length);
    if (count() == 0 || !is(last, base, place, length)) {
      last = isSearched() ? find(base, place, length) : append(base, place, length);
    }
    return last;
  }

  private int find(Object base, long place, int length) {
    int hash = hash(base, place, length);
    int slot = numbers().slot(hash);
    while (!numbers().isFree(slot)) {
      int entry = numbers().entry(slot);
      if (numbers().isOf(slot, hash) && is(entry, base, place, length)) {
        return entry;
      }
      slot = numbers().next(slot);
    }
    int entry = append(base, place, length);
    numbers().put(slot, hash, entry);
    return entry;
  }

  private static int hash(Object base, long place, int length) {
    long hash = length;
    for (int i = 0; i < length; i += Long.BYTES) {
      long product = (hash ^ Platform.getLong(base, place + i)) * 0x9E3779B97F4A7C15L;
      hash = product ^ product >>> Integer.SIZE;
    }
    return Long.hashCode(hash);
  }

  private boolean is(int entry, Object base, long place, int length) {
    long span = spans[entry];
    if (length(span) != length) {
      return false;
    }
    long own = Platform.BYTE_ARRAY_OFFSET + place(span);
    for (int i = 0; i < length; i += Long.BYTES) {
      if (Platform.getLong(texts, own + i) != Platform.getLong(base, place + i)) {
        return false;
      }
    }
    return true;
  }

  private int append(Object base, long place, int length) {
    int entry = append(Integer.BYTES + length);
    if (entry == spans.length) {
      spans = Arrays.copyOf(spans, 2 * entry);
    }
    spans[entry] = (long) used << Integer.SIZE | length;
    int room = ByteArrayMethods.roundNumberOfBytesToNearestWord(length);
    if (used + room > texts.length) {
      texts = Arrays.copyOf(texts, Math.max(2 * used, used + room));
    }
    long own = Platform.BYTE_ARRAY_OFFSET + used;
    for (int i = 0; i < length; i += Long.BYTES) {
      Platform.putLong(texts, own + i, Platform.getLong(base, place + i));
    }
    used += room;
    return entry;
  }

  @Override
  void write(int entry, ValuesWriter to) {
    to.writeBytes(text(entry));
  }

  @Override
  UTF8String value(int entry) {
    return UTF8String.fromBytes(texts, place(spans[entry]), length(spans[entry]));
  }

  @Override
  void note(int entry, Statistics<?> statistics) {
    statistics.updateStats(text(entry));
  }

  /** Parquet copies what it keeps: statistics outlast the row group, and these bytes do not. */
  private Binary text(int entry) {
    return Binary.fromReusedByteArray(texts, place(spans[entry]), length(spans[entry]));
  }

  static int place(long span) {
    return (int) (span >>> Integer.SIZE);
  }

  static int length(long span) {
    return (int) span;
  }

  @Override
  void clear() {
    super.clear();
    used = 0;
  }
}

package org.exposureatlas.store;

import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;

/**
 * The different values of a column, numbered as they first come. Where hardly one repeats, and
 * beyond what a dictionary may hold, values are not looked for any more: each gets a number of its
 * own.
 */
abstract class Entries {

  /** When so many entries are most of the values, it is no use to look for more. */
  private static final int FIRST_ENTRIES = 1 << 12;

  private final EntryNumbers numbers = new EntryNumbers();
  private boolean isSearched = true;
  private int count;
  private int values;
  private long bytes;
  private long valueBytes;

  /** Number of a value of a block, which is not NULL. */
  abstract int add(RowBlock block, int row, int column);

  /** Writes an entry as it stands in a dictionary or in a page without one. */
  abstract void write(int entry, ValuesWriter to);

  /** The value of an entry, as Spark's rows hold it. */
  abstract Object value(int entry);

  /** Lets the statistics of a page know an entry. */
  abstract void note(int entry, Statistics<?> statistics);

  /** Number of entries. */
  final int count() {
    return count;
  }

  /** Bytes that Parquet takes for all entries. */
  final long bytes() {
    return bytes;
  }

  /** Bits of the number of an entry. */
  final int width() {
    return BytesUtils.getWidthFromMaxInt(count - 1);
  }

  /** Whether numbers of entries and a dictionary take less than the values themselves. */
  final boolean isDictionary() {
    return isSearched && bytes + (long) values * width() / Byte.SIZE < valueBytes;
  }

  /** Whether an entry is looked for before a value becomes a new one. */
  final boolean isSearched() {
    return isSearched;
  }

  /** Where entries are looked for by the hash of their value. */
  final EntryNumbers numbers() {
    return numbers;
  }

  /** Counts a value that takes {@code length} bytes in Parquet. */
  final void count(int length) {
    values++;
    valueBytes += length;
  }

  /** The number of a new entry that takes {@code length} bytes in Parquet. */
  final int append(int length) {
    bytes += length;
    isSearched &=
        bytes <= FileProperties.DICTIONARY_BYTES
            && (count != FIRST_ENTRIES || values > 2 * FIRST_ENTRIES);
    return count++;
  }

  void clear() {
    numbers.clear();
    isSearched = true;
    count = 0;
    values = 0;
    bytes = 0;
    valueBytes = 0;
  }
}

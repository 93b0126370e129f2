package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.spark.unsafe.Platform;

/** Numbers, dates, instants and truth values. */
final class NumberEntries extends Entries {

  /** How Spark and Parquet hold them. */
  enum Kind {
    BOOLEAN(0),
    INT(Integer.BYTES),
    LONG(Long.BYTES);

    private final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }
  }

  private final Kind kind;
  private long[] values = new long[ColumnValues.INITIAL_ROWS];
  private int last;

  NumberEntries(Kind kind) {
    this.kind = kind;
  }

  @Override
  int add(RowBlock block, int row, int column) {
    byte[] bytes = block.bytes();
    long place = block.place(row, column);
    long value =
        switch (kind) {
          case BOOLEAN -> Platform.getBoolean(bytes, place) ? 1 : 0;
          case INT -> Platform.getInt(bytes, place);
          case LONG -> Platform.getLong(bytes, place);
        };
    count(kind.bytes);
    if (count() == 0 || values[last] != value) {
      last = isSearched() ? find(value) : append(value);
    }
    return last;
  }

  private int find(long value) {
    int hash = Long.hashCode(value);
    int slot = numbers().slot(hash);
    while (!numbers().isFree(slot)) {
      int entry = numbers().entry(slot);
      if (values[entry] == value) {
        return entry;
      }
      slot = numbers().next(slot);
    }
    int entry = append(value);
    numbers().put(slot, hash, entry);
    return entry;
  }

  private int append(long value) {
    int entry = append(kind.bytes);
    if (entry == values.length) {
      values = Arrays.copyOf(values, 2 * entry);
    }
    values[entry] = value;
    return entry;
  }

  @Override
  void write(int entry, ValuesWriter to) {
    switch (kind) {
      case BOOLEAN -> to.writeBoolean(values[entry] != 0);
      case INT -> to.writeInteger((int) values[entry]);
      case LONG -> to.writeLong(values[entry]);
    }
  }

  @Override
  Object value(int entry) {
    return switch (kind) {
      case BOOLEAN -> values[entry] != 0;
      case INT -> (int) values[entry];
      case LONG -> values[entry];
    };
  }

  @Override
  void note(int entry, Statistics<?> statistics) {
    switch (kind) {
      case BOOLEAN -> statistics.updateStats(values[entry] != 0);
      case INT -> statistics.updateStats((int) values[entry]);
      case LONG -> statistics.updateStats(values[entry]);
    }
  }
}

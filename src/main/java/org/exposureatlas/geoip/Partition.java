package org.exposureatlas.geoip;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** All addresses of one family, cut into parts that have one value each, in ascending order. */
final class Partition {

  /** The value of addresses that no range holds. */
  static final int NONE = -1;

  private final long[] high;
  private final long[] low;
  private final int[] values;

  private Partition(long[] high, long[] low, int[] values) {
    this.high = high;
    this.low = low;
    this.values = values;
  }

  int size() {
    return values.length;
  }

  /** First 64 bits of the first address of a part. */
  long high(int part) {
    return high[part];
  }

  /** Last 64 bits of the first address of a part. */
  long low(int part) {
    return low[part];
  }

  int value(int part) {
    return values[part];
  }

  /** The parts of both, with what {@code combine} makes of the two values. */
  Partition with(Partition other, IntBinaryOperator combine) {
    Builder parts = new Builder(size() + other.size());
    int mine = 0;
    int its = 0;
    while (true) {
      int order = compare(mine, other, its);
      parts.add(
          order >= 0 ? high[mine] : other.high[its],
          order >= 0 ? low[mine] : other.low[its],
          combine.applyAsInt(values[mine], other.values[its]));
      int next = compare(mine + 1, other, its + 1);
      if (mine + 1 == size() && its + 1 == other.size()) {
        return parts.build();
      }
      mine += next <= 0 ? 1 : 0;
      its += next >= 0 ? 1 : 0;
    }
  }

  /** Order of the starts of two parts; a part behind the last starts behind all others. */
  private int compare(int part, Partition other, int otherPart) {
    if (part == size() || otherPart == other.size()) {
      return Boolean.compare(part == size(), otherPart == other.size());
    }
    return Ranges.compare(high[part], low[part], other.high[otherPart], other.low[otherPart]);
  }

  /** Takes parts in ascending order and joins neighbours of the same value. */
  static final class Builder {

    private long[] high;
    private long[] low;
    private int[] values;
    private int size;

    Builder(int expected) {
      high = new long[expected];
      low = new long[expected];
      values = new int[expected];
      add(0, 0, NONE);
    }

    /** From this address on, addresses have this value. */
    void add(long fromHigh, long fromLow, int value) {
      if (size > 0 && high[size - 1] == fromHigh && low[size - 1] == fromLow) {
        size--;
      }
      if (size > 0 && values[size - 1] == value) {
        return;
      }
      if (size == values.length) {
        grow();
      }
      high[size] = fromHigh;
      low[size] = fromLow;
      values[size++] = value;
    }

    private void grow() {
      int length = size + (size >> 1) + 1;
      high = Arrays.copyOf(high, length);
      low = Arrays.copyOf(low, length);
      values = Arrays.copyOf(values, length);
    }

    Partition build() {
      return new Partition(
          Arrays.copyOf(high, size), Arrays.copyOf(low, size), Arrays.copyOf(values, size));
    }
  }
}

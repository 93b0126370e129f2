package org.exposureatlas.geoip;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntUnaryOperator;

/**
 * Address ranges of one family as they come, overlapping in any way, in primitive arrays. Addresses
 * are 128 bits; IPv4 counts from 0 here.
 */
final class Ranges {

  private final long maxHigh;
  private final long maxLow;
  private long[] firstHigh = new long[1024];
  private long[] firstLow = new long[1024];
  private long[] lastHigh = new long[1024];
  private long[] lastLow = new long[1024];
  private int[] values = new int[1024];
  private int size;
  private boolean isAscending = true;

  private Ranges(long maxHigh, long maxLow) {
    this.maxHigh = maxHigh;
    this.maxLow = maxLow;
  }

  static Ranges ipv4() {
    return new Ranges(0, 0xFFFF_FFFFL);
  }

  static Ranges ipv6() {
    return new Ranges(-1L, -1L);
  }

  /** Adds the range of all addresses from the first to the last. */
  void add(long fromHigh, long fromLow, long toHigh, long toLow, int value) {
    if (size == values.length) {
      grow();
    }
    isAscending &=
        size == 0 || compare(firstHigh[size - 1], firstLow[size - 1], fromHigh, fromLow) <= 0;
    firstHigh[size] = fromHigh;
    firstLow[size] = fromLow;
    lastHigh[size] = toHigh;
    lastLow[size] = toLow;
    values[size++] = value;
  }

  /** Gives every range the value that {@code change} makes of its own. */
  void map(IntUnaryOperator change) {
    for (int i = 0; i < size; i++) {
      values[i] = change.applyAsInt(values[i]);
    }
  }

  private void grow() {
    int length = size + (size >> 1);
    firstHigh = Arrays.copyOf(firstHigh, length);
    firstLow = Arrays.copyOf(firstLow, length);
    lastHigh = Arrays.copyOf(lastHigh, length);
    lastLow = Arrays.copyOf(lastLow, length);
    values = Arrays.copyOf(values, length);
  }

  /**
   * Which value each address has: of all ranges that hold it that of the smallest, of equal ones
   * that of the last; {@link Partition#NONE} where no range holds it.
   */
  Partition flatten() {
    Partition.Builder parts = new Partition.Builder(2 * size + 1);
    PriorityQueue<Integer> open =
        new PriorityQueue<>(
            ((Comparator<Integer>) this::compareSizes).thenComparing(Comparator.reverseOrder()));
    for (int entry : ascending()) {
      closeBefore(firstHigh[entry], firstLow[entry], open, parts);
      open.add(entry);
      parts.add(firstHigh[entry], firstLow[entry], values[open.element()]);
    }
    closeBefore(maxHigh, maxLow, open, parts);
    return parts.build();
  }

  /** Where the smallest open range ends before an address, the next smallest takes over. */
  private void closeBefore(
      long high, long low, PriorityQueue<Integer> open, Partition.Builder parts) {
    while (!open.isEmpty() && endsBefore(open.element(), high, low)) {
      int ended = open.remove();
      while (!open.isEmpty() && !endsBehind(open.element(), ended)) {
        open.remove();
      }
      long after = lastLow[ended] + 1;
      parts.add(
          after == 0 ? lastHigh[ended] + 1 : lastHigh[ended],
          after,
          open.isEmpty() ? Partition.NONE : values[open.element()]);
    }
  }

  private boolean endsBehind(int entry, int other) {
    return compare(lastHigh[entry], lastLow[entry], lastHigh[other], lastLow[other]) > 0;
  }

  private boolean endsBefore(int entry, long high, long low) {
    return compare(lastHigh[entry], lastLow[entry], high, low) < 0;
  }

  private int[] ascending() {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    if (isAscending) {
      return order;
    }
    return Arrays.stream(order).boxed().sorted(this::compareFirsts).mapToInt(i -> i).toArray();
  }

  private int compareFirsts(int left, int right) {
    return compare(firstHigh[left], firstLow[left], firstHigh[right], firstLow[right]);
  }

  private int compareSizes(int left, int right) {
    return compare(sizeHigh(left), sizeLow(left), sizeHigh(right), sizeLow(right));
  }

  private long sizeLow(int entry) {
    return lastLow[entry] - firstLow[entry];
  }

  private long sizeHigh(int entry) {
    int borrow = Long.compareUnsigned(lastLow[entry], firstLow[entry]) < 0 ? 1 : 0;
    return lastHigh[entry] - firstHigh[entry] - borrow;
  }

  static int compare(long high, long low, long otherHigh, long otherLow) {
    int byHigh = Long.compareUnsigned(high, otherHigh);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
  }
}

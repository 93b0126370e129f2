package org.exposureatlas.statistics;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** A growing list of longs, eight bytes each. */
public final class LongList implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int LEAST_ROOM = 8;

  private long[] values = {};
  private int size;

  /** Number of values. */
  public int size() {
    return size;
  }

  /** Adds a value at the end. */
  public void add(long value) {
    makeRoom(size + 1);
    values[size++] = value;
  }

  /** Adds values at the end. */
  public void addAll(long... more) {
    makeRoom(size + more.length);
    System.arraycopy(more, 0, values, size, more.length);
    size += more.length;
  }

  private void makeRoom(int wanted) {
    if (wanted > values.length) {
      values = Arrays.copyOf(values, Math.max(wanted + wanted / 2, LEAST_ROOM));
    }
  }

  /** The value at {@code place}, from 0. */
  long at(int place) {
    return values[place];
  }

  /** A copy of the values. */
  public long[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /** The values as bytes, eight each. */
  public byte[] toBytes() {
    return bytes(toArray());
  }

  static byte[] bytes(long... values) {
    byte[] bytes = new byte[values.length * Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().put(values);
    return bytes;
  }

  /** The longs that {@code bytes} hold. */
  public static long[] longs(byte... bytes) {
    LongBuffer buffer = ByteBuffer.wrap(bytes).asLongBuffer();
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}

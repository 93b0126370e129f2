package org.exposureatlas.ndjson;

import java.util.Arrays;

/**
 * A member that an object had in an earlier record. Records of one writer repeat each other: the
 * names come in the same order, and most values that nobody wants are the same again. What is byte
 * for byte as it was then need not be looked into.
 */
final class Member {

  /** Longer values are not kept; neither are those of a member that rarely repeats one. */
  private static final int MAX_VALUE_BYTES = 1 << 10;

  private static final int MAX_MISSES = 8;

  private final byte[] name;
  private final long head;
  private final long tail;
  private final PathTrie node;
  private byte[] value = {};
  private int valueLength;
  private int misses;

  /**
   * @param name its name from the opening quote to the colon
   * @param node what is wanted of it, perhaps nothing
   */
  Member(byte[] name, PathTrie node) {
    this.name = name;
    this.node = node;
    head = Words.head(name, 0, name.length);
    tail = name.length < Long.BYTES ? 0 : Words.at(name, name.length - Long.BYTES);
  }

  PathTrie node() {
    return node;
  }

  int nameLength() {
    return name.length;
  }

  /** Whether its name and the colon stand at this place. */
  boolean isNamedAt(byte[] bytes, int at, int end) {
    int behind = at + name.length;
    if (behind > end) {
      return false;
    }
    if (name.length < Long.BYTES) {
      return Words.head(bytes, at, behind) == head;
    }
    return Words.at(bytes, at) == head
        && Words.at(bytes, behind - Long.BYTES) == tail
        && (name.length <= 2 * Long.BYTES
            || Arrays.equals(name, 0, name.length, bytes, at, behind));
  }

  /** Length of the value last kept when the very same one stands at this place; 0 otherwise. */
  int repeated(byte[] bytes, int at, int end) {
    int behind = at + valueLength;
    if (valueLength == 0
        || behind >= end
        || bytes[at] != value[0]
        || !Arrays.equals(value, 0, valueLength, bytes, at, behind)) {
      return 0;
    }
    misses = 0;
    return bytes[behind] == ',' || bytes[behind] == '}' ? valueLength : 0;
  }

  /** Keeps a value for comparison with the next one. */
  void keep(byte[] bytes, int start, int end) {
    if (misses == MAX_MISSES) {
      valueLength = 0;
      return;
    }
    misses++;
    valueLength = end - start <= MAX_VALUE_BYTES ? end - start : 0;
    if (value.length < valueLength) {
      value = new byte[valueLength];
    }
    System.arraycopy(bytes, start, value, 0, valueLength);
  }
}

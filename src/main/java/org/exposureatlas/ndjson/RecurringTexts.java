package org.exposureatlas.ndjson;

import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Some of the last short texts of one field. Making a text of Spark takes four memory barriers, so
 * one that comes again is the same object. It is known by its first and last eight bytes and its
 * length, which stand together: most texts have no more.
 */
final class RecurringTexts {

  private static final int SLOT_BITS = 8;
  private static final int MAX_BYTES = 64;
  private static final int KEY_WORDS = 4;
  private static final int LAST = 1;
  private static final int LENGTH = 2;

  private final UTF8String[] texts = new UTF8String[1 << SLOT_BITS];
  private final long[] keys = new long[KEY_WORDS << SLOT_BITS];

  /** Whether a text that takes a span is one to {@link #keep}. */
  static boolean isShort(int start, int end) {
    return end - start <= MAX_BYTES;
  }

  /** The text that stands in a span, if it is here; null otherwise. */
  UTF8String find(byte[] bytes, int start, int end) {
    if (!isShort(start, end)) {
      return null;
    }
    long first = Words.head(bytes, start, end);
    long last = last(bytes, start, end);
    int length = end - start;
    int slot = slot(first, last, length);
    int key = KEY_WORDS * slot;
    boolean isKnown =
        keys[key] == first
            && keys[key + LAST] == last
            && keys[key + LENGTH] == length
            && (length <= 2 * Long.BYTES || hasMiddle(texts[slot], bytes, start, length));
    return isKnown ? texts[slot] : null;
  }

  /** The text of a short span, from now on found until another takes its place. */
  UTF8String keep(byte[] bytes, int start, int end) {
    long first = Words.head(bytes, start, end);
    long last = last(bytes, start, end);
    int length = end - start;
    int slot = slot(first, last, length);
    int key = KEY_WORDS * slot;
    keys[key] = first;
    keys[key + LAST] = last;
    keys[key + LENGTH] = length;
    texts[slot] = UTF8String.fromBytes(Arrays.copyOfRange(bytes, start, end));
    return texts[slot];
  }

  /** The last eight bytes of a span; 0 for a shorter one. */
  private static long last(byte[] bytes, int start, int end) {
    return end - start < Long.BYTES ? 0 : Words.at(bytes, end - Long.BYTES);
  }

  private static int slot(long first, long last, int length) {
    long mixed = (first + length ^ Long.rotateLeft(last, 29)) * 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed >>> Long.SIZE - SLOT_BITS);
  }

  private static boolean hasMiddle(UTF8String text, byte[] bytes, int start, int length) {
    byte[] own = (byte[]) text.getBaseObject();
    for (int at = Long.BYTES; at < length - Long.BYTES; at += Long.BYTES) {
      if (Words.at(own, at) != Words.at(bytes, start + at)) {
        return false;
      }
    }
    return true;
  }
}

package org.exposureatlas.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Finds in one pass any of some words in a text, in any case and within others.
 *
 * <p>Looked at are three characters at a time, at every second place, one of which any word has its
 * first or its second three at. Letters of either case have the same five low bits; a number made
 * of these tells whether a word may be there.
 */
final class WordSearch {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LEAST_LENGTH = 4;
  private static final int UPPER_TO_LOWER = 'a' - 'A';

  private static final int LOW = 0x1F;
  private static final int LOW_OF_THREE = 0x1F1F1F;
  private static final int NUMBER_BITS = 12;

  /** Spreads over the highest bits of a product; odd. */
  private static final int MULTIPLIER = 0x9E37_79B1;

  /** Three times two characters; the last three of eight begin before the next eight. */
  private static final int STEP = 6;

  /** By number of three characters: whether a word has such first or second. */
  private final boolean[] isNear = new boolean[1 << NUMBER_BITS];

  private final byte[][][] byFirst = new byte[LOW + 1][0][];

  /**
   * @param words in ASCII, four characters or more each
   */
  WordSearch(List<String> words) {
    words.stream()
        .distinct()
        .map(word -> word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
        .forEach(this::add);
  }

  private void add(byte[] word) {
    if (word.length < LEAST_LENGTH) {
      throw new IllegalArgumentException("found a word of less than four characters");
    }
    byte[] head = Arrays.copyOf(word, Math.max(word.length, Long.BYTES));
    long characters = (long) WORDS.get(head, 0);
    isNear[number(characters)] = true;
    isNear[number(characters >>> Byte.SIZE)] = true;
    int first = word[0] & LOW;
    byte[][] others = byFirst[first];
    byFirst[first] = Arrays.copyOf(others, others.length + 1);
    byFirst[first][others.length] = word;
  }

  /** Of the first three characters. */
  private static int number(long characters) {
    return ((int) characters & LOW_OF_THREE) * MULTIPLIER >>> Integer.SIZE - NUMBER_BITS;
  }

  /** Where a word begins, the first one that does, in bytes; -1: there is none. */
  int find(UTF8String text) {
    if (text.getBaseObject() instanceof byte[] bytes) {
      int start = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
      int found = find(bytes, start, start + text.numBytes());
      return found < 0 ? found : found - start;
    }
    byte[] copy = text.getBytes();
    return find(copy, 0, copy.length);
  }

  private int find(byte[] text, int start, int end) {
    int last = end - Long.BYTES;
    if (last < start) {
      return beginning(text, start, end, end);
    }
    int at = start;
    for (; at < last - STEP; at += 2 * STEP) {
      if (mayBegin(text, at) | mayBegin(text, at + STEP)) {
        int place = beginning(text, Math.max(start, at - 1), at + 2 * STEP, end);
        if (place >= 0) {
          return place;
        }
      }
    }
    at = Math.min(at, last);
    return mayBegin(text, at) || mayBegin(text, last)
        ? beginning(text, Math.max(start, at - 1), end, end)
        : -1;
  }

  /** Whether a word may begin from the place before {@code at} to the fourth behind it. */
  private boolean mayBegin(byte[] text, int at) {
    long characters = (long) WORDS.get(text, at);
    return isNear[number(characters)]
        | isNear[number(characters >>> 2 * Byte.SIZE)]
        | isNear[number(characters >>> 4 * Byte.SIZE)];
  }

  /** Where a word begins from {@code from} to before {@code to}; -1: nowhere. */
  private int beginning(byte[] text, int from, int to, int end) {
    for (int place = from; place < Math.min(to, end); place++) {
      for (byte[] word : byFirst[text[place] & LOW]) {
        if (place + word.length <= end && isAt(text, place, word)) {
          return place;
        }
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] text, int start, byte... word) {
    for (int i = 0; i < word.length; i++) {
      byte found = text[start + i];
      int lower = found >= 'A' && found <= 'Z' ? found + UPPER_TO_LOWER : found;
      if (lower != word[i]) {
        return false;
      }
    }
    return true;
  }
}

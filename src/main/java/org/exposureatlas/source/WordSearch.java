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
 * first or its second three at. Letters of either case have the same five low bits.
 */
final class WordSearch {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LEAST_LENGTH = 4;
  private static final int UPPER_TO_LOWER = 'a' - 'A';

  private static final int BITS = 5;
  private static final int LOW = (1 << BITS) - 1;
  private static final long EVEN_CHARACTERS = 0x001F_001F_001F_001FL;
  private static final long ODD_CHARACTERS = EVEN_CHARACTERS << BITS;
  private static final int PAIR = (1 << 2 * BITS) - 1;
  private static final int THIRD = LOW << 2 * BITS;

  /** Three times two characters; the last three of eight begin before the next eight. */
  private static final int STEP = 6;

  /** A bit for each three characters that a word has first or second. */
  private final long[] threes = new long[(1 << 3 * BITS) / Long.SIZE];

  private final byte[][][] byFirst = new byte[1 << BITS][0][];

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
    mark(three(pairs(characters)));
    mark(three(pairs(characters >>> Byte.SIZE)));
    int first = word[0] & LOW;
    byte[][] others = byFirst[first];
    byFirst[first] = Arrays.copyOf(others, others.length + 1);
    byFirst[first][others.length] = word;
  }

  private void mark(int three) {
    threes[three / Long.SIZE] |= 1L << three;
  }

  /** The low bits of every two characters, side by side. */
  private static long pairs(long characters) {
    return characters & EVEN_CHARACTERS | characters >>> Byte.SIZE - BITS & ODD_CHARACTERS;
  }

  /** The low bits of the first three characters. */
  private static int three(long pairs) {
    return (int) pairs & PAIR | (int) (pairs >>> 2 * (Byte.SIZE - BITS)) & THIRD;
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
    int at = start;
    int last = Math.min(end - LEAST_LENGTH, text.length - Long.BYTES);
    for (; at <= last; at += STEP) {
      long pairs = pairs((long) WORDS.get(text, at));
      int first = three(pairs);
      int second = three(pairs >>> 2 * Byte.SIZE);
      int third = three(pairs >>> 4 * Byte.SIZE);
      long found =
          threes[first / Long.SIZE] >>> first
              | threes[second / Long.SIZE] >>> second
              | threes[third / Long.SIZE] >>> third;
      if ((found & 1) != 0) {
        int place = beginning(text, Math.max(start, at - 1), at + STEP, end);
        if (place >= 0) {
          return place;
        }
      }
    }
    return beginning(text, Math.max(start, at - 1), end, end);
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

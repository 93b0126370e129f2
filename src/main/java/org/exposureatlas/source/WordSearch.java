package org.exposureatlas.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Tells in one pass whether any of some words stands in a text, in any case and within others.
 *
 * <p>Looks at three bytes at a time and passes over as many as no word allows for, after Wu and
 * Manber, "A fast algorithm for multi-pattern searching", 1994.
 */
final class WordSearch {

  private static final int BLOCK = 3;
  private static final int BITS = 5;
  private static final int LOW = (1 << BITS) - 1;
  private static final int BLOCKS = 1 << BLOCK * BITS;
  private static final int UPPER_TO_LOWER = 'a' - 'A';

  /** Every word is looked for by so many of its first letters. */
  private final int window;

  /** By the block that a window ends with: how far the next window with a word is at least. */
  private final byte[] shifts = new byte[BLOCKS];

  /** By the block that a window ends with: the words that begin with such a window. */
  private final byte[][][] words = new byte[BLOCKS][][];

  /**
   * @param words in ASCII, three characters or more each
   */
  WordSearch(List<String> words) {
    window = words.stream().mapToInt(String::length).min().orElseThrow();
    Arrays.fill(shifts, (byte) (window - BLOCK + 1));
    words.stream()
        .distinct()
        .map(word -> word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
        .forEach(this::add);
  }

  private void add(byte[] word) {
    for (int end = BLOCK; end <= window; end++) {
      int block = block(word[end - 3], word[end - 2], word[end - 1]);
      shifts[block] = (byte) Math.min(shifts[block], window - end);
      if (end == window) {
        byte[][] others = words[block] == null ? new byte[0][] : words[block];
        words[block] = Arrays.copyOf(others, others.length + 1);
        words[block][others.length] = word;
      }
    }
  }

  /** Letters of either case have the same low bits. */
  private static int block(byte first, byte second, byte third) {
    return (first & LOW) << 2 * BITS | (second & LOW) << BITS | third & LOW;
  }

  boolean standIn(UTF8String text) {
    int length = text.numBytes();
    int end = window;
    while (end <= length) {
      int block = block(text.getByte(end - 3), text.getByte(end - 2), text.getByte(end - 1));
      int shift = shifts[block];
      if (shift == 0) {
        if (isAnyAt(text, end - window, words[block])) {
          return true;
        }
        shift = 1;
      }
      end += shift;
    }
    return false;
  }

  private static boolean isAnyAt(UTF8String text, int start, byte[]... words) {
    for (byte[] word : words) {
      if (start + word.length <= text.numBytes() && isAt(text, start, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(UTF8String text, int start, byte... word) {
    for (int i = 0; i < word.length; i++) {
      int found = text.getByte(start + i);
      int lower = found >= 'A' && found <= 'Z' ? found + UPPER_TO_LOWER : found;
      if (lower != word[i]) {
        return false;
      }
    }
    return true;
  }
}

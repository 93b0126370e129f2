package org.exposureatlas.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.unsafe.types.UTF8String;

/** Tells in one pass whether any of some words stands in a text, in any case and within others. */
final class WordSearch {

  private static final int HEAD = 3;
  private static final int BITS = 5;
  private static final int LOW = (1 << BITS) - 1;
  private static final int MASK = (1 << HEAD * BITS) - 1;
  private static final int UPPER_TO_LOWER = 'a' - 'A';

  private final boolean[] heads = new boolean[MASK + 1];
  private final byte[][][] byHead = new byte[MASK + 1][][];

  /**
   * @param words in ASCII, three characters or more each
   */
  WordSearch(List<String> words) {
    words.stream()
        .distinct()
        .map(word -> word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
        .forEach(this::add);
  }

  private void add(byte[] word) {
    int head = 0;
    for (int i = 0; i < HEAD; i++) {
      head = shift(head, word[i]);
    }
    head &= MASK;
    byte[][] others = heads[head] ? byHead[head] : new byte[0][];
    heads[head] = true;
    byHead[head] = Arrays.copyOf(others, others.length + 1);
    byHead[head][others.length] = word;
  }

  /** Letters of either case have the same low bits; what is above those of a head is left there. */
  private static int shift(int head, byte next) {
    return head << BITS | next & LOW;
  }

  boolean standIn(UTF8String text) {
    byte[] bytes = text.getBytes();
    int head = 0;
    for (int at = 0; at < bytes.length; at++) {
      head = shift(head, bytes[at]);
      int last = head & MASK;
      if (heads[last] && isAnyAt(bytes, at - HEAD + 1, byHead[last])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnyAt(byte[] text, int start, byte[]... words) {
    for (byte[] word : words) {
      if (start >= 0 && start + word.length <= text.length && isAt(text, start, word)) {
        return true;
      }
    }
    return false;
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

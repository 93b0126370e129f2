package org.exposureatlas.source;

import java.util.List;

/** Tells in one pass whether any of some words stands in a text, in any case and within others. */
final class WordSearch {

  private static final int HEAD = 3;
  private static final int BITS = 5;
  private static final int LOW = (1 << BITS) - 1;
  private static final int MASK = (1 << HEAD * BITS) - 1;

  private final String[][] byHead = new String[MASK + 1][];

  /**
   * @param words in ASCII, three characters or more each
   */
  WordSearch(List<String> words) {
    words.stream()
        .distinct()
        .forEach(
            word -> {
              int head = 0;
              for (int i = 0; i < HEAD; i++) {
                head = shift(head, word.charAt(i));
              }
              byHead[head] = append(byHead[head], word);
            });
  }

  /** Letters of either case have the same low bits. */
  private static int shift(int head, char next) {
    return (head << BITS | next & LOW) & MASK;
  }

  private static String[] append(String[] words, String word) {
    String[] longer = new String[words == null ? 1 : words.length + 1];
    if (words != null) {
      System.arraycopy(words, 0, longer, 0, words.length);
    }
    longer[longer.length - 1] = word;
    return longer;
  }

  boolean standIn(String text) {
    int head = 0;
    for (int at = 0; at < text.length(); at++) {
      head = shift(head, text.charAt(at));
      if (byHead[head] != null && isWordAt(text, at - HEAD + 1, byHead[head])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWordAt(String text, int start, String... words) {
    for (String word : words) {
      if (text.regionMatches(true, start, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }
}

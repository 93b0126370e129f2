package org.exposureatlas.gzip;

import java.io.IOException;
import java.util.Arrays;

/**
 * A Huffman code (RFC 1951, section 3.2.2) as a table: the entry for the next bits tells a symbol
 * and how many bits it takes. Codes longer than those bits are looked up in a second table, whose
 * place the first one tells.
 *
 * <p>An entry has the length of its code in bits 8 to 11; in its lowest byte that and the number of
 * extra bits that follow the code; and from bit 16 on a byte, the least length or distance, or the
 * place of the second table, the number of whose bits then stands in 8 to 11.
 */
final class HuffmanTable {

  /** Marks bytes: their entries are negative. */
  static final int LITERAL = 1 << 31;

  /** Marks what is no byte, length or distance: one of the next two, or bits that mean nothing. */
  static final int EXCEPTION = 1 << 15;

  static final int SECOND_TABLE = 1 << 14;
  static final int END_OF_BLOCK = 1 << 13;

  private static final int MAX_BITS = 15;
  private static final int LENGTH_SHIFT = 8;

  private final int firstBits;
  private final int[] symbolEntries;
  private final int[] entries;
  private final int start;
  private final int[] counts = new int[MAX_BITS + 1];
  private final int[] starts = new int[MAX_BITS + 2];
  private final int[] sorted;
  private boolean isComplete;
  private int longest;
  private int used;

  /**
   * @param firstBits bits of the first table
   * @param symbolEntries by symbol its entry, without a length of a code
   * @param entries where the entries go, perhaps beside others
   * @param start of the first table; the second ones follow
   */
  HuffmanTable(int firstBits, int[] symbolEntries, int[] entries, int start) {
    this.firstBits = firstBits;
    this.symbolEntries = symbolEntries;
    this.entries = entries;
    this.start = start;
    sorted = new int[symbolEntries.length];
  }

  /** Whether all bits mean something. */
  boolean isComplete() {
    return isComplete;
  }

  /** The entry in a second table, after the bits of the first are gone. */
  static int second(int[] entries, int entry, long word) {
    return entries[(entry >>> 16) + ((int) word & (1 << (entry >>> LENGTH_SHIFT & 15)) - 1)];
  }

  /** The length or distance that an entry and the word tell. */
  static int value(int entry, long word) {
    return (entry >>> 16) + (int) ((word & (1L << entry) - 1) >>> (entry >>> LENGTH_SHIFT));
  }

  /** How many bits an entry takes. */
  static int bits(int entry) {
    return entry & 0xFF;
  }

  /**
   * Takes other lengths of codes, from {@code from} on, 0 for symbols that do not occur.
   *
   * @throws IOException when no code has them, or one that leaves bits without a meaning; the one
   *     code of one bit is let pass
   */
  void build(byte[] lengths, int from, int symbols) throws IOException {
    sort(lengths, from, symbols);
    isComplete = left() == 0;
    if (!isComplete) {
      Arrays.fill(entries, start, start + (1 << firstBits), EXCEPTION);
    }
    fill();
  }

  /** Symbols in the order of their codes. */
  private void sort(byte[] lengths, int from, int symbols) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < symbols; i++) {
      counts[lengths[from + i]]++;
    }
    longest = 0;
    for (int bits = 1; bits <= MAX_BITS; bits++) {
      starts[bits + 1] = starts[bits] + counts[bits];
      longest = counts[bits] > 0 ? bits : longest;
    }
    int[] next = Arrays.copyOf(starts, starts.length);
    for (int i = 0; i < symbols; i++) {
      int bits = lengths[from + i];
      if (bits > 0) {
        sorted[next[bits]++] = i;
      }
    }
  }

  /** How many codes of the greatest length would have room. */
  private int left() throws IOException {
    int left = 1;
    for (int bits = 1; bits <= MAX_BITS; bits++) {
      left = 2 * left - counts[bits];
      if (left < 0) {
        throw new IOException("found more codes than bits can tell apart in a gzip");
      }
    }
    if (left > 0 && longest > 1) {
      throw new IOException("found bits without a meaning in a code of a gzip");
    }
    return left;
  }

  private void fill() {
    used = start + (1 << firstBits);
    int code = 0;
    for (int bits = 1; bits <= longest; bits++) {
      code <<= 1;
      for (int i = 0; i < counts[bits]; i++) {
        int reversed = Integer.reverse(code++) >>> Integer.SIZE - bits;
        int entry = symbolEntries[sorted[starts[bits] + i]];
        if (bits <= firstBits) {
          put(start, firstBits, reversed, bits, entry);
        } else {
          putSecond(reversed, bits, entry, counts[bits] - i);
        }
      }
    }
  }

  /** Puts an entry wherever the lowest bits of the index are those of the code. */
  private void put(int table, int tableBits, int reversed, int bits, int entry) {
    int whole = entry + (bits << LENGTH_SHIFT) + bits;
    for (int i = reversed; i < 1 << tableBits; i += 1 << bits) {
      entries[table + i] = whole;
    }
  }

  /** The first code with the same lowest bits has made the table, whose bits come first in use. */
  private void putSecond(int reversed, int bits, int entry, int more) {
    int first = start + (reversed & (1 << firstBits) - 1);
    int rest = reversed >>> firstBits;
    if (rest == 0) {
      int tableBits = secondBits(bits, more);
      entries[first] =
          used << 16 | EXCEPTION | SECOND_TABLE | tableBits << LENGTH_SHIFT | firstBits;
      used += 1 << tableBits;
    }
    int pointer = entries[first];
    put(pointer >>> 16, pointer >>> LENGTH_SHIFT & 15, rest, bits - firstBits, entry);
  }

  /**
   * Bits for all codes that begin alike, of which the shortest, with {@code more} like it, has
   * these.
   */
  private int secondBits(int shortest, int more) {
    int bits = shortest;
    int left = (1 << bits - firstBits) - more;
    while (left > 0 && bits < longest) {
      bits++;
      left = 2 * left - counts[bits];
    }
    return bits - firstBits;
  }
}

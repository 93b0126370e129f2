package org.exposureatlas.gzip;

import java.io.IOException;
import java.util.Arrays;

/** The two codes of a compressed block: the fixed ones, or as its header describes them. */
final class BlockCodes {

  static final int LITERAL_BITS = 11;
  static final int DISTANCE_BITS = 8;

  /** The most entries that a code takes, by zlib's program {@code enough}. */
  private static final int MOST_LITERAL_ENTRIES = 2342;

  private static final int MOST_DISTANCE_ENTRIES = 402;

  /** Where the entries of distances start. */
  static final int DISTANCE_START = MOST_LITERAL_ENTRIES;

  private static final int LITERALS = 288;
  private static final int MOST_LITERALS = 286;
  private static final int END_OF_BLOCK = 256;
  private static final int LONGEST = 285;

  private static final int DISTANCES = 32;
  private static final int MOST_DISTANCES = 30;

  private static final int LENGTH_BITS = 7;
  private static final byte[] LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int COPY_LAST = 16;
  private static final int FEW_ZEROS = 17;

  private final int[] entries = new int[MOST_LITERAL_ENTRIES + MOST_DISTANCE_ENTRIES];
  private final HuffmanTable literals =
      new HuffmanTable(LITERAL_BITS, literalEntries(), entries, 0);
  private final HuffmanTable distances =
      new HuffmanTable(DISTANCE_BITS, distanceEntries(), entries, DISTANCE_START);
  private final int[] lengthEntries = new int[1 << LENGTH_BITS];
  private final HuffmanTable lengthCode =
      new HuffmanTable(LENGTH_BITS, bytes(LENGTH_ORDER.length), lengthEntries, 0);
  private final byte[] lengths = new byte[LITERALS + DISTANCES];

  /**
   * Entries of bytes, repeated lengths and the end of the block, for {@link #LITERAL_BITS}, and
   * from {@link #DISTANCE_START} on of distances, for {@link #DISTANCE_BITS}.
   */
  int[] entries() {
    return entries;
  }

  private static int[] bytes(int count) {
    int[] entries = new int[count];
    Arrays.setAll(entries, i -> HuffmanTable.LITERAL | i << 16);
    return entries;
  }

  private static int[] literalEntries() {
    int[] entries = Arrays.copyOf(bytes(END_OF_BLOCK), LITERALS);
    entries[END_OF_BLOCK] = HuffmanTable.EXCEPTION | HuffmanTable.END_OF_BLOCK;
    int least = 3;
    for (int i = END_OF_BLOCK + 1; i < LONGEST; i++) {
      int extraBits = Math.max(0, (i - END_OF_BLOCK - 5) / 4);
      entries[i] = least << 16 | extraBits;
      least += 1 << extraBits;
    }
    entries[LONGEST] = 258 << 16;
    Arrays.fill(entries, MOST_LITERALS, LITERALS, HuffmanTable.EXCEPTION);
    return entries;
  }

  private static int[] distanceEntries() {
    int[] entries = new int[DISTANCES];
    int least = 1;
    for (int i = 0; i < MOST_DISTANCES; i++) {
      int extraBits = Math.max(0, i / 2 - 1);
      entries[i] = least << 16 | extraBits;
      least += 1 << extraBits;
    }
    Arrays.fill(entries, MOST_DISTANCES, DISTANCES, HuffmanTable.EXCEPTION);
    return entries;
  }

  /** Takes the codes of section 3.2.6. */
  void fixed() throws IOException {
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, LITERALS, (byte) 8);
    Arrays.fill(lengths, LITERALS, LITERALS + DISTANCES, (byte) 5);
    literals.build(lengths, 0, LITERALS);
    distances.build(lengths, LITERALS, DISTANCES);
  }

  /**
   * Takes the codes that the bits describe, as in section 3.2.7.
   *
   * @throws IOException when they describe none
   */
  void read(BitSource bits) throws IOException {
    int literalCount = bits.take(5) + END_OF_BLOCK + 1;
    int distanceCount = bits.take(5) + 1;
    int lengthCount = bits.take(4) + 4;
    if (literalCount > MOST_LITERALS || distanceCount > MOST_DISTANCES) {
      throw new IOException(
          "found codes of %s and %s symbols in a gzip, expected %s and %s at most"
              .formatted(literalCount, distanceCount, MOST_LITERALS, MOST_DISTANCES));
    }
    readLengthCode(bits, lengthCount);
    readLengths(bits, literalCount + distanceCount);
    if (lengths[END_OF_BLOCK] == 0) {
      throw new IOException("found no code for the end of a block in a gzip");
    }
    literals.build(lengths, 0, literalCount);
    distances.build(lengths, literalCount, distanceCount);
  }

  private void readLengthCode(BitSource bits, int count) throws IOException {
    byte[] ofLengths = new byte[LENGTH_ORDER.length];
    for (int i = 0; i < count; i++) {
      ofLengths[LENGTH_ORDER[i]] = (byte) bits.take(3);
    }
    lengthCode.build(ofLengths, 0, ofLengths.length);
    if (!lengthCode.isComplete()) {
      throw new IOException("found bits without a meaning in the code of lengths of a gzip");
    }
  }

  private void readLengths(BitSource bits, int count) throws IOException {
    int at = 0;
    while (at < count) {
      int symbol = lengthSymbol(bits);
      if (symbol < COPY_LAST) {
        lengths[at++] = (byte) symbol;
      } else {
        at = repeat(bits, symbol, at, count);
      }
    }
  }

  private int lengthSymbol(BitSource bits) throws IOException {
    bits.fill();
    bits.refill();
    int entry = lengthEntries[(int) bits.word() & (1 << LENGTH_BITS) - 1];
    bits.take(HuffmanTable.bits(entry));
    return entry >>> 16 & 0xFF;
  }

  private int repeat(BitSource bits, int symbol, int at, int count) throws IOException {
    int times =
        switch (symbol) {
          case COPY_LAST -> 3 + bits.take(2);
          case FEW_ZEROS -> 3 + bits.take(3);
          default -> 11 + bits.take(7);
        };
    if (symbol == COPY_LAST && at == 0 || at + times > count) {
      throw new IOException("found a repeated length of a code where there is none in a gzip");
    }
    Arrays.fill(lengths, at, at + times, symbol == COPY_LAST ? lengths[at - 1] : 0);
    return at + times;
  }
}

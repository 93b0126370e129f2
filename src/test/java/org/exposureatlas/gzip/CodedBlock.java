package org.exposureatlas.gzip;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A stream of one block (RFC 1951, section 3.2.7) whose codes and symbols are left to chance. */
final class CodedBlock {

  private static final int LONGEST_CODE = 15;
  private static final int END = 256;
  private static final int LITERALS = 286;
  private static final int DISTANCES = 30;
  private static final int LENGTH_CODES = 19;
  private static final int LENGTH_CODE_BITS = 4;

  private final Random random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long word;
  private int count;

  private CodedBlock(Random random) {
    this.random = random;
  }

  /** With so many symbols, and the end of the block behind them. */
  static byte[] of(Random random, int symbols) {
    CodedBlock block = new CodedBlock(random);
    block.write(symbols);
    return block.bytes.toByteArray();
  }

  private void write(int symbols) {
    int[] literals = lengths(LITERALS);
    int[] distances = lengths(DISTANCES);
    writeHeader(literals, distances);
    int[] literalCodes = codes(literals);
    int[] distanceCodes = codes(distances);
    int decoded = 0;
    for (int i = 0; i < symbols; i++) {
      int symbol = random.nextInt(LITERALS);
      int distance = random.nextInt(DISTANCES);
      boolean isByte = symbol < END || decoded < 1 << 15;
      symbol = isByte ? symbol % END : Math.max(symbol, END + 1);
      put(literalCodes[symbol], literals[symbol]);
      if (!isByte) {
        putAny(symbol == LITERALS - 1 ? 0 : Math.max(0, (symbol - END - 5) / 4));
        put(distanceCodes[distance], distances[distance]);
        putAny(Math.max(0, distance / 2 - 1));
      }
      decoded += isByte ? 1 : 3;
    }
    put(literalCodes[END], literals[END]);
    put(0, Byte.SIZE);
  }

  /** The lengths of codes stand in codes of four bits each, which are their numbers. */
  private void writeHeader(int[] literals, int... distances) {
    put(1, 1);
    put(2, 2);
    put(LITERALS - END - 1, 5);
    put(DISTANCES - 1, 5);
    put(LENGTH_CODES - 4, 4);
    for (int i = 0; i < LENGTH_CODES; i++) {
      put(i < 3 ? 0 : LENGTH_CODE_BITS, 3);
    }
    for (int[] lengths : new int[][] {literals, distances}) {
      for (int length : lengths) {
        put(reversed(length, LENGTH_CODE_BITS), LENGTH_CODE_BITS);
      }
    }
  }

  /** Of a tree that grows at leaves of chance, some of them as deep as they may be. */
  private int[] lengths(int symbols) {
    List<Integer> leaves = new ArrayList<>(List.of(0));
    while (leaves.size() < symbols) {
      int place = random.nextInt(3) == 0 ? random.nextInt(leaves.size()) : leaves.size() - 1;
      int depth = leaves.get(place);
      if (depth < LONGEST_CODE) {
        leaves.set(place, depth + 1);
        leaves.add(depth + 1);
      } else {
        Collections.shuffle(leaves, random);
      }
    }
    Collections.shuffle(leaves, random);
    return leaves.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] codes(int... lengths) {
    int[] codes = new int[lengths.length];
    int code = 0;
    for (int bits = 1; bits <= LONGEST_CODE; bits++) {
      code <<= 1;
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == bits) {
          codes[symbol] = reversed(code++, bits);
        }
      }
    }
    return codes;
  }

  private static int reversed(int code, int bits) {
    return Integer.reverse(code) >>> Integer.SIZE - bits;
  }

  private void putAny(int bits) {
    put(random.nextInt(1 << bits), bits);
  }

  private void put(int value, int bits) {
    word |= (long) value << count;
    count += bits;
    while (count >= Byte.SIZE) {
      bytes.write((int) word);
      word >>>= Byte.SIZE;
      count -= Byte.SIZE;
    }
  }
}

package org.exposureatlas.gzip;

import static org.exposureatlas.gzip.BitSource.WORDS;
import static org.exposureatlas.gzip.BlockCodes.DISTANCE_BITS;
import static org.exposureatlas.gzip.BlockCodes.DISTANCE_START;
import static org.exposureatlas.gzip.BlockCodes.LITERAL_BITS;
import static org.exposureatlas.gzip.HuffmanTable.END_OF_BLOCK;
import static org.exposureatlas.gzip.HuffmanTable.EXCEPTION;
import static org.exposureatlas.gzip.HuffmanTable.SECOND_TABLE;
import static org.exposureatlas.gzip.HuffmanTable.second;
import static org.exposureatlas.gzip.HuffmanTable.value;

import java.io.IOException;

/**
 * Decodes the blocks of a compressed stream (RFC 1951).
 *
 * <p>It is faster than zlib where much is repeated, as in records of one kind: several symbols are
 * decoded to a refill of the word, and repetitions are copied 32 bytes at a time, beyond their end,
 * into what is overwritten next.
 */
final class DeflateDecoder {

  /** As far as a distance may reach back. */
  static final int HISTORY_BYTES = 1 << 15;

  /** Two bytes, the longest repetition of 258 and 31 copied beyond its end have room in it. */
  static final int SLACK_BYTES = 512;

  private static final int COPIED_BYTES = 4 * Long.BYTES;

  private static final int LITERAL_MASK = (1 << LITERAL_BITS) - 1;
  private static final int DISTANCE_MASK = (1 << DISTANCE_BITS) - 1;

  private enum State {
    BETWEEN_BLOCKS,
    STORED,
    CODED,
    ENDED
  }

  private final BitSource input;
  private final BlockCodes codes = new BlockCodes();
  private State state = State.ENDED;
  private boolean isLastBlock;
  private int storedBytes;
  private IOException damage;

  private byte[] out;
  private int first;
  private int end;
  private int limit;

  /** How many bytes given before may be repeated. */
  private int known;

  DeflateDecoder(BitSource input) {
    this.input = input;
  }

  /** Begins another stream, which knows nothing of what the one before held. */
  void start() {
    state = State.BETWEEN_BLOCKS;
    isLastBlock = false;
    known = 0;
  }

  /**
   * Decodes some bytes; -1 at the end of the stream. Those given before stand in front of them in
   * the array, {@link #HISTORY_BYTES} or all. The last {@link #SLACK_BYTES} that are asked for are
   * not given, and what stood behind those given is lost.
   *
   * @param length more than {@link #SLACK_BYTES}
   * @throws IOException when the stream is damaged here; it is thrown again by later calls
   */
  int read(byte[] bytes, int offset, int length) throws IOException {
    out = bytes;
    first = offset - known;
    end = offset;
    limit = offset + length - SLACK_BYTES;
    while (state != State.ENDED && (end == offset || end < limit && damage == null)) {
      decode();
    }
    int given = end - offset;
    known = Math.min(HISTORY_BYTES, known + given);
    return given == 0 ? -1 : given;
  }

  /** What a step decodes before it finds damage is given first. */
  private void decode() throws IOException {
    if (damage != null) {
      throw damage;
    }
    try {
      step();
    } catch (IOException e) {
      damage = e;
    }
  }

  private void step() throws IOException {
    switch (state) {
      case BETWEEN_BLOCKS -> startBlock();
      case STORED -> copyStored();
      default -> decodeSymbols();
    }
  }

  private void startBlock() throws IOException {
    if (isLastBlock) {
      state = State.ENDED;
      return;
    }
    isLastBlock = input.take(1) == 1;
    int type = input.take(2);
    switch (type) {
      case 0 -> startStored();
      case 1 -> codes.fixed();
      case 2 -> codes.read(input);
      default -> throw new IOException("found a block of type 3 in a gzip, expected 0, 1 or 2");
    }
    state = type == 0 ? State.STORED : State.CODED;
  }

  private void startStored() throws IOException {
    input.align();
    storedBytes = input.take(Short.SIZE);
    int complement = input.take(Short.SIZE);
    if ((storedBytes ^ complement) != 0xFFFF) {
      throw new IOException(
          "found %s and %s for the bytes of a stored block in a gzip, expected complements"
              .formatted(Integer.toHexString(storedBytes), Integer.toHexString(complement)));
    }
    input.align();
  }

  private void copyStored() throws IOException {
    if (storedBytes == 0) {
      state = State.BETWEEN_BLOCKS;
      return;
    }
    int copied = input.takeBytes(out, end, Math.min(storedBytes, limit - end));
    storedBytes -= copied;
    end += copied;
  }

  /**
   * Decodes until the block ends, the limit is reached or the input has to be filled; one round at
   * least, and near the end of the file no more.
   *
   * <p>All that changes stands in variables. A refill has 56 bits: enough for three bytes of the
   * first table, or for a length and a distance. An entry is subtracted as a whole: only the lowest
   * byte of the count counts then.
   */
  private void decodeSymbols() throws IOException {
    input.fill();
    int safe = input.safe();
    byte[] in = input.bytes();
    byte[] bytes = out;
    int earliest = first;
    int last = limit;
    int[] entries = codes.entries();
    int place = input.place();
    long word = input.word();
    int count = input.count();
    int to = end;
    String problem = null;
    do {
      word |= (long) WORDS.get(in, place) << count;
      place += 7 - (count >>> 3 & 7);
      count |= Long.SIZE - Byte.SIZE;
      int entry = entries[(int) word & LITERAL_MASK];
      if (entry < 0) {
        bytes[to++] = (byte) (entry >>> 16);
        word >>>= entry;
        count -= entry;
        entry = entries[(int) word & LITERAL_MASK];
        if (entry < 0) {
          bytes[to++] = (byte) (entry >>> 16);
          word >>>= entry;
          count -= entry;
          entry = entries[(int) word & LITERAL_MASK];
          if (entry < 0) {
            bytes[to++] = (byte) (entry >>> 16);
            word >>>= entry;
            count -= entry;
            continue;
          }
        }
        word |= (long) WORDS.get(in, place) << count;
        place += 7 - (count >>> 3 & 7);
        count |= Long.SIZE - Byte.SIZE;
      }
      if ((entry & EXCEPTION) != 0) {
        if ((entry & SECOND_TABLE) != 0) {
          word >>>= LITERAL_BITS;
          count -= LITERAL_BITS;
          entry = second(entries, entry, word);
          if (entry < 0) {
            bytes[to++] = (byte) (entry >>> 16);
            word >>>= entry;
            count -= entry;
            continue;
          }
        }
        if ((entry & EXCEPTION) != 0) {
          word >>>= entry;
          count -= entry;
          problem = (entry & END_OF_BLOCK) == 0 ? "found bits that are no symbol in a gzip" : null;
          state = State.BETWEEN_BLOCKS;
          break;
        }
      }
      int length = value(entry, word);
      word >>>= entry;
      count -= entry;
      entry = entries[DISTANCE_START + ((int) word & DISTANCE_MASK)];
      if ((entry & EXCEPTION) != 0) {
        if ((entry & SECOND_TABLE) != 0) {
          word >>>= DISTANCE_BITS;
          count -= DISTANCE_BITS;
          entry = second(entries, entry, word);
        }
        if ((entry & EXCEPTION) != 0) {
          problem = "found bits that are no distance in a gzip";
          break;
        }
      }
      int distance = value(entry, word);
      word >>>= entry;
      count -= entry;
      if (distance > to - earliest) {
        problem = "found a repetition of what stands before the start of a gzip";
        break;
      }
      repeat(bytes, to, distance, length);
      to += length;
    } while (to < last && place < safe);
    input.moveTo(place, word, count & 0xFF);
    if (input.isOverrun()) {
      throw BitSource.cutOff();
    }
    end = to;
    if (problem != null) {
      throw new IOException(problem);
    }
  }

  /**
   * Copies what stands {@code distance} bytes before {@code to}, and up to 31 bytes more: most
   * repetitions are no longer than 32, and the end of a loop is hard to foresee.
   */
  private static void repeat(byte[] out, int to, int distance, int length) {
    int from = to - distance;
    if (distance < Long.BYTES) {
      for (int i = 0; i < length; i++) {
        out[to + i] = out[from + i];
      }
      return;
    }
    copy(out, from, to);
    for (int i = COPIED_BYTES; i < length; i += COPIED_BYTES) {
      copy(out, from + i, to + i);
    }
  }

  private static void copy(byte[] out, int from, int to) {
    for (int i = 0; i < COPIED_BYTES; i += Long.BYTES) {
      WORDS.set(out, to + i, (long) WORDS.get(out, from + i));
    }
  }
}

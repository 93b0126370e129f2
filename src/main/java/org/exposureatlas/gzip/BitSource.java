package org.exposureatlas.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A stream taken bit by bit, the lowest of a byte first, or in whole bytes.
 *
 * <p>The next bits stand in a word. Who decodes many symbols keeps word, count and place in
 * variables, refills the word as {@link #refill()} does while the place is before {@link #safe()},
 * and gives all three back.
 */
final class BitSource {

  /** Eight bytes of an array as a word, the first one lowest. */
  static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BUFFER_BYTES = 1 << 17;

  /** Room for two refills beyond a safe place, on either side of the end of the stream. */
  private static final int MARGIN = 32;

  private final InputStream in;
  private final byte[] bytes = new byte[BUFFER_BYTES + MARGIN];
  private int place;
  private int end;
  private boolean isLast;
  private long word;
  private int count;

  BitSource(InputStream in) {
    this.in = in;
  }

  /** Where bytes are kept. */
  byte[] bytes() {
    return bytes;
  }

  /** Index of the first byte that is not whole in the word. */
  int place() {
    return place;
  }

  /** The next bits; above those that count, some of the following or zeros. */
  long word() {
    return word;
  }

  /** How many bits of the word count. */
  int count() {
    return count;
  }

  /** Before this place a word may be refilled twice; behind it {@link #fill()} comes first. */
  int safe() {
    return end - MARGIN;
  }

  void moveTo(int newPlace, long newWord, int newCount) {
    place = newPlace;
    word = newWord;
    count = newCount;
  }

  /** Makes the place safe, or puts zeros behind the last bytes, so that two refills are. */
  void fill() throws IOException {
    if (place < safe() || isLast) {
      return;
    }
    keepFrom(Math.max(0, place - Long.BYTES));
    while (place >= safe() && !isLast) {
      int read = in.read(bytes, end, BUFFER_BYTES - end);
      isLast = read < 0;
      end += Math.max(read, 0);
    }
    if (isLast) {
      Arrays.fill(bytes, end, end + MARGIN, (byte) 0);
    }
  }

  /** The bytes of the word are kept: whole ones may be taken from them. */
  private void keepFrom(int first) {
    System.arraycopy(bytes, first, bytes, 0, end - first);
    end -= first;
    place -= first;
  }

  /** Has 56 bits count, at least. */
  void refill() {
    word |= (long) WORDS.get(bytes, place) << count;
    place += 7 - (count >>> 3 & 7);
    count |= Long.SIZE - Byte.SIZE;
  }

  /** Takes up to 32 bits. */
  int take(int bits) throws IOException {
    fill();
    refill();
    int taken = (int) (word & (1L << bits) - 1);
    word >>>= bits;
    count -= bits;
    if (isOverrun()) {
      throw cutOff();
    }
    return taken;
  }

  /** Whether more bits were taken than there are. */
  boolean isOverrun() {
    return place - (count >>> 3) > end;
  }

  /** Passes over what is left of a byte, and out of the word: whole bytes may be taken now. */
  void align() {
    place -= count >>> 3;
    word = 0;
    count = 0;
  }

  /** Whether all was taken, after {@link #align()}. */
  boolean isAtEnd() throws IOException {
    fill();
    return isLast && place >= end;
  }

  /** Takes one byte or more, up to {@code length}, after {@link #align()}. */
  int takeBytes(byte[] to, int offset, int length) throws IOException {
    if (isAtEnd()) {
      throw cutOff();
    }
    int taken = Math.min(length, end - place);
    System.arraycopy(bytes, place, to, offset, taken);
    place += taken;
    return taken;
  }

  /** What to say of taking more than there is. */
  static EOFException cutOff() {
    return new EOFException("found the end of the file, expected the rest of a gzip");
  }
}

package org.exposureatlas.ndjson;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches in bytes that look at eight of them at a time. */
final class Words {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long NEWLINES = '\n' * ONES;
  private static final long SPACES = ' ' * ONES;

  private Words() {}

  /** Eight bytes from {@code at} on, the first one lowest. */
  static long at(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** The first bytes of a span, eight at most, the first one lowest; 0 above its end. */
  static long head(byte[] bytes, int start, int end) {
    int length = end - start;
    if (start <= bytes.length - Long.BYTES) {
      long word = at(bytes, start);
      return length >= Long.BYTES ? word : word & (1L << length * Byte.SIZE) - 1;
    }
    long word = 0;
    for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
      word = word << Byte.SIZE | bytes[start + i] & 0xFF;
    }
    return word;
  }

  /** The first quote or control character from {@code start} on; {@code end}: there is none. */
  static int quoteOrControl(byte[] bytes, int start, int end) {
    int last = Math.min(end - 1, bytes.length - Long.BYTES);
    int at = start;
    for (; at <= last; at += Long.BYTES) {
      long word = at(bytes, at);
      long found = ((word ^ QUOTES) - ONES | word - SPACES) & ~word & HIGH_BITS;
      if (found != 0) {
        return Math.min(end, at + first(found));
      }
    }
    for (; at < end; at++) {
      if (bytes[at] == '"' || bytes[at] >= 0 && bytes[at] < ' ') {
        return at;
      }
    }
    return end;
  }

  /** The first line feed from {@code start} on; -1 when there is none. */
  static int newline(byte[] bytes, int start, int end) {
    int at = start;
    while (at <= end - 4 * Long.BYTES && !hasNewline(bytes, at)) {
      at += 4 * Long.BYTES;
    }
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long found = zeros(at(bytes, at) ^ NEWLINES);
      if (found != 0) {
        return at + first(found);
      }
    }
    for (; at < end; at++) {
      if (bytes[at] == '\n') {
        return at;
      }
    }
    return -1;
  }

  /** Whether a line feed is among 32 bytes. */
  private static boolean hasNewline(byte[] bytes, int at) {
    long found =
        zeros(at(bytes, at) ^ NEWLINES)
            | zeros(at(bytes, at + Long.BYTES) ^ NEWLINES)
            | zeros(at(bytes, at + 2 * Long.BYTES) ^ NEWLINES)
            | zeros(at(bytes, at + 3 * Long.BYTES) ^ NEWLINES);
    return found != 0;
  }

  /** Whether a span has only ASCII, no control character and no backslash. */
  static boolean isPlain(byte[] bytes, int start, int end) {
    return plain(bytes, start, end) == end;
  }

  /** Behind the part of a span, from its start on, of which {@link #isPlain} is true. */
  static int plain(byte[] bytes, int start, int end) {
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long found = notPlain(at(bytes, at));
      if (found != 0) {
        return at + first(found);
      }
    }
    if (at == end) {
      return end;
    }
    long found = notPlain(head(bytes, at, end) | SPACES << (end - at) * Byte.SIZE);
    return found == 0 ? end : at + first(found);
  }

  /** No bit but high ones, of which the lowest one is of the first byte that is not plain. */
  private static long notPlain(long word) {
    return word & HIGH_BITS | word - SPACES & HIGH_BITS | zeros(word ^ BACKSLASHES);
  }

  /** Whether a span has only ASCII. */
  static boolean isAscii(byte[] bytes, int start, int end) {
    long seen = 0;
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      seen |= at(bytes, at);
    }
    return ((seen | head(bytes, at, end)) & HIGH_BITS) == 0;
  }

  /** The high bit of every zero byte; of the bytes above the lowest zero, some others too. */
  private static long zeros(long word) {
    return word - ONES & ~word & HIGH_BITS;
  }

  private static int first(long highBits) {
    return Long.numberOfTrailingZeros(highBits) / Byte.SIZE;
  }
}

package org.exposureatlas.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Splits a stream into the records of RFC 4180, and records into values.
 *
 * <p>Holds one record at a time, and of a line that is longer than allowed nothing at all. Reading
 * goes on after whatever is wrong: after a quote in a wrong place, or one that nothing closes, with
 * the line behind the one on which the record began.
 */
final class CsvRecords {

  private static final int CHUNK = 1 << 16;
  private static final int MAX_VALUES = 10_000;

  private enum State {
    BEGIN,
    PLAIN,
    QUOTED,
    AFTER_QUOTE,
    AFTER_RETURN
  }

  private final InputStream in;
  private final byte separator;
  private final int maxBytes;
  private byte[] bytes = new byte[2 * CHUNK];
  private int position;
  private int limit;
  private boolean started;
  private boolean ended;
  private String damage;

  private long line;
  private long nextLine = 1;
  private Problem problem;

  private int start;
  private int firstBreak;
  private long breaks;
  private int count;
  private int[] from = new int[64];
  private int[] to = new int[64];
  private boolean[] isQuoted = new boolean[64];

  /**
   * Reads {@code in}, whose IOExceptions say that the data is damaged.
   *
   * @param maxBytes longer records are passed over and reported
   */
  CsvRecords(InputStream in, char separator, int maxBytes) {
    this.in = in;
    this.separator = (byte) separator;
    this.maxBytes = maxBytes;
  }

  /** Line on which the record begins, from 1. */
  long line() {
    return line;
  }

  /** What is wrong with this record; null: nothing. */
  Problem problem() {
    return problem;
  }

  /** Number of its values. */
  int size() {
    return count;
  }

  /** Whether it is a line with nothing but spaces on it. */
  boolean isBlank() {
    return count == 1 && !isQuoted[0] && text(0).isBlank();
  }

  /** A value; null: it is empty, or not UTF-8. */
  String value(int i) {
    if (from[i] == to[i] || !isUtf8(i)) {
      return null;
    }
    return isQuoted[i] ? text(i).replace("\"\"", "\"") : text(i);
  }

  /** Whether a value is UTF-8. */
  boolean isUtf8(int i) {
    return isAscii(i) || isDecodable(i);
  }

  private boolean isAscii(int i) {
    for (int at = start + from[i]; at < start + to[i]; at++) {
      if (bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isDecodable(int i) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start + from[i], to[i] - from[i]));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private String text(int i) {
    return new String(bytes, start + from[i], to[i] - from[i], StandardCharsets.UTF_8);
  }

  /** Advances to the next record; false after the last. */
  boolean next() {
    if (!started) {
      started = true;
      skipByteOrderMark();
    }
    start = position;
    line = nextLine;
    problem = null;
    if (position == limit && !fill()) {
      return sayDamage();
    }
    split();
    return true;
  }

  /** The rest cannot be read: one record that says so. */
  private boolean sayDamage() {
    if (damage == null) {
      return false;
    }
    problem = Problem.damaged(damage);
    damage = null;
    position = limit;
    return true;
  }

  private void split() {
    count = 0;
    breaks = 0;
    firstBreak = -1;
    State state = State.BEGIN;
    int at = 0;
    while (true) {
      if (start + at == limit && !fill()) {
        end(state, at);
        return;
      }
      if (at > maxBytes || count > MAX_VALUES) {
        giveUp(at);
        return;
      }
      byte next = bytes[start + at];
      if (next == '\n' && state != State.QUOTED) {
        finish(state, at);
        position = start + at + 1;
        nextLine += breaks + 1;
        return;
      }
      state = step(state, next, at);
      if (state == null) {
        malformed("found '" + shown(next) + "' behind a closing quote, expected a separator", at);
        return;
      }
      at++;
    }
  }

  /** The state behind {@code next}; null where it must not be. */
  private State step(State state, byte next, int at) {
    switch (state) {
      case QUOTED -> {
        if (next == '\n') {
          firstBreak = firstBreak < 0 ? at : firstBreak;
          breaks++;
        }
        return next == '"' ? State.AFTER_QUOTE : State.QUOTED;
      }
      case AFTER_QUOTE, AFTER_RETURN -> {
        if (next == '"' && state == State.AFTER_QUOTE) {
          return State.QUOTED;
        }
        if (next == '\r' && state == State.AFTER_QUOTE) {
          to[count - 1] = at - 1;
          return State.AFTER_RETURN;
        }
        if (next != separator || state == State.AFTER_RETURN) {
          return null;
        }
        to[count - 1] = at - 1;
        return State.BEGIN;
      }
      case BEGIN -> {
        boolean quoted = next == '"';
        begin(quoted ? at + 1 : at, quoted);
        return quoted ? State.QUOTED : plain(next, at);
      }
      default -> {
        return plain(next, at);
      }
    }
  }

  private State plain(byte next, int at) {
    if (next != separator) {
      return State.PLAIN;
    }
    to[count - 1] = at;
    return State.BEGIN;
  }

  private void begin(int at, boolean quoted) {
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
      isQuoted = Arrays.copyOf(isQuoted, 2 * count);
    }
    from[count] = at;
    to[count] = at;
    isQuoted[count] = quoted;
    count++;
  }

  /** Closes the last value of a record that ends before {@code at}. */
  private void finish(State state, int at) {
    switch (state) {
      case BEGIN -> begin(at, false);
      case PLAIN ->
          to[count - 1] = at > from[count - 1] && bytes[start + at - 1] == '\r' ? at - 1 : at;
      case AFTER_QUOTE -> to[count - 1] = at - 1;
      default -> {
        // closed where the return was found
      }
    }
  }

  /** The file ends within a record. */
  private void end(State state, int at) {
    if (sayDamage()) {
      return;
    }
    if (state == State.QUOTED) {
      malformed("found the end of the file, expected a closing quote", at);
      return;
    }
    finish(state, at);
    position = limit;
  }

  private void malformed(String detail, int at) {
    problem = new Problem(Problem.MALFORMED, detail);
    skipLine(at);
  }

  private void giveUp(int at) {
    problem =
        at > maxBytes
            ? new Problem(
                Problem.TOO_LONG, "found a longer record, expected at most " + maxBytes + " bytes")
            : new Problem(
                Problem.MALFORMED, "found more than " + MAX_VALUES + " values in a record");
    skipLine(at);
  }

  /** Goes on behind the first line of the record, of which {@code at} bytes were looked at. */
  private void skipLine(int at) {
    nextLine++;
    if (firstBreak >= 0) {
      position = start + firstBreak + 1;
      return;
    }
    int scan = start + at;
    while (true) {
      while (scan < limit) {
        if (bytes[scan++] == '\n') {
          position = scan;
          return;
        }
      }
      start = limit;
      position = limit;
      if (!fill()) {
        return;
      }
      scan = start;
    }
  }

  private static String shown(byte next) {
    return next > ' ' ? String.valueOf((char) next) : String.format(Locale.ROOT, "0x%02x", next);
  }

  private void skipByteOrderMark() {
    while (limit < 3 && fill()) {
      // until there are three bytes or no more
    }
    boolean mark =
        limit >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    position = mark ? 3 : 0;
  }

  /** Reads more behind {@link #limit}; moves what stands from {@link #start} on to the front. */
  private boolean fill() {
    if (ended) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      limit -= start;
      position -= start;
      start = 0;
    }
    if (bytes.length - limit < CHUNK) {
      bytes = Arrays.copyOf(bytes, bytes.length + Math.max(CHUNK, bytes.length / 2));
    }
    try {
      int read = in.read(bytes, limit, bytes.length - limit);
      if (read > 0) {
        limit += read;
        return true;
      }
    } catch (IOException e) {
      damage = String.valueOf(e.getMessage());
    }
    ended = true;
    return false;
  }
}

package org.exposureatlas.ndjson;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.exposureatlas.gzip.GzipContent;

/**
 * Splits a stream into records: its lines, the elements of the JSON array it consists of, or its
 * objects over several lines, told by a first line that is an opening brace alone.
 *
 * <p>Holds one record at a time, and of one that is longer than allowed nothing at all.
 */
final class RawRecords implements Closeable {

  private static final int CHUNK = 1 << 18;

  /** What was read before stands in front of the record, for content that is decoded in place. */
  private static final int FRONT = GzipContent.HISTORY_BYTES;

  private final InputStream in;
  private final int maxBytes;
  private byte[] bytes = new byte[FRONT + 2 * CHUNK];
  private int position = FRONT;
  private int limit = FRONT;
  private int lastLineEnd = -1;
  private boolean ended;
  private String damage;
  private boolean inArray;
  private boolean inObjects;
  private boolean inLines;
  private boolean started;

  private int start = FRONT;
  private int end;
  private long line;
  private long nextLine = 1;
  private Reject problem;
  private boolean cutOff;

  /**
   * Reads {@code in}, whose IOExceptions say that the data is damaged.
   *
   * @param maxBytes longer records are passed over and reported
   */
  RawRecords(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** The buffer the record stands in, from {@link #start()} to before {@link #end()}. */
  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Line on which the record begins, from 1. */
  long line() {
    return line;
  }

  /** What is wrong with this record before it is even looked into; null: nothing. */
  Reject problem() {
    return problem;
  }

  /**
   * Advances to the next record when it is a sound one alone on its line, which then is scanned;
   * false, and nothing is changed, where it may be anything else.
   */
  boolean nextScanned(JsonScanner scanner) {
    if (!inLines || position > lastLineEnd) {
      return false;
    }
    int found = scanner.scanLine(bytes, position, lastLineEnd + 1);
    if (found < 0 || found - position > maxBytes) {
      return false;
    }
    problem = null;
    start = position;
    end = found;
    position = found + 1;
    line = nextLine++;
    return true;
  }

  /** Advances to the next record; false after the last. */
  boolean next() {
    if (!started) {
      started = true;
      skipByteOrderMark();
      inArray = startsArray();
      inObjects = !inArray && startsWithLoneBrace();
      inLines = !inArray && !inObjects;
    }
    problem = null;
    cutOff = false;
    boolean found = inArray || inObjects ? nextElement() : nextLine();
    if (damage != null && (!found || cutOff)) {
      String said = damage;
      damage = null;
      position = limit;
      problem = new Reject(Reject.DAMAGED, "the rest of the file cannot be read: " + said);
      return true;
    }
    return found;
  }

  private boolean nextLine() {
    start = position;
    line = nextLine;
    int scan = position;
    boolean dropped = false;
    while (true) {
      int found = Words.newline(bytes, scan, limit);
      if (found >= 0) {
        end = found;
        position = found + 1;
        nextLine++;
        break;
      }
      scan = limit;
      boolean isTooLong = limit - start - 1 > maxBytes; // but for a carriage return
      if (dropped || isTooLong) {
        dropped = true;
        drop();
      }
      scan -= start;
      boolean isMore = fill();
      scan += start;
      if (!isMore) {
        if (start == limit && !dropped) {
          return false;
        }
        end = limit;
        position = limit;
        cutOff = true;
        break;
      }
    }
    if (end > start && bytes[end - 1] == '\r') {
      end--;
    }
    markTooLong(dropped);
    return true;
  }

  private void drop() {
    start = limit;
    lastLineEnd = -1;
  }

  private void markTooLong(boolean dropped) {
    if (dropped || end - start > maxBytes) {
      problem =
          new Reject(
              Reject.TOO_LONG, "found a longer record, expected at most " + maxBytes + " bytes");
    }
  }

  private boolean nextElement() {
    if (!skipBetweenElements()) {
      return inArray ? unclosed() : !inObjects && nextLine();
    }
    start = position;
    line = nextLine;
    boolean dropped = false;
    boolean quoted = false;
    boolean escaped = false;
    int depth = 0;
    int scan = position;
    while (true) {
      if (scan == limit) {
        if (dropped || limit - start > maxBytes) {
          dropped = true;
          drop();
        }
        scan -= start;
        boolean isMore = fill();
        scan += start;
        if (!isMore) {
          cutOff = true;
          break;
        }
      }
      byte value = bytes[scan];
      if (value == '\n') {
        nextLine++;
      }
      if (quoted) {
        quoted = escaped || value != '"';
        escaped = !escaped && value == '\\';
      } else if (value == '"') {
        quoted = true;
      } else if (value == '{' || value == '[') {
        depth++;
      } else if (depth == 0 && inArray && (value == ',' || value == ']')) {
        break;
      } else if (value == '}' || value == ']') {
        depth--;
      }
      scan++;
      if (inObjects && !quoted && depth <= 0 && value == '}') {
        break;
      }
    }
    end = scan;
    position = scan;
    markTooLong(dropped);
    return true;
  }

  /** Stands on the next element; false where the array ends, and then {@link #inArray} is false. */
  private boolean skipBetweenElements() {
    boolean comma = false;
    while (position < limit || fillAtEnd()) {
      byte value = bytes[position];
      if (value == '\n') {
        nextLine++;
      }
      if (value == ']' && inArray) {
        position++;
        skipSpace();
        inArray = startsArray();
        return inArray && skipBetweenElements();
      }
      if (value == ',' && comma || value != ',' && !JsonScanner.isSpace(value)) {
        return true;
      }
      comma |= value == ',';
      position++;
    }
    return false;
  }

  private void skipSpace() {
    while ((position < limit || fillAtEnd()) && JsonScanner.isSpace(bytes[position])) {
      nextLine += bytes[position] == '\n' ? 1 : 0;
      position++;
    }
  }

  private boolean unclosed() {
    if (damage != null) {
      return false;
    }
    inArray = false;
    start = position;
    end = position;
    line = nextLine;
    problem = new Reject(Reject.MALFORMED, "found the end of the file, expected ']'");
    return true;
  }

  /** Whether the next byte that is no space opens an array; passes over it. Lines are counted. */
  private boolean startsArray() {
    int scan = position;
    long lines = 0;
    while (true) {
      if (scan == limit) {
        scan -= position;
        if (!fillAtEnd()) {
          return false;
        }
        scan += position;
      }
      byte value = bytes[scan];
      if (value == '[') {
        position = scan + 1;
        nextLine += lines;
        return true;
      }
      if (!JsonScanner.isSpace(value)) {
        return false;
      }
      lines += value == '\n' ? 1 : 0;
      scan++;
    }
  }

  /** Whether the first line that is not blank is an opening brace alone; passes over nothing. */
  private boolean startsWithLoneBrace() {
    boolean opened = false;
    int ahead = 0;
    while (position + ahead < limit || fillAtEnd()) {
      byte value = bytes[position + ahead];
      if (opened && value == '\n') {
        return true;
      }
      if (opened ? !JsonScanner.isSpace(value) : value != '{' && !JsonScanner.isSpace(value)) {
        return false;
      }
      opened |= value == '{';
      ahead++;
    }
    return false;
  }

  private void skipByteOrderMark() {
    while (limit - start < 3 && fill()) {
      // until there are three bytes or no more
    }
    boolean mark =
        limit - start >= 3
            && bytes[start] == (byte) 0xEF
            && bytes[start + 1] == (byte) 0xBB
            && bytes[start + 2] == (byte) 0xBF;
    position = mark ? start + 3 : start;
    start = position;
  }

  private boolean fillAtEnd() {
    start = position;
    boolean more = fill();
    position = start;
    return more;
  }

  /** Reads more behind {@link #limit}; {@link #start} is moved to {@link #FRONT}. */
  private boolean fill() {
    int gone = start - FRONT;
    if (gone > 0) {
      System.arraycopy(bytes, gone, bytes, 0, limit - gone);
      limit -= gone;
      position -= gone;
      lastLineEnd -= gone;
      start = FRONT;
    }
    if (ended) {
      return false;
    }
    if (bytes.length - limit < CHUNK) {
      bytes = Arrays.copyOf(bytes, Math.max(limit + CHUNK, bytes.length + bytes.length / 2));
    }
    try {
      int read =
          in instanceof GzipContent gzip
              ? gzip.readBehind(bytes, limit, CHUNK)
              : in.read(bytes, limit, CHUNK);
      if (read > 0) {
        limit += read;
        noteLastLineEnd(limit - read);
        return true;
      }
    } catch (IOException e) {
      damage = String.valueOf(e.getMessage());
    }
    ended = true;
    return false;
  }

  private void noteLastLineEnd(int from) {
    for (int at = limit - 1; at >= from; at--) {
      if (bytes[at] == '\n') {
        lastLineEnd = at;
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

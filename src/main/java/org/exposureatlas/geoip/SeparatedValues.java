package org.exposureatlas.geoip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of separated values in UTF-8, read in place: no object is made of a cell unless its text is
 * asked for. Lines end with LF or CRLF; values may stand in double quotes, in which two are one.
 */
final class SeparatedValues {

  private static final int MAX_LINE = 1 << 20;

  private final String file;
  private final InputStream in;
  private final byte separator;
  private byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private int lineNumber;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int count;

  SeparatedValues(String file, InputStream in, char separator) {
    this.file = file;
    this.in = in;
    this.separator = (byte) separator;
  }

  /** Goes to the next line; false at the end of the file. */
  boolean next() throws IOException {
    if (lineNumber == 0) {
      skipByteOrderMark();
    }
    int end = endOfLine();
    if (end < 0) {
      return false;
    }
    lineNumber++;
    int behind = end > position && buffer[end - 1] == '\r' ? end - 1 : end;
    count = 0;
    int at = position;
    do {
      at = cell(at, behind) + 1;
    } while (at <= behind);
    position = Math.min(end + 1, limit);
    return true;
  }

  private void skipByteOrderMark() throws IOException {
    fill();
    if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB) {
      position = buffer[2] == (byte) 0xBF ? 3 : 0;
    }
  }

  /** Position behind the last byte of the line that starts at the position; -1 for no line. */
  private int endOfLine() throws IOException {
    int at = position;
    while (true) {
      while (at < limit) {
        if (buffer[at] == '\n') {
          return at;
        }
        at++;
      }
      int known = at - position;
      if (!fill()) {
        return known == 0 ? -1 : limit;
      }
      at = position + known;
    }
  }

  /** Makes room and reads on; false at the end of the file. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    if (limit == MAX_LINE) {
      lineNumber++;
      throw broken("found a line of more than " + MAX_LINE + " bytes, expected a shorter one");
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * limit);
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(read, 0);
    return read > 0;
  }

  /** Takes the cell from {@code at} on; gives where the separator or the end behind it is. */
  private int cell(int at, int behind) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    if (at < behind && buffer[at] == '"') {
      return quoted(at + 1, behind);
    }
    int end = at;
    while (end < behind && buffer[end] != separator) {
      end++;
    }
    starts[count] = at;
    ends[count++] = end;
    return end;
  }

  private int quoted(int start, int behind) {
    int end = start;
    while (end < behind && (buffer[end] != '"' || isDoubled(end, behind))) {
      end += buffer[end] == '"' ? 2 : 1;
    }
    if (end >= behind) {
      throw broken("found a quote that is not closed, expected it closed in its line");
    }
    if (end + 1 < behind && buffer[end + 1] != separator) {
      throw broken("found text behind a closing quote, expected a separator");
    }
    starts[count] = start;
    ends[count++] = end;
    return end + 1;
  }

  private boolean isDoubled(int quote, int behind) {
    return quote + 1 < behind && buffer[quote + 1] == '"';
  }

  /** Number of cells in the line. */
  int count() {
    return count;
  }

  /** Holds the cells, from {@link #start} to before {@link #end}, until the next line. */
  byte[] bytes() {
    return buffer;
  }

  int start(int cell) {
    return starts[cell];
  }

  int end(int cell) {
    return ends[cell];
  }

  boolean isEmpty(int cell) {
    return starts[cell] == ends[cell];
  }

  /** The text of a cell. */
  String text(int cell) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, starts[cell], ends[cell] - starts[cell]);
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.replace("\"\"", "\"");
    } catch (CharacterCodingException e) {
      throw new BrokenEditionException(
          place(), "found bytes that are not UTF-8, expected UTF-8", e);
    }
  }

  /** A cell that holds a whole number, 0 or more. */
  long number(int cell) {
    try {
      long number = Long.parseLong(text(cell));
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw broken("found '" + text(cell) + "', expected a whole number, 0 or more");
  }

  /** Refuses a line with fewer or more values. */
  void expectCount(int expected) {
    if (count != expected) {
      throw broken("found " + count + " values, expected " + expected);
    }
  }

  /** File and line. */
  String place() {
    return file + ", line " + lineNumber;
  }

  /** Says where and why the file cannot be trusted. */
  BrokenEditionException broken(String problem) {
    return new BrokenEditionException(place(), problem, null);
  }
}

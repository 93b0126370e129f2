package org.exposureatlas.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that gives at most so many bytes for each step of its reader, and remembers how it
 * ended: an XML parser keeps a whole tag, text or comment in memory, however long it is.
 */
final class MeteredInput extends FilterInputStream {

  private final int allowance;
  private long left;
  private long total;
  private boolean ended;
  private boolean exhausted;
  private IOException failure;

  MeteredInput(InputStream in, int allowance) {
    super(in);
    this.allowance = allowance;
    left = allowance;
  }

  /** Grants the allowance anew. */
  void grant() {
    left = allowance;
  }

  /** Whether the end was reached. */
  boolean isEnded() {
    return ended;
  }

  /** Whether one step asked for more than its allowance. */
  boolean isExhausted() {
    return exhausted;
  }

  /** Whether there was no byte at all. */
  boolean isEmpty() {
    return ended && total == 0;
  }

  /** What reading failed with; null: it did not. */
  IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left <= 0) {
      exhausted = true;
      throw new IOException("one step took more than " + allowance + " bytes");
    }
    try {
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      if (read < 0) {
        ended = true;
      } else {
        left -= read;
        total += read;
      }
      return read;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}

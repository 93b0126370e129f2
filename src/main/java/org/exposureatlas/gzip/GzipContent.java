package org.exposureatlas.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * The content of a gzip file: of all its members, one after the other (RFC 1952).
 *
 * <p>What {@link java.util.zip.GZIPInputStream} does, in some two thirds of the time, and stricter:
 * anything but another member behind a member is an error. Every member's checksum and length are
 * compared. An {@link EOFException} says that the file is cut off, any other IOException of its own
 * that it is damaged; what stands before the place is given first. Failures of the stream below
 * pass through.
 *
 * <p>Holds 400 kB whatever the size of the file, 140 kB if it is read by {@link #readBehind} alone.
 * To be used from one thread.
 */
public final class GzipContent extends InputStream {

  /** As many bytes as {@link #readBehind} may need of those read before. */
  public static final int HISTORY_BYTES = DeflateDecoder.HISTORY_BYTES;

  private static final int WINDOW_BYTES = 1 << 18;

  private static final int MAGIC = 0x8B1F;
  private static final int DEFLATE = 8;

  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private static final int TIME_AND_SYSTEM_BYTES = 6;

  private final InputStream in;
  private final BitSource bits;
  private final DeflateDecoder blocks;
  private final CRC32 checksum = new CRC32();
  private long length;
  private boolean isInMember;
  private boolean isAtEnd;

  /** Where {@link #read} decodes to; empty if it is not used. */
  private byte[] window = {};

  private int taken;
  private int end;

  /** Reads the header of the first member when content is asked for. */
  public GzipContent(InputStream in) {
    this.in = in;
    bits = new BitSource(in);
    blocks = new DeflateDecoder(bits);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int wanted) throws IOException {
    if (wanted > 0 && taken == end && !fillWindow()) {
      return -1;
    }
    int given = Math.min(wanted, end - taken);
    System.arraycopy(window, taken, bytes, offset, given);
    taken += given;
    return given;
  }

  private boolean fillWindow() throws IOException {
    int kept = Math.min(end, HISTORY_BYTES);
    window = window.length == 0 ? new byte[WINDOW_BYTES] : window;
    System.arraycopy(window, end - kept, window, 0, kept);
    taken = kept;
    end = kept;
    int read = readBehind(window, end, WINDOW_BYTES - end);
    end += Math.max(read, 0);
    return read > 0;
  }

  /**
   * Reads some bytes, decoded in place, where {@link #read} has to copy them: those read before
   * stand right in front of them in the array, {@link #HISTORY_BYTES} or all. Not to be mixed with
   * {@link #read}.
   *
   * @param wanted more than 512; the last 512 are not read, and what stood behind those that are
   *     read, as far as they were wanted, is lost
   * @return how many were read; -1: the end is reached
   */
  public int readBehind(byte[] bytes, int offset, int wanted) throws IOException {
    while (!isAtEnd) {
      if (!isInMember) {
        startMember();
      }
      int read = blocks.read(bytes, offset, wanted);
      if (read >= 0) {
        checksum.update(bytes, offset, read);
        length += read;
        return read;
      }
      endMember();
    }
    return -1;
  }

  private void startMember() throws IOException {
    readHeader();
    checksum.reset();
    length = 0;
    blocks.start();
    isInMember = true;
  }

  private void readHeader() throws IOException {
    checksum.reset();
    int magic = headerByte() | headerByte() << Byte.SIZE;
    if (magic != MAGIC) {
      throw new IOException(
          "found %s, expected %s, the start of a gzip"
              .formatted(Integer.toHexString(magic), Integer.toHexString(MAGIC)));
    }
    expect("compression method", DEFLATE, headerByte());
    int flags = headerByte();
    expect("reserved header flags", 0, flags & RESERVED);
    skipHeader(TIME_AND_SYSTEM_BYTES);
    if ((flags & EXTRA) != 0) {
      skipHeader(headerByte() | headerByte() << Byte.SIZE);
    }
    if ((flags & NAME) != 0) {
      skipHeaderText();
    }
    if ((flags & COMMENT) != 0) {
      skipHeaderText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      expect("header checksum", (int) checksum.getValue() & 0xFFFF, bits.take(Short.SIZE));
    }
  }

  private int headerByte() throws IOException {
    int value = bits.take(Byte.SIZE);
    checksum.update(value);
    return value;
  }

  private void skipHeader(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      headerByte();
    }
  }

  private void skipHeaderText() throws IOException {
    while (headerByte() != 0) {
      // up to the zero that ends it
    }
  }

  private void endMember() throws IOException {
    bits.align();
    expect("checksum of the content", (int) checksum.getValue(), bits.take(Integer.SIZE));
    expect("length of the content", (int) length, bits.take(Integer.SIZE));
    bits.align();
    isInMember = false;
    isAtEnd = bits.isAtEnd();
  }

  private static void expect(String what, int expected, int found) throws IOException {
    if (found != expected) {
      throw new IOException(
          "found %s %s, expected %s: the gzip is damaged"
              .formatted(what, Integer.toHexString(found), Integer.toHexString(expected)));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

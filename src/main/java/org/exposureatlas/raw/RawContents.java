package org.exposureatlas.raw;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The contents of one raw file: its own, or those of the files in a zip archive. An archive is read
 * as a stream, so what stands before a damaged place is not lost.
 */
public final class RawContents implements Closeable {

  private final String name;
  private final InputStream stream;
  private final ZipInputStream archive;
  private final ArchiveEnd end;
  private ZipEntry entry;
  private boolean started;

  /** Opens a file; {@link #next()} comes first. */
  public RawContents(RawFilePartition file, Configuration hadoop) throws IOException {
    name = file.name();
    InputStream opened = RawFile.open(file, hadoop);
    end = file.path().endsWith(".zip") ? new ArchiveEnd(opened) : null;
    archive = end == null ? null : new ZipInputStream(end);
    stream = end == null ? opened : archive;
  }

  /**
   * Advances to the next content; false after the last.
   *
   * @throws IOException when the archive is damaged or ends early
   */
  public boolean next() throws IOException {
    if (archive == null) {
      boolean first = !started;
      started = true;
      return first;
    }
    do {
      entry = archive.getNextEntry();
    } while (entry != null && entry.isDirectory());
    if (entry == null && !end.isReached()) {
      throw new IOException("found the end of the file, expected the rest of a zip archive");
    }
    return entry != null;
  }

  /** What the records of this content call their file. */
  public String name() {
    return entry == null ? name : name + "/" + entry.getName().replaceAll("\\p{Cntrl}", " ");
  }

  /** The content; it is closed with this object. */
  public InputStream stream() {
    return new FilterInputStream(stream) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
      }

      @Override
      public void close() {
        // the archive goes on
      }
    };
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  /** Looks for the record that ends every zip archive. */
  private static final class ArchiveEnd extends FilterInputStream {

    private static final int SIGNATURE = 0x504B0506;

    private int last;
    private boolean found;

    ArchiveEnd(InputStream in) {
      super(in);
    }

    boolean isReached() throws IOException {
      byte[] rest = new byte[1 << 13];
      while (read(rest, 0, rest.length) >= 0) {
        // to the end, where the record is
      }
      return found;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      for (int i = offset; i < offset + read; i++) {
        last = last << 8 | bytes[i] & 0xFF;
        found |= last == SIGNATURE;
      }
      return read;
    }
  }
}

package org.exposureatlas.release;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Copies Parquet files so that equal rows give equal bytes. The writer lists the encodings of a
 * column in an order that differs from process to process; here they are listed by number.
 */
final class StableParquet {

  private static final int BUFFER_BYTES = 1 << 16;

  /** Length of the footer, 4 bytes, and the mark {@code PAR1}. */
  private static final int TAIL_BYTES = 8;

  private StableParquet() {}

  static void copy(FileSystem files, Path from, Path to) throws IOException {
    long length = files.getFileStatus(from).getLen();
    try (FSDataInputStream in = files.open(from);
        OutputStream out = files.create(to, false)) {
      byte[] tail = new byte[TAIL_BYTES];
      in.readFully(length - TAIL_BYTES, tail);
      int footerBytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
      long footerStart = length - TAIL_BYTES - footerBytes;
      copy(in, out, footerStart);
      FileMetaData footer = Util.readFileMetaData(in);
      sortEncodings(footer);
      CountingOutput counted = new CountingOutput(out);
      Util.writeFileMetaData(footer, counted);
      ByteBuffer end = ByteBuffer.allocate(TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      end.putInt(counted.count).put(tail, Integer.BYTES, TAIL_BYTES - Integer.BYTES);
      out.write(end.array());
    }
  }

  private static void sortEncodings(FileMetaData footer) {
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        column.getMeta_data().getEncodings().sort(Comparator.comparingInt(Encoding::getValue));
      }
    }
  }

  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("a Parquet file ends " + left + " bytes before its footer");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /** Passes bytes on and counts them. */
  private static final class CountingOutput extends OutputStream {

    private final OutputStream out;
    private int count;

    CountingOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int next) throws IOException {
      out.write(next);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}

package org.exposureatlas.store;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.ValuesWriter;

/**
 * Truth values as Parquet has them without a dictionary: a bit each, the lowest of a byte first.
 */
final class BitsWriter extends ValuesWriter {

  private byte[] bytes = new byte[1 << 10];
  private int count;

  @Override
  public void writeBoolean(boolean value) {
    int place = count++ >>> 3;
    if (place == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * place);
    }
    if (value) {
      bytes[place] |= (byte) (1 << (count - 1 & 7));
    }
  }

  private int length() {
    return count + Byte.SIZE - 1 >>> 3;
  }

  @Override
  public long getBufferedSize() {
    return length();
  }

  @Override
  public long getAllocatedSize() {
    return bytes.length;
  }

  @Override
  public BytesInput getBytes() {
    return BytesInput.from(bytes, 0, length());
  }

  @Override
  public Encoding getEncoding() {
    return Encoding.PLAIN;
  }

  @Override
  public void reset() {
    Arrays.fill(bytes, 0, length(), (byte) 0);
    count = 0;
  }

  @Override
  public String memUsageString(String prefix) {
    return prefix + " BitsWriter " + length() + " bytes";
  }
}

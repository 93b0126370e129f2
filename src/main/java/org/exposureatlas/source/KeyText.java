package org.exposureatlas.source;

import java.nio.charset.StandardCharsets;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** A cluster key in the making. There is one for every record: no part becomes a text before. */
final class KeyText {

  /** Four numbers of twenty characters at most, and a separator behind each part. */
  private static final int ROOM_BESIDE_TEXTS = 88;

  private static final int TEN = 10;
  private static final byte SEPARATOR = '/';

  private final byte[] bytes;
  private int length;

  /**
   * @param prefix what the key begins with
   * @param textBytes length of all texts in it; it has four numbers and four texts at most
   */
  KeyText(byte[] prefix, int textBytes) {
    bytes = new byte[prefix.length + textBytes + ROOM_BESIDE_TEXTS];
    System.arraycopy(prefix, 0, bytes, 0, prefix.length);
    length = prefix.length;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  KeyText put(UTF8String text) {
    text.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + length);
    length += text.numBytes();
    return separated();
  }

  KeyText put(long number) {
    if (number < 0) {
      return put(UTF8String.fromString(Long.toString(number)));
    }
    int end = length + 1;
    for (long rest = number; rest >= TEN; rest /= TEN) {
      end++;
    }
    length = end;
    long rest = number;
    do {
      end--;
      bytes[end] = (byte) ('0' + rest % TEN);
      rest /= TEN;
    } while (rest > 0);
    return separated();
  }

  private KeyText separated() {
    bytes[length++] = SEPARATOR;
    return this;
  }

  /** The key, with no separator behind its last part. */
  UTF8String text() {
    return UTF8String.fromBytes(bytes, 0, length - 1);
  }
}

package org.exposureatlas.ndjson;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of JSON strings. */
final class JsonText {

  private static final int REPLACEMENT = 0xFFFD;

  private JsonText() {}

  /** Whether a span is valid UTF-8. */
  static boolean isUtf8(byte[] bytes, int start, int end) {
    if (Words.isAscii(bytes, start, end)) {
      return true;
    }
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
      return decoded != null;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * Resolves the escapes of a string.
   *
   * <p>A surrogate without its other half becomes U+FFFD, as in Go's decoder.
   *
   * @param out has room for as much as the span from {@code first} on; what is decoded is never
   *     longer
   * @return number of bytes written; -1 for an escape that is none, or a bare control character
   */
  static int decode(byte[] bytes, int start, int end, byte[] out, int first) {
    int written = first;
    int at = start;
    while (at < end) {
      int plain = Words.plain(bytes, at, end);
      System.arraycopy(bytes, at, out, written, plain - at);
      written += plain - at;
      at = plain;
      if (at == end) {
        break;
      }
      byte value = bytes[at++];
      if (value >= 0 && value < 0x20) {
        return -1;
      }
      if (value != '\\') {
        out[written++] = value;
        continue;
      }
      if (at >= end) {
        return -1;
      }
      byte escape = bytes[at++];
      if (escape != 'u') {
        int meant = unescape(escape);
        if (meant < 0) {
          return -1;
        }
        out[written++] = (byte) meant;
        continue;
      }
      int unit = hex(bytes, at, end);
      if (unit < 0) {
        return -1;
      }
      at += 4;
      int point = unit;
      if (unit >= 0xD800 && unit < 0xE000) {
        point = REPLACEMENT;
        int low = low(bytes, at, end);
        if (unit < 0xDC00 && low >= 0) {
          point = 0x10000 + ((unit - 0xD800) << 10) + low - 0xDC00;
          at += 6;
        }
      }
      written = encode(point, out, written);
    }
    return written - first;
  }

  private static int unescape(byte escape) {
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  /** The low surrogate escaped at this place; -1 when there is none. */
  private static int low(byte[] bytes, int at, int end) {
    if (at + 6 > end || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int unit = hex(bytes, at + 2, end);
    return unit >= 0xDC00 && unit < 0xE000 ? unit : -1;
  }

  private static int hex(byte[] bytes, int at, int end) {
    if (at + 4 > end) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static int encode(int point, byte[] out, int written) {
    int at = written;
    if (point < 0x80) {
      out[at++] = (byte) point;
    } else if (point < 0x800) {
      out[at++] = (byte) (0xC0 | point >> 6);
      out[at++] = (byte) (0x80 | point & 0x3F);
    } else if (point < 0x10000) {
      out[at++] = (byte) (0xE0 | point >> 12);
      out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
      out[at++] = (byte) (0x80 | point & 0x3F);
    } else {
      out[at++] = (byte) (0xF0 | point >> 18);
      out[at++] = (byte) (0x80 | point >> 12 & 0x3F);
      out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
      out[at++] = (byte) (0x80 | point & 0x3F);
    }
    return at;
  }
}

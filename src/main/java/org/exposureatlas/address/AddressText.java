package org.exposureatlas.address;

/** Writes addresses as RFC 5952 text, dotted for IPv4, into a buffer of the caller. */
public final class AddressText {

  /** No text is longer than this many bytes. */
  public static final int MAX_LENGTH = 39;

  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private AddressText() {}

  /**
   * Writes an address from the start of {@code out}, which has room for {@link #MAX_LENGTH} bytes.
   *
   * @return length of the text, bytes
   */
  public static int write(long high, long low, byte[] out) {
    return IpAddress.isIpv4(high, low) ? dotted((int) low, out) : groups(high, low, out);
  }

  private static int dotted(int bits, byte[] out) {
    int at = octet(bits >>> 24, out, 0);
    for (int shift = 16; shift >= 0; shift -= 8) {
      out[at++] = '.';
      at = octet(bits >>> shift & 0xFF, out, at);
    }
    return at;
  }

  private static int octet(int value, byte[] out, int start) {
    int at = start;
    if (value >= 100) {
      out[at++] = DIGITS[value / 100];
    }
    if (value >= 10) {
      out[at++] = DIGITS[value / 10 % 10];
    }
    out[at++] = DIGITS[value % 10];
    return at;
  }

  /** The first longest run of two or more zero groups is left out. */
  private static int groups(long high, long low, byte[] out) {
    int gap = -1;
    int gapLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = zerosFrom(high, low, i);
      if (length > gapLength) {
        gap = i;
        gapLength = length;
      }
    }
    int at = 0;
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        out[at++] = ':';
        out[at++] = ':';
        i += gapLength - 1;
        continue;
      }
      if (at > 0 && out[at - 1] != ':') {
        out[at++] = ':';
      }
      at = hexadecimal(group(high, low, i), out, at);
    }
    return at;
  }

  private static int hexadecimal(int value, byte[] out, int start) {
    int at = start;
    for (int shift = value >= 0x1000 ? 12 : value >= 0x100 ? 8 : value >= 0x10 ? 4 : 0;
        shift >= 0;
        shift -= 4) {
      out[at++] = DIGITS[value >>> shift & 0xF];
    }
    return at;
  }

  private static int zerosFrom(long high, long low, int index) {
    int count = 0;
    while (index + count < 8 && group(high, low, index + count) == 0) {
      count++;
    }
    return count;
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> 48 - 16 * (index % 4)) & 0xFFFF;
  }
}

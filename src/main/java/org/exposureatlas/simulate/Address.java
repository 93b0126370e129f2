package org.exposureatlas.simulate;

import java.nio.ByteBuffer;

/**
 * An IPv4 address, in {@code low} with {@code high} 0, or an IPv6 address of the form p:p:g:g::h
 * with no group 0.
 */
record Address(long high, long low) {

  private static final int GROUP = 0xFFFF;
  private static final int GROUP_BITS = 15;

  static Address ipv4(long value) {
    return new Address(0, value);
  }

  /** The address numbered {@code number}, 0 to 2^30 - 1, of an IPv6 /32. */
  static Address ipv6(long prefix, long number) {
    long third = 1 + (number >>> GROUP_BITS);
    long fourth = 1 + (number & ((1 << GROUP_BITS) - 1));
    return new Address(prefix << 32 | third << 16 | fourth, 1 + (Dice.mix(number) & 0xFFF));
  }

  boolean isIpv6() {
    return high != 0;
  }

  /** 4 or 16 bytes in network order. */
  byte[] bytes() {
    return isIpv6()
        ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
        : ByteBuffer.allocate(4).putInt((int) low).array();
  }

  /** Appends the text of RFC 5952. */
  void appendTo(StringBuilder out) {
    if (isIpv6()) {
      for (int shift = 48; shift >= 0; shift -= 16) {
        out.append(Long.toHexString(high >>> shift & GROUP)).append(':');
      }
      out.append(':').append(Long.toHexString(low));
    } else {
      out.append(low >>> 24).append('.').append(low >>> 16 & 0xFF).append('.');
      out.append(low >>> 8 & 0xFF).append('.').append(low & 0xFF);
    }
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }
}

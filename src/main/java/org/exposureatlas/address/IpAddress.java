package org.exposureatlas.address;

import java.nio.charset.StandardCharsets;

/**
 * An IPv4 or IPv6 address as 128 bits; IPv4 stands in its mapped place, {@code ::ffff:0:0/96}, so
 * that an address and its IPv4-mapped form are one.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {

  static final long MAPPED = 0xFFFFL << 32;
  private static final long IPV4_MASK = 0xFFFF_FFFFL;

  /** The IPv4 address with these 32 bits, 0 to 2^32 - 1. */
  public static IpAddress ofIpv4(long bits) {
    return new IpAddress(0, MAPPED | bits & IPV4_MASK);
  }

  /**
   * Reads dotted IPv4, or any form of IPv6 (RFC 4291), with or without brackets.
   *
   * @return null for any other text, such as octets with leading zeros or a zone id
   */
  public static IpAddress parse(String text) {
    AddressParser parser = new AddressParser();
    return parser.parse(text) ? new IpAddress(parser.high(), parser.low()) : null;
  }

  /** The address of 4 or 16 bytes in network order. */
  public static IpAddress ofBytes(byte[] bytes) {
    if (bytes.length != 4 && bytes.length != 16) {
      throw new IllegalArgumentException("found " + bytes.length + " bytes, expected 4 or 16");
    }
    long high = 0;
    long low = 0;
    for (byte next : bytes) {
      high = high << 8 | low >>> 56;
      low = low << 8 | next & 0xFF;
    }
    return bytes.length == 4 ? ofIpv4(low) : new IpAddress(high, low);
  }

  /** Whether these 128 bits are an IPv4 address. */
  public static boolean isIpv4(long high, long low) {
    return high == 0 && (low & ~IPV4_MASK) == MAPPED;
  }

  /** Whether this is an IPv4 address. */
  public boolean isIpv4() {
    return isIpv4(high, low);
  }

  /** The 32 bits of an IPv4 address, 0 to 2^32 - 1. */
  public long ipv4() {
    return low & IPV4_MASK;
  }

  @Override
  public int compareTo(IpAddress other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** RFC 5952 text; dotted for IPv4. */
  @Override
  public String toString() {
    byte[] text = new byte[AddressText.MAX_LENGTH];
    return new String(text, 0, AddressText.write(high, low, text), StandardCharsets.US_ASCII);
  }
}

package org.exposureatlas.geoip;

import org.exposureatlas.address.AddressParser;
import org.exposureatlas.address.IpAddress;
import org.exposureatlas.address.Prefix;

/**
 * The addresses of one line of an edition, from the first to the last; reused from line to line.
 * IPv4 counts from 0 here.
 */
final class Span {

  private static final int IPV4_OFFSET = 96;

  private final AddressParser parser = new AddressParser();
  private boolean isIpv4;
  private long firstHigh;
  private long firstLow;
  private long lastHigh;
  private long lastLow;

  boolean isIpv4() {
    return isIpv4;
  }

  /** Takes a CIDR block such as {@code 198.51.100.0/24}; false when the text is none. */
  boolean readPrefix(byte[] text, int from, int to) {
    int slash = to - 1;
    while (slash > from && text[slash] != '/') {
      slash--;
    }
    int length = number(text, slash + 1, to);
    if (slash == from || length < 0 || !parser.parse(text, from, slash)) {
      return false;
    }
    boolean isDotted = AddressParser.ipv4(text, from, slash) >= 0;
    if (length > (isDotted ? Integer.SIZE : 2 * Long.SIZE)) {
      return false;
    }
    set(parser.high(), parser.low(), isDotted ? length + IPV4_OFFSET : length);
    return true;
  }

  private static int number(byte[] text, int from, int to) {
    if (from == to || to - from > 3) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return -1;
      }
      value = 10 * value + text[i] - '0';
    }
    return value;
  }

  /** Whether no bit behind the length of the prefix last read was set. */
  boolean isWholePrefix() {
    return parser.low() == (isIpv4 ? mapped(firstLow) : firstLow)
        && parser.high() == (isIpv4 ? 0 : firstHigh);
  }

  void set(Prefix prefix) {
    set(prefix.first().high(), prefix.first().low(), prefix.length());
  }

  private void set(long high, long low, int length) {
    long highMask = length >= 64 ? -1L : length == 0 ? 0 : -1L << 64 - length;
    long lowMask = length <= 64 ? 0 : -1L << 128 - length;
    set(high & highMask, low & lowMask, high | ~highMask, low | ~lowMask);
  }

  /** Takes a first and a last address as text; false when they are no range of one family. */
  boolean readRange(String first, String last) {
    if (!parser.parse(first)) {
      return false;
    }
    long high = parser.high();
    long low = parser.low();
    if (!parser.parse(last)
        || IpAddress.isIpv4(high, low) != IpAddress.isIpv4(parser.high(), parser.low())
        || Ranges.compare(high, low, parser.high(), parser.low()) > 0) {
      return false;
    }
    set(high, low, parser.high(), parser.low());
    return true;
  }

  /** Takes IPv4 addresses, 0 to 2^32 - 1. */
  void setIpv4(long first, long last) {
    set(0, mapped(first), 0, mapped(last));
  }

  /** Takes the addresses of 128 bits from a first to a last; mapped IPv4 becomes IPv4. */
  void set(long fromHigh, long fromLow, long toHigh, long toLow) {
    isIpv4 = IpAddress.isIpv4(fromHigh, fromLow) && IpAddress.isIpv4(toHigh, toLow);
    firstHigh = fromHigh;
    lastHigh = toHigh;
    firstLow = isIpv4 ? fromLow & 0xFFFF_FFFFL : fromLow;
    lastLow = isIpv4 ? toLow & 0xFFFF_FFFFL : toLow;
  }

  private static long mapped(long ipv4) {
    return 0xFFFFL << 32 | ipv4;
  }

  void addTo(Ranges ranges, int value) {
    ranges.add(firstHigh, firstLow, lastHigh, lastLow, value);
  }
}

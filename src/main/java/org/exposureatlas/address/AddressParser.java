package org.exposureatlas.address;

import java.nio.charset.StandardCharsets;

/**
 * Reads address text into two longs, straight from its bytes; reusable, so that reading many
 * addresses allocates nothing. An instance belongs to one thread.
 */
public final class AddressParser {

  private static final int GROUPS = 8;
  private static final int LONGEST_IPV4 = 15;

  private long high;
  private long low;
  private byte[] text;
  private int at;
  private int end;

  /** The first 64 bits of the address last read. */
  public long high() {
    return high;
  }

  /** The last 64 bits of the address last read. */
  public long low() {
    return low;
  }

  /** Reads {@code address}; false when it is no address, see {@link IpAddress#parse}. */
  public boolean parse(String address) {
    byte[] bytes = address.getBytes(StandardCharsets.US_ASCII);
    return parse(bytes, 0, bytes.length);
  }

  /** Reads the bytes {@code from} to before {@code to}; see {@link #parse(String)}. */
  public boolean parse(byte[] bytes, int from, int to) {
    long ipv4 = ipv4(bytes, from, to);
    if (ipv4 >= 0) {
      high = 0;
      low = IpAddress.MAPPED | ipv4;
      return true;
    }
    boolean bracketed = to - from > 2 && bytes[from] == '[' && bytes[to - 1] == ']';
    text = bytes;
    at = bracketed ? from + 1 : from;
    end = bracketed ? to - 1 : to;
    return parseIpv6();
  }

  /**
   * The 32 bits of dotted text, 0 to 2^32 - 1.
   *
   * @return -1 for any other text, such as octets with leading zeros
   */
  public static long ipv4(byte[] bytes, int from, int to) {
    if (to - from > LONGEST_IPV4) {
      return -1;
    }
    long bits = 0;
    int octet = 0;
    int digits = 0;
    int dots = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        if (digits > 0 && octet == 0) {
          return -1;
        }
        octet = 10 * octet + digit;
        digits++;
        if (octet > 255) {
          return -1;
        }
      } else if (bytes[i] == '.' && digits > 0 && dots < 3) {
        bits = bits << 8 | octet;
        octet = 0;
        digits = 0;
        dots++;
      } else {
        return -1;
      }
    }
    return dots == 3 && digits > 0 ? bits << 8 | octet : -1;
  }

  /** Groups are shifted in from the right; those before a gap move to the left at the end. */
  private boolean parseIpv6() {
    high = 0;
    low = 0;
    long highBeforeGap = 0;
    long lowBeforeGap = 0;
    int count = 0;
    int gap = -1;
    if (startsWithGap()) {
      gap = 0;
      at += 2;
    }
    while (at < end) {
      int added = group(GROUPS - count);
      if (added == 0) {
        return false;
      }
      count += added;
      if (at == end) {
        break;
      }
      if (text[at++] != ':' || at == end) {
        return false;
      }
      if (text[at] == ':') {
        if (gap >= 0) {
          return false;
        }
        at++;
        gap = count;
        highBeforeGap = high;
        lowBeforeGap = low;
        high = 0;
        low = 0;
      }
    }
    if (gap < 0) {
      return count == GROUPS;
    }
    putBefore(highBeforeGap, lowBeforeGap, gap);
    return count < GROUPS;
  }

  private boolean startsWithGap() {
    return end - at >= 2 && text[at] == ':' && text[at + 1] == ':';
  }

  /** Reads a group, or dotted text in place of the last two; gives how many, 0 for neither. */
  private int group(int room) {
    int start = at;
    int value = 0;
    while (at < end && at - start < 4 && digit(text[at]) >= 0) {
      value = value << 4 | digit(text[at++]);
    }
    if (at < end && text[at] == '.') {
      long ipv4 = ipv4(text, start, end);
      if (ipv4 < 0 || room < 2) {
        return 0;
      }
      at = end;
      shiftIn(32, ipv4);
      return 2;
    }
    if (at == start || room < 1) {
      return 0;
    }
    shiftIn(16, value);
    return 1;
  }

  private void shiftIn(int bits, long value) {
    high = high << bits | low >>> 64 - bits;
    low = low << bits | value;
  }

  private void putBefore(long highPart, long lowPart, int groups) {
    int bits = 16 * (GROUPS - groups);
    if (groups == 0) {
      return;
    }
    if (bits >= 64) {
      high |= lowPart << bits - 64;
    } else {
      high |= highPart << bits | lowPart >>> 64 - bits;
      low |= lowPart << bits;
    }
  }

  private static int digit(byte next) {
    if (next >= '0' && next <= '9') {
      return next - '0';
    }
    int letter = (next | 0x20) - 'a';
    return letter >= 0 && letter <= 5 ? letter + 10 : -1;
  }
}

package org.exposureatlas.address;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads address text into two longs, straight from its bytes; reusable, so that reading many
 * addresses allocates nothing. An instance belongs to one thread.
 */
public final class AddressParser {

  private static final int GROUPS = 8;
  private static final int SHORTEST_IPV4 = 7;
  private static final int LONGEST_IPV4 = 15;
  private static final long IPV4_MASK = 0xFFFF_FFFFL;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int ONES = 0x0101_0101;
  private static final int HIGH_BITS = 0x8080_8080;
  private static final int DOTS = '.' * ONES;
  private static final int ZEROS = '0' * ONES;
  private static final int THREE_BYTES = 0xFF_FFFF;

  /** Added to a byte that is no digit it sets the high bit, unless the byte has it already. */
  private static final int ABOVE_NINE = 0x76_7676;

  /** The least octet of one, two and three digits, lowest byte first. */
  private static final int LEAST = 0x64_0A00;

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
    int length = to - from;
    if (length < SHORTEST_IPV4 || length > LONGEST_IPV4) {
      return -1;
    }
    if (length < Long.BYTES) {
      long head = (int) INT.get(bytes, from) & IPV4_MASK;
      long tail = (int) INT.get(bytes, to - Integer.BYTES) & IPV4_MASK;
      return octets(head | tail << 24 | (long) '.' << 56, 0);
    }
    long tail = (long) LONG.get(bytes, to - Long.BYTES);
    long rest = tail >>> Byte.SIZE * (LONGEST_IPV4 - length) >>> Byte.SIZE;
    long end = (long) '.' << Byte.SIZE * (length - Long.BYTES);
    return octets((long) LONG.get(bytes, from), rest | end);
  }

  /**
   * Four octets, each with a dot behind it, in 16 bytes of text, the first one lowest. Without a
   * branch on where the dots are: nobody can foretell that.
   */
  private static long octets(long first, long second) {
    long head = first;
    long rest = second;
    long bits = 0;
    int wrong = 0;
    for (int i = 0; i < 4; i++) {
      int word = (int) head;
      int differences = word ^ DOTS;
      int dots = differences - ONES & ~differences & HIGH_BITS;
      int count = Integer.numberOfTrailingZeros(dots) / Byte.SIZE;
      if (count < 1 || count > 3) {
        return -1;
      }
      int shift = Byte.SIZE * (3 - count);
      int digits = (word ^ ZEROS) << shift & THREE_BYTES;
      int octet = 100 * (digits & 0xFF) + 10 * (digits >>> 8 & 0xFF) + (digits >>> 16);
      wrong |= (digits | digits + ABOVE_NINE) & HIGH_BITS;
      int least = LEAST >>> Byte.SIZE * (count - 1) & 0xFF;
      wrong |= (255 - octet | octet - least) & Integer.MIN_VALUE;
      bits = bits << 8 | octet & 0xFF;
      int taken = Byte.SIZE * (count + 1);
      head = head >>> taken | rest << Long.SIZE - taken;
      rest >>>= taken;
    }
    return wrong == 0 && (head | rest) == 0 ? bits : -1;
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

package org.exposureatlas.address;

/**
 * A CIDR block.
 *
 * @param first its first address
 * @param length number of leading bits that are fixed, in the 128 bits of {@link IpAddress}: 96
 *     more than the text of an IPv4 prefix says
 */
public record Prefix(IpAddress first, int length) {

  private static final int IPV4_OFFSET = 96;

  /**
   * Reads text such as {@code 198.51.100.0/24}.
   *
   * @throws IllegalArgumentException for any other text, and where bits behind the prefix are set
   */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = slash < 0 ? null : IpAddress.parse(text.substring(0, slash));
    int bits = address == null ? -1 : bits(text, slash + 1);
    boolean dotted = slash > 0 && text.indexOf(':') < 0;
    if (bits < 0 || bits > (dotted ? 32 : 128)) {
      throw new IllegalArgumentException(
          "found '" + text + "', expected a prefix such as 198.51.100.0/24 or 2001:db8::/32");
    }
    Prefix prefix = new Prefix(address, dotted ? bits + IPV4_OFFSET : bits);
    if (!prefix.masked().equals(address)) {
      throw new IllegalArgumentException(
          "found '" + text + "', expected no bits set behind the prefix length");
    }
    return prefix;
  }

  private static int bits(String text, int start) {
    int value = 0;
    if (start == text.length() || text.length() - start > 3) {
      return -1;
    }
    for (int i = start; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      value = 10 * value + digit - '0';
    }
    return value;
  }

  private long highMask() {
    return length >= 64 ? -1L : length == 0 ? 0 : -1L << 64 - length;
  }

  private long lowMask() {
    return length <= 64 ? 0 : -1L << 128 - length;
  }

  private IpAddress masked() {
    return new IpAddress(first.high() & highMask(), first.low() & lowMask());
  }

  /** The last address of the block. */
  public IpAddress last() {
    return new IpAddress(first.high() | ~highMask(), first.low() | ~lowMask());
  }

  /** Whether {@code address} lies in the block. */
  public boolean contains(IpAddress address) {
    return (address.high() & highMask()) == first.high()
        && (address.low() & lowMask()) == first.low();
  }
}

package org.exposureatlas.geoip;

import java.io.Serializable;
import java.util.Arrays;
import org.exposureatlas.address.IpAddress;

/**
 * A value for every address, in sorted primitive arrays; a look-up allocates nothing. IPv4 has a
 * first-level index by its first 16 bits.
 */
final class RangeIndex implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int FIRST_LEVEL = 1 << 16;

  private final int[] starts4;
  private final int[] values4;
  private final int[] firstLevel;
  private final long[] starts6;
  private final int[] values6;

  RangeIndex(Partition ipv4, Partition ipv6) {
    starts4 = new int[ipv4.size()];
    Arrays.setAll(starts4, part -> (int) ipv4.low(part));
    values4 = new int[ipv4.size()];
    Arrays.setAll(values4, ipv4::value);
    firstLevel = firstLevel(starts4);
    starts6 = new long[2 * ipv6.size()];
    Arrays.setAll(starts6, i -> i % 2 == 0 ? ipv6.high(i / 2) : ipv6.low(i / 2));
    values6 = new int[ipv6.size()];
    Arrays.setAll(values6, ipv6::value);
  }

  /** For each first 16 bits, and one behind the last, the part that holds the first address. */
  private static int[] firstLevel(int[] starts) {
    int[] index = new int[FIRST_LEVEL + 1];
    int part = 0;
    for (int block = 0; block < FIRST_LEVEL; block++) {
      int first = block << 16;
      while (part + 1 < starts.length && Integer.compareUnsigned(starts[part + 1], first) <= 0) {
        part++;
      }
      index[block] = part;
    }
    index[FIRST_LEVEL] = starts.length - 1;
    return index;
  }

  /** The value of an address. */
  int find(long high, long low) {
    return IpAddress.isIpv4(high, low) ? findIpv4((int) low) : findIpv6(high, low);
  }

  /** The value of an IPv4 address; the halving has no branch that could be foretold wrongly. */
  int findIpv4(int address) {
    int block = address >>> 16;
    int part = firstLevel[block];
    int length = firstLevel[block + 1] - part + 1;
    while (length > 1) {
      int half = length >>> 1;
      part = Integer.compareUnsigned(starts4[part + half], address) <= 0 ? part + half : part;
      length -= half;
    }
    return values4[part];
  }

  private int findIpv6(long high, long low) {
    int part = 0;
    int length = values6.length;
    while (length > 1) {
      int half = length >>> 1;
      int middle = 2 * (part + half);
      if (Ranges.compare(starts6[middle], starts6[middle + 1], high, low) <= 0) {
        part += half;
      }
      length -= half;
    }
    return values6[part];
  }

  /** What is done with each stretch of IPv4 addresses. */
  @FunctionalInterface
  interface Ipv4Visitor {

    /** The first and the last address, unsigned, and their value. */
    void visit(long first, long last, int value);
  }

  /** All IPv4 addresses, ascending. */
  void visitIpv4(Ipv4Visitor visitor) {
    for (int part = 0; part < starts4.length; part++) {
      long end =
          part + 1 < starts4.length
              ? Integer.toUnsignedLong(starts4[part + 1])
              : 1L << Integer.SIZE;
      visitor.visit(Integer.toUnsignedLong(starts4[part]), end - 1, values4[part]);
    }
  }
}

package org.exposureatlas.geoip;

import java.io.Serializable;
import java.util.Arrays;
import org.exposureatlas.address.IpAddress;

/**
 * A value for every address, in sorted primitive arrays; a look-up allocates nothing. IPv4 is cut
 * into blocks by the first 16 bits, so that of where a part starts only the last 16 are kept: what
 * is searched for one address lies in few cache lines.
 */
final class RangeIndex implements Serializable {

  private static final long serialVersionUID = 2L;
  private static final int BLOCKS = 1 << 16;

  private final int[] firstParts4 = new int[BLOCKS + 1];
  private final char[] starts4;
  private final int[] values4;
  private final long[] starts6;
  private final int[] values6;

  RangeIndex(Partition ipv4, Partition ipv6) {
    int inside = 0;
    for (int part = 0; part < ipv4.size(); part++) {
      inside += (char) ipv4.low(part) == 0 ? 0 : 1;
    }
    starts4 = new char[BLOCKS + inside];
    values4 = new int[BLOCKS + inside];
    fill(ipv4);
    starts6 = new long[2 * ipv6.size()];
    Arrays.setAll(starts6, i -> i % 2 == 0 ? ipv6.high(i / 2) : ipv6.low(i / 2));
    values6 = new int[ipv6.size()];
    Arrays.setAll(values6, ipv6::value);
  }

  /** A part that starts before a block and reaches into it starts there once more. */
  private void fill(Partition ipv4) {
    int next = 0;
    int size = 0;
    for (int block = 0; block < BLOCKS; block++) {
      firstParts4[block] = size;
      long first = (long) block << 16;
      while (next < ipv4.size() && ipv4.low(next) <= first) {
        next++;
      }
      values4[size++] = ipv4.value(next - 1);
      for (; next < ipv4.size() && ipv4.low(next) >>> 16 == block; next++) {
        starts4[size] = (char) ipv4.low(next);
        values4[size++] = ipv4.value(next);
      }
    }
    firstParts4[BLOCKS] = size;
  }

  /** The value of an address. */
  int find(long high, long low) {
    return IpAddress.isIpv4(high, low) ? findIpv4((int) low) : findIpv6(high, low);
  }

  /** The value of an IPv4 address; the halving has no branch that could be foretold wrongly. */
  int findIpv4(int address) {
    int block = address >>> 16;
    int start = (char) address;
    int part = firstParts4[block];
    int length = firstParts4[block + 1] - part;
    while (length > 1) {
      int half = length >>> 1;
      part = starts4[part + half] <= start ? part + half : part;
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

  /** All IPv4 addresses, ascending; neighbours differ in their value. */
  void visitIpv4(Ipv4Visitor visitor) {
    long first = 0;
    int value = values4[0];
    for (int block = 0; block < BLOCKS; block++) {
      for (int part = firstParts4[block]; part < firstParts4[block + 1]; part++) {
        if (values4[part] != value) {
          long next = (long) block << 16 | starts4[part];
          visitor.visit(first, next - 1, value);
          first = next;
          value = values4[part];
        }
      }
    }
    visitor.visit(first, (1L << Integer.SIZE) - 1, value);
  }
}

package org.exposureatlas.simulate;

import java.io.Serializable;

/**
 * An inclusive interval of IPv4 addresses, each an unsigned 32-bit value in a {@code long}.
 *
 * @param first first address
 * @param last last address
 */
public record Ipv4Range(long first, long last) implements Serializable {

  private static final long LARGEST = 0xFFFF_FFFFL;

  public Ipv4Range {
    if (first < 0 || last > LARGEST || first > last) {
      throw new IllegalArgumentException("not a range of IPv4 addresses: " + first + " to " + last);
    }
  }

  /** Addresses in the range. */
  public long size() {
    return last - first + 1;
  }
}

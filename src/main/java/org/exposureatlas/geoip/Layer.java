package org.exposureatlas.geoip;

import java.util.function.IntUnaryOperator;

/**
 * One thing that an edition says of addresses, such as their country. A range that holds more of
 * IPv6 than the mapped IPv4 addresses says nothing of IPv4.
 */
final class Layer {

  private final Ranges ipv4 = Ranges.ipv4();
  private final Ranges ipv6 = Ranges.ipv6();

  void add(Span span, int value) {
    span.addTo(span.isIpv4() ? ipv4 : ipv6, value);
  }

  void map(IntUnaryOperator change) {
    ipv4.map(change);
    ipv6.map(change);
  }

  Partition ipv4() {
    return ipv4.flatten();
  }

  Partition ipv6() {
    return ipv6.flatten();
  }
}

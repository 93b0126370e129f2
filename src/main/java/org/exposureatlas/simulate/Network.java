package org.exposureatlas.simulate;

import java.io.Serializable;
import java.util.List;

/**
 * The part of an autonomous system in which simulated stores live.
 *
 * @param countryCode country of {@code ranges} by the edition in force on the last day; {@code ZZ}:
 *     the edition does not cover them
 * @param asn number of the autonomous system; no two networks share one
 * @param name name of the autonomous system
 * @param ranges its IPv4 addresses at home, disjoint from those of every other network
 * @param abroad its IPv4 addresses in one other country, likewise disjoint; may be empty
 * @param ipv6Prefix upper 32 bits of its IPv6 /32; 0: it has none
 */
public record Network(
    String countryCode,
    long asn,
    String name,
    List<Ipv4Range> ranges,
    List<Ipv4Range> abroad,
    long ipv6Prefix)
    implements Serializable {

  public Network {
    ranges = List.copyOf(ranges);
    abroad = List.copyOf(abroad);
  }
}

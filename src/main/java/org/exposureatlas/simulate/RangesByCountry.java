package org.exposureatlas.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The address space of an edition that knows countries but no autonomous systems. Each country's
 * ranges are dealt out to a few invented systems with private-use numbers (RFC 6996).
 */
public final class RangesByCountry implements AddressSpace {

  private static final int SYSTEMS_PER_COUNTRY = 6;

  private final List<Network> networks;

  /**
   * @param ranges disjoint IPv4 ranges by ISO 3166-1 alpha-2 code; ranges that no edition covers
   *     under {@code ZZ}
   */
  public RangesByCountry(Map<String, List<Ipv4Range>> ranges) {
    List<Network> dealt = new ArrayList<>();
    new TreeMap<>(ranges).forEach((country, owned) -> deal(country, owned, dealt));
    networks = List.copyOf(dealt);
  }

  @Override
  public List<Network> networks() {
    return networks;
  }

  private static void deal(String country, List<Ipv4Range> owned, List<Network> dealt) {
    int systems = Math.min(SYSTEMS_PER_COUNTRY, owned.size());
    for (int system = 0; system < systems; system++) {
      List<Ipv4Range> share = new ArrayList<>();
      for (int i = system; i < owned.size(); i += systems) {
        share.add(owned.get(i));
      }
      long asn = SyntheticEdition.FIRST_ASN + dealt.size();
      String name = "Simulated " + country + " " + (system + 1);
      dealt.add(new Network(country, asn, name, share, Collections.emptyList(), 0));
    }
  }
}

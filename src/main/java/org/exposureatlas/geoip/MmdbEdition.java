package org.exposureatlas.geoip;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Reader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.exposureatlas.address.IpAddress;
import org.exposureatlas.address.Prefix;

/** MaxMind DB files of countries, cities or autonomous systems. */
final class MmdbEdition {

  private static final int IPV4_OFFSET = 96;

  private MmdbEdition() {}

  static void read(String place, byte[] content, GeoIndex.Builder index) {
    int networks = 0;
    Span network = new Span();
    try (Reader reader = new Reader(new ByteArrayInputStream(content))) {
      @SuppressWarnings("rawtypes") // the reader takes a class, and Map has no other
      Iterator<DatabaseRecord<Map>> records = reader.networks(Map.class);
      while (records.hasNext()) {
        @SuppressWarnings("rawtypes")
        DatabaseRecord<Map> next = records.next();
        byte[] address = next.network().networkAddress().getAddress();
        network.set(prefix(address, next.network().prefixLength()));
        add(index, network, next.data());
        networks++;
      }
    } catch (IOException | InvalidNetworkException | RuntimeException e) {
      throw new BrokenEditionException(place, "found a damaged MMDB: " + e.getMessage(), e);
    }
    if (networks == 0) {
      throw new BrokenEditionException(place, "found no network, expected at least one", null);
    }
  }

  private static Prefix prefix(byte[] address, int length) {
    return new Prefix(
        IpAddress.ofBytes(address), address.length == 4 ? length + IPV4_OFFSET : length);
  }

  private static void add(GeoIndex.Builder index, Span network, Map<?, ?> data) {
    String country = country(data);
    if (country != null && GeoIndex.isCountryCode(country)) {
      index.country(network, country);
    }
    Object number = first(data, "autonomous_system_number", "asn");
    Object name = first(data, "autonomous_system_organization", "as_name");
    if (number != null) {
      index.system(network, asn(number.toString()), name == null ? null : name.toString());
    }
  }

  /** Where the addresses are, else where they are registered; IPinfo Lite names a code only. */
  private static String country(Map<?, ?> data) {
    for (Object country : new Object[] {data.get("country"), data.get("registered_country")}) {
      if (country instanceof Map<?, ?> map && map.get("iso_code") instanceof String code) {
        return code;
      }
    }
    return data.get("country_code") instanceof String code ? code : null;
  }

  private static Object first(Map<?, ?> data, String name, String other) {
    return data.get(name) == null ? data.get(other) : data.get(name);
  }

  /** IPinfo Lite writes {@code AS64496}. */
  private static long asn(String text) {
    return Long.parseLong(text.startsWith("AS") ? text.substring(2) : text);
  }
}

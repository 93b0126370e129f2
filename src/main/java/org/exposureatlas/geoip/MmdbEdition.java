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

  private final String place;
  private final Entry entry;
  private long networkNumber;
  private boolean tells;

  private MmdbEdition(String place, GeoIndex.Builder index) {
    this.place = place;
    entry = new Entry(index, problem -> broken("network " + networkNumber, problem, null));
  }

  static void read(String place, byte[] content, GeoIndex.Builder index) {
    new MmdbEdition(place, index).read(content);
  }

  private void read(byte[] content) {
    try (Reader reader = new Reader(new ByteArrayInputStream(content))) {
      @SuppressWarnings("rawtypes") // the reader takes a class, and Map has no other
      Iterator<DatabaseRecord<Map>> records = reader.networks(Map.class);
      while (records.hasNext()) {
        networkNumber++;
        @SuppressWarnings("rawtypes")
        DatabaseRecord<Map> next = records.next();
        byte[] address = next.network().networkAddress().getAddress();
        entry.addresses().set(prefix(address, next.network().prefixLength()));
        add(next.data());
      }
    } catch (BrokenEditionException e) {
      throw e;
    } catch (IOException | InvalidNetworkException | RuntimeException e) {
      String where = networkNumber == 0 ? content.length + " bytes" : "network " + networkNumber;
      throw broken(where, "found a damaged MMDB: " + e.getMessage(), e);
    }
    if (!tells) {
      throw broken(networkNumber + " networks", "found no country and no autonomous system", null);
    }
  }

  private static Prefix prefix(byte[] address, int length) {
    return new Prefix(
        IpAddress.ofBytes(address), address.length == 4 ? length + IPV4_OFFSET : length);
  }

  private void add(Map<?, ?> data) {
    String country = country(data);
    if (country != null && !country.isEmpty()) {
      entry.country(country);
      tells = true;
    }
    Object number = first(data, "autonomous_system_number", "asn");
    Object name = first(data, "autonomous_system_organization", "as_name");
    if (number != null) {
      entry.system(number.toString(), name == null ? "" : name.toString());
      tells = true;
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

  private BrokenEditionException broken(String where, String problem, Throwable cause) {
    return new BrokenEditionException(place + ", " + where, problem, cause);
  }
}

package org.exposureatlas.geoip;

import java.io.IOException;
import java.util.List;

/**
 * CSV with a {@code network} column and a header. Three publishers' forms are one here: {@code
 * country_code,asn,as_name} in any order (our own, and IPinfo Lite with some more); GeoLite2 blocks
 * that name a location by its {@code geoname_id}; GeoLite2 blocks of autonomous systems.
 */
final class NetworkCsv {

  /** Columns that are read. */
  private static final List<String> READ = List.of("network", "country_code", "asn", "as_name");

  /** Columns of IPinfo Lite that are passed over. */
  private static final List<String> PASSED_OVER =
      List.of("country", "continent", "continent_code", "as_domain");

  private final SeparatedValues lines;
  private final GeoIndex.Builder index;
  private final Entry entry;
  private final int width;
  private final int network;
  private final int country;
  private final int location;
  private final int registered;
  private final int asn;
  private final int name;

  private NetworkCsv(SeparatedValues lines, List<String> header, GeoIndex.Builder index) {
    this.lines = lines;
    this.index = index;
    entry = new Entry(index, lines::broken);
    width = header.size();
    network = header.indexOf("network");
    country = header.indexOf("country_code");
    location = header.indexOf("geoname_id");
    registered = header.indexOf("registered_country_geoname_id");
    asn = Math.max(header.indexOf("asn"), header.indexOf("autonomous_system_number"));
    name = Math.max(header.indexOf("as_name"), header.indexOf("autonomous_system_organization"));
    check(header);
  }

  static void read(SeparatedValues lines, List<String> header, GeoIndex.Builder index)
      throws IOException {
    new NetworkCsv(lines, header, index).read();
  }

  private void check(List<String> header) {
    boolean isGeoLite = location >= 0 || header.contains("autonomous_system_number");
    for (String column : header) {
      if (!isGeoLite && !READ.contains(column) && !PASSED_OVER.contains(column)) {
        throw lines.broken(
            "found column '"
                + column
                + "', expected only "
                + String.join(", ", READ)
                + ", "
                + String.join(", ", PASSED_OVER));
      }
    }
    if (network < 0 || country < 0 && location < 0 && asn < 0) {
      throw lines.broken("found " + header + ", expected network and country_code, or asn");
    }
  }

  private void read() throws IOException {
    int rows = 0;
    while (lines.next()) {
      lines.expectCount(width);
      entry.network(lines.bytes(), lines.start(network), lines.end(network));
      row();
      rows++;
    }
    if (rows == 0) {
      throw lines.broken("found no prefix, expected at least one");
    }
  }

  private void row() {
    if (has(country)) {
      entry.country(lines.bytes(), lines.start(country), lines.end(country));
    }
    if (has(location) || has(registered)) {
      index.location(entry.addresses(), geoname(location), geoname(registered), lines::place);
    }
    if (has(asn)) {
      entry.system(lines.text(asn), has(name) ? lines.text(name) : "");
    }
  }

  private boolean has(int column) {
    return column >= 0 && !lines.isEmpty(column);
  }

  private long geoname(int column) {
    return has(column) ? lines.number(column) : Locations.NONE;
  }
}

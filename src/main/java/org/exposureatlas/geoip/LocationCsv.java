package org.exposureatlas.geoip;

import java.io.IOException;
import java.util.List;

/** GeoLite2 locations: the country of each GeoNames id that blocks refer to. */
final class LocationCsv {

  private static final String ID = "geoname_id";
  private static final String COUNTRY = "country_iso_code";

  private LocationCsv() {}

  static boolean isHeader(List<String> header) {
    return header.contains(ID) && header.contains(COUNTRY);
  }

  static void read(SeparatedValues lines, List<String> header, GeoIndex.Builder index)
      throws IOException {
    Entry entry = new Entry(index, lines::broken);
    int id = header.indexOf(ID);
    int country = header.indexOf(COUNTRY);
    while (lines.next()) {
      lines.expectCount(header.size());
      index
          .locations()
          .put(
              lines.number(id),
              lines.isEmpty(country)
                  ? Partition.NONE
                  : entry.countryNumber(lines.bytes(), lines.start(country), lines.end(country)));
    }
  }
}

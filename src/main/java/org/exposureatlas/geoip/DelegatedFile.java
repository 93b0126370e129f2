package org.exposureatlas.geoip;

import java.io.IOException;
import java.util.Set;
import org.exposureatlas.address.IpAddress;

/**
 * The extended delegated file of a regional internet registry: {@code
 * registry|cc|type|start|value|date|status|opaque-id}, where value is a number of addresses for
 * IPv4 and a prefix length for IPv6. Addresses that nobody holds are passed over.
 */
final class DelegatedFile {

  private static final int REGISTRY = 0;
  private static final int COUNTRY = 1;
  private static final int TYPE = 2;
  private static final int START = 3;
  private static final int VALUE = 4;
  private static final int STATUS = 6;
  private static final int RECORD_VALUES = 7;
  private static final int SUMMARY_VALUES = 6;

  private static final Set<String> TYPES = Set.of("ipv4", "ipv6", "asn");
  private static final Set<String> HELD = Set.of("allocated", "assigned");
  private static final Set<String> NOT_HELD = Set.of("available", "reserved");

  private final SeparatedValues lines;
  private final Entry entry;

  private DelegatedFile(SeparatedValues lines, GeoIndex.Builder index) {
    this.lines = lines;
    entry = new Entry(index, lines::broken);
  }

  static void read(SeparatedValues lines, GeoIndex.Builder index) throws IOException {
    new DelegatedFile(lines, index).read();
  }

  private void read() throws IOException {
    long announced = -1;
    long found = 0;
    while (lines.next()) {
      if (isComment() || isSummary()) {
        continue;
      }
      if (announced < 0) {
        announced = announced();
      } else {
        record();
        found++;
      }
    }
    if (announced < 0 || found < announced) {
      throw lines.broken(
          "found " + found + " records, expected " + Math.max(announced, 1) + ": cut short");
    }
  }

  private boolean isComment() {
    return lines.count() == 1 && (lines.isEmpty(0) || lines.text(0).startsWith("#"));
  }

  private boolean isSummary() {
    return lines.count() == SUMMARY_VALUES && lines.text(SUMMARY_VALUES - 1).equals("summary");
  }

  /** {@code version|registry|serial|records|startdate|enddate|UTCoffset}. */
  private long announced() {
    if (lines.count() != RECORD_VALUES || !lines.text(REGISTRY).matches("[0-9.]+")) {
      throw lines.broken(
          "found '"
              + lines.text(REGISTRY)
              + "', expected version|registry|serial|records|startdate|enddate|UTCoffset");
    }
    return lines.number(START);
  }

  private void record() {
    if (lines.count() < RECORD_VALUES) {
      throw lines.broken("found " + lines.count() + " values, expected 7 or 8");
    }
    String type = lines.text(TYPE);
    String status = lines.text(STATUS);
    if (!TYPES.contains(type)) {
      throw lines.broken("found type '" + type + "', expected ipv4, ipv6 or asn");
    }
    if (!HELD.contains(status) && !NOT_HELD.contains(status)) {
      throw lines.broken(
          "found status '" + status + "', expected allocated, assigned, available or reserved");
    }
    if (HELD.contains(status) && !type.equals("asn")) {
      addresses(type);
      entry.country(lines.bytes(), lines.start(COUNTRY), lines.end(COUNTRY));
    }
  }

  private void addresses(String type) {
    if (type.equals("ipv6")) {
      entry.network(lines.text(START) + "/" + lines.text(VALUE));
      return;
    }
    IpAddress first = IpAddress.parse(lines.text(START));
    long last = first == null || !first.isIpv4() ? -1 : first.ipv4() + lines.number(VALUE) - 1;
    if (last < 0 || last < first.ipv4() || last > 0xFFFF_FFFFL) {
      throw lines.broken(
          "found ipv4 '"
              + lines.text(START)
              + "' with "
              + lines.text(VALUE)
              + " addresses, expected a first address and how many");
    }
    entry.addresses().setIpv4(first.ipv4(), last);
  }
}

package org.exposureatlas.geoip;

import java.io.IOException;
import java.math.BigInteger;

/**
 * CSV without a header, whose lines start with a first and a last address: DB-IP Lite writes them
 * as text, IP2Location LITE as decimal numbers, of 32 bits in its IPv4 files and of 128 bits in its
 * IPv6 files.
 */
final class RangeCsv {

  private static final BigInteger LAST_IPV4 = BigInteger.valueOf(0xFFFF_FFFFL);
  private static final int LAST = 1;
  private static final int THIRD = 2;
  private static final int FOURTH = 3;

  /** How many values a line of DB-IP Lite has, by what it tells. */
  private static final int COUNTRY_LITE = 3;

  private static final int ASN_LITE = 4;
  private static final int CITY_LITE = 8;

  /** What IP2Location writes for nothing. */
  private static final String NOTHING = "-";

  private enum Family {
    IPV4,
    IPV6
  }

  private final SeparatedValues lines;
  private final Entry entry;

  private RangeCsv(SeparatedValues lines, GeoIndex.Builder index) {
    this.lines = lines;
    entry = new Entry(index, lines::broken);
  }

  /** Whether the line at hand starts with two addresses or two numbers. */
  static boolean isRange(SeparatedValues lines) {
    return lines.count() > LAST
        && (isNumber(lines) || new Span().readRange(lines.text(0), lines.text(LAST)));
  }

  private static boolean isNumber(SeparatedValues lines) {
    return lines.text(0).matches("[0-9]+") && lines.text(LAST).matches("[0-9]+");
  }

  static void read(SeparatedValues lines, GeoIndex.Builder index) throws IOException {
    RangeCsv ranges = new RangeCsv(lines, index);
    if (isNumber(lines)) {
      ranges.decimals();
    } else {
      ranges.addresses();
    }
  }

  private void addresses() throws IOException {
    int width = lines.count();
    if (width != COUNTRY_LITE && width != ASN_LITE && width != CITY_LITE) {
      throw lines.broken(
          "found " + width + " values, expected 3 (country), 4 (autonomous system) or 8 (city)");
    }
    do {
      lines.expectCount(width);
      entry.range(lines.text(0), lines.text(LAST));
      if (width == ASN_LITE) {
        entry.system(lines.text(THIRD), lines.text(FOURTH));
      } else {
        country(width == COUNTRY_LITE ? THIRD : FOURTH);
      }
    } while (lines.next());
  }

  private void country(int cell) {
    if (!lines.isEmpty(cell)) {
      entry.country(lines.bytes(), lines.start(cell), lines.end(cell));
    }
  }

  /** The first line of an IPv6 file reaches beyond IPv4. */
  private void decimals() throws IOException {
    int width = lines.count();
    if (width < ASN_LITE) {
      throw lines.broken("found " + width + " values, expected at least 4");
    }
    Family family = decimal(LAST).compareTo(LAST_IPV4) > 0 ? Family.IPV6 : Family.IPV4;
    do {
      lines.expectCount(width);
      decimalRange(family);
      if (lines.text(THIRD).indexOf('/') >= 0) {
        system();
      } else if (!lines.text(THIRD).equals(NOTHING)) {
        country(THIRD);
      }
    } while (lines.next());
  }

  private void system() {
    if (!lines.text(FOURTH).equals(NOTHING)) {
      String name = lines.text(FOURTH + 1);
      entry.system(lines.text(FOURTH), name.equals(NOTHING) ? "" : name);
    }
  }

  private void decimalRange(Family family) {
    BigInteger first = decimal(0);
    BigInteger last = decimal(LAST);
    int bits = family == Family.IPV4 ? Integer.SIZE : 2 * Long.SIZE;
    if (first.compareTo(last) > 0 || last.bitLength() > bits) {
      throw lines.broken(
          "found "
              + first
              + " to "
              + last
              + ", expected a first and a last number of at most "
              + bits
              + " bits, in this order");
    }
    if (family == Family.IPV4) {
      entry.addresses().setIpv4(first.longValue(), last.longValue());
    } else {
      entry
          .addresses()
          .set(
              first.shiftRight(Long.SIZE).longValue(),
              first.longValue(),
              last.shiftRight(Long.SIZE).longValue(),
              last.longValue());
    }
  }

  private BigInteger decimal(int cell) {
    try {
      return new BigInteger(lines.text(cell));
    } catch (NumberFormatException e) {
      throw lines.broken("found '" + lines.text(cell) + "', expected a decimal number");
    }
  }
}

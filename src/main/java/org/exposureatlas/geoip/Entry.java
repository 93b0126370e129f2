package org.exposureatlas.geoip;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * What one line of an edition says: some addresses, and their country or autonomous system. Every
 * value is checked before it reaches the index; reused from line to line.
 */
final class Entry {

  private static final long MAX_ASN = 0xFFFF_FFFFL;

  private final GeoIndex.Builder index;
  private final Function<String, BrokenEditionException> broken;
  private final Span addresses = new Span();

  /**
   * @param broken makes the error that names the line at hand
   */
  Entry(GeoIndex.Builder index, Function<String, BrokenEditionException> broken) {
    this.index = index;
    this.broken = broken;
  }

  Span addresses() {
    return addresses;
  }

  void network(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    network(bytes, 0, bytes.length);
  }

  /** Takes a CIDR block; no bit is set behind its length. */
  void network(byte[] text, int from, int to) {
    if (!addresses.readPrefix(text, from, to)) {
      throw broken.apply(
          "found '"
              + text(text, from, to)
              + "', expected a prefix such as 198.51.100.0/24 or 2001:db8::/32");
    }
    if (!addresses.isWholePrefix()) {
      throw broken.apply(
          "found '" + text(text, from, to) + "', expected no bits set behind the prefix length");
    }
  }

  /** Takes all addresses from a first to a last one, both of the same family. */
  void range(String first, String last) {
    if (!addresses.readRange(first, last)) {
      throw broken.apply(
          "found '"
              + first
              + "' to '"
              + last
              + "', expected a first and a last address of one family, in this order");
    }
  }

  /** What a row says of a network; empty where it says nothing. */
  void row(String network, String country, String asn, String name) {
    network(network);
    if (!country.isEmpty()) {
      country(country);
    }
    if (!asn.isEmpty()) {
      system(asn, name);
    }
  }

  void country(String code) {
    byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
    country(bytes, 0, bytes.length);
  }

  /** The addresses are in the country of this ISO 3166-1 alpha-2 code. */
  void country(byte[] text, int from, int to) {
    index.country(addresses, countryNumber(text, from, to));
  }

  /** Number of the country of a code; see {@link Places#country}. */
  int countryNumber(byte[] text, int from, int to) {
    if (to - from != 2 || !isLetter(text[from]) || !isLetter(text[from + 1])) {
      throw broken.apply(
          "found country '" + text(text, from, to) + "', expected two letters A to Z");
    }
    return Places.country(text[from], text[from + 1]);
  }

  private static boolean isLetter(byte next) {
    return next >= 'A' && next <= 'Z';
  }

  /**
   * The addresses belong to an autonomous system.
   *
   * @param number with or without {@code AS} before it
   * @param name empty where it is not given
   */
  void system(String number, String name) {
    index.system(addresses, asn(number), name.isEmpty() ? null : name);
  }

  private long asn(String text) {
    try {
      long number = Long.parseLong(text.startsWith("AS") ? text.substring(2) : text);
      if (number >= 0 && number <= MAX_ASN) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw broken.apply("found asn '" + text + "', expected 0 to " + MAX_ASN);
  }

  private static String text(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}

package org.exposureatlas.geoip;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.exposureatlas.address.AddressParser;
import org.exposureatlas.address.AddressText;
import org.exposureatlas.address.IpAddress;

/**
 * The editions that a job needs, as arrays of what Spark takes: executors get them once. A place is
 * a number that stands for all that an edition says of an address.
 */
final class LocationTable implements Serializable {

  /** The place of a text that is no address; all others are not negative. */
  static final int NO_ADDRESS = -1;

  /** Set in the place of an address of special purpose. */
  static final int SPECIAL_PURPOSE = 1 << 30;

  /** Set in the place of an address that is not written in RFC 5952 form. */
  static final int REWRITE = 1 << 29;

  private static final long serialVersionUID = 1L;
  private static final int NUMBER = REWRITE - 1;

  /** What it takes to read an address other than dotted IPv4. */
  private static final class Scratch {
    final AddressParser parser = new AddressParser();
    final byte[] text = new byte[AddressText.MAX_LENGTH];
  }

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final int firstDay;
  private final int[] editionOfDay;
  private final GeoIndex[] editions;
  private final int[][] places;
  private final UTF8String[] countries;
  private final Long[] systemNumbers;
  private final UTF8String[] systemNames;

  /**
   * @param firstDay days since 1970-01-01
   * @param editionOfDay for each day from the first one on the edition; -1: none
   */
  LocationTable(int firstDay, int[] editionOfDay, List<GeoIndex> editions) {
    this.firstDay = firstDay;
    this.editionOfDay = editionOfDay;
    this.editions = editions.toArray(GeoIndex[]::new);
    places = new int[editions.size()][];
    List<GeoIndex.Place> all = editions.stream().flatMap(next -> next.places().stream()).toList();
    int before = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = numbers(editions.get(i).places(), before);
      before += places[i].length;
    }
    countries = texts(all.stream().map(LocationTable::countryCode).toList());
    systemNumbers =
        all.stream()
            .map(LocationTable::system)
            .map(system -> system == null ? null : (Long) system.number())
            .toArray(Long[]::new);
    systemNames =
        texts(
            all.stream()
                .map(LocationTable::system)
                .map(system -> system == null ? null : system.name())
                .toList());
  }

  private static int[] numbers(List<GeoIndex.Place> places, int before) {
    int[] numbers = new int[places.size()];
    Arrays.setAll(
        numbers, i -> before + i | (places.get(i).isSpecialPurpose() ? SPECIAL_PURPOSE : 0));
    return numbers;
  }

  private static String countryCode(GeoIndex.Place place) {
    return place.isSpecialPurpose() || place.countryCode() == null
        ? GeoLocator.UNKNOWN_COUNTRY
        : place.countryCode();
  }

  private static GeoIndex.AutonomousSystem system(GeoIndex.Place place) {
    return place.isSpecialPurpose() ? null : place.system();
  }

  private static UTF8String[] texts(List<String> texts) {
    return texts.stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
  }

  /**
   * The place of an address by the edition of a day.
   *
   * @param text address in any form; null: none
   * @param day days since 1970-01-01
   * @return {@link #NO_ADDRESS} for any other text
   * @throws IllegalArgumentException for a day without an edition
   */
  int place(UTF8String text, int day) {
    int edition = edition(day);
    if (text == null) {
      return NO_ADDRESS;
    }
    if (text.getBaseObject() instanceof byte[] bytes) {
      int from = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
      return place(bytes, from, from + text.numBytes(), edition);
    }
    byte[] copy = text.getBytes();
    return place(copy, 0, copy.length, edition);
  }

  private int place(byte[] text, int from, int to, int edition) {
    long ipv4 = AddressParser.ipv4(text, from, to);
    if (ipv4 >= 0) {
      return places[edition][editions[edition].placeIpv4((int) ipv4)];
    }
    Scratch scratch = SCRATCH.get();
    AddressParser parser = scratch.parser;
    if (!parser.parse(text, from, to)) {
      return NO_ADDRESS;
    }
    int place = place(parser.high(), parser.low(), edition);
    int length = AddressText.write(parser.high(), parser.low(), scratch.text);
    return Arrays.equals(text, from, to, scratch.text, 0, length) ? place : place | REWRITE;
  }

  private int place(long high, long low, int edition) {
    return places[edition][editions[edition].place(high, low)];
  }

  /** Country of an address by the edition of a day; see {@link #country(int)}. */
  String country(IpAddress address, int day) {
    return country(place(address.high(), address.low(), edition(day))).toString();
  }

  private int edition(int day) {
    int index = day - firstDay;
    int edition = index >= 0 && index < editionOfDay.length ? editionOfDay[index] : -1;
    if (edition < 0) {
      throw new IllegalArgumentException("no edition was loaded for epoch day " + day);
    }
    return edition;
  }

  /** RFC 5952 form of an address whose place is known: itself, when it is in that form. */
  static UTF8String address(UTF8String text, int place) {
    if (place < 0 || (place & REWRITE) == 0) {
      return place < 0 ? null : text;
    }
    Scratch scratch = SCRATCH.get();
    byte[] bytes = text.getBytes();
    scratch.parser.parse(bytes, 0, bytes.length);
    int length = AddressText.write(scratch.parser.high(), scratch.parser.low(), scratch.text);
    return UTF8String.fromBytes(Arrays.copyOf(scratch.text, length));
  }

  /** ISO 3166-1 alpha-2; {@code ZZ} where no range covers it; null for no address. */
  UTF8String country(int place) {
    return place < 0 ? null : countries[place & NUMBER];
  }

  /** AS number; null where the edition gives none. */
  Long systemNumber(int place) {
    return place < 0 ? null : systemNumbers[place & NUMBER];
  }

  /** AS name; null where the edition gives none. */
  UTF8String systemName(int place) {
    return place < 0 ? null : systemNames[place & NUMBER];
  }
}

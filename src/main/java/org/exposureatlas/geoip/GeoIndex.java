package org.exposureatlas.geoip;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.exposureatlas.address.SpecialPurpose;

/**
 * An edition in memory. Every address has a place: a number that stands for one country, one
 * autonomous system and whether the address is of special purpose.
 */
public final class GeoIndex implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * An autonomous system.
   *
   * @param number AS number
   * @param name its name; null where the edition gives none
   */
  public record AutonomousSystem(long number, String name) implements Serializable {}

  /**
   * What an edition says about some addresses.
   *
   * @param countryCode ISO 3166-1 alpha-2; null where no range covers them
   * @param system null where the edition gives none
   * @param isSpecialPurpose whether no host on the public Internet answers from there
   */
  record Place(String countryCode, AutonomousSystem system, boolean isSpecialPurpose)
      implements Serializable {}

  private final RangeIndex index;
  private final ArrayList<Place> places;

  private GeoIndex(RangeIndex index, ArrayList<Place> places) {
    this.index = index;
    this.places = places;
  }

  /** The place of an address, a position in {@link #places}. */
  int place(long high, long low) {
    return index.find(high, low);
  }

  /** The place of an IPv4 address. */
  int placeIpv4(int address) {
    return index.findIpv4(address);
  }

  List<Place> places() {
    return places;
  }

  /** ISO 3166-1 alpha-2 country of an address; null where no range covers it. */
  public String countryCode(long high, long low) {
    return places.get(place(high, low)).countryCode;
  }

  /** Autonomous system of an address; null where the edition gives none. */
  public AutonomousSystem autonomousSystem(long high, long low) {
    return places.get(place(high, low)).system;
  }

  /** IPv4 addresses of each country, by code. */
  public Map<String, Long> ipv4AddressCounts() {
    long[] byPlace = new long[places.size()];
    index.visitIpv4((first, last, place) -> byPlace[place] += last - first + 1);
    Map<String, Long> counts = new TreeMap<>();
    for (int place = 0; place < byPlace.length; place++) {
      String code = places.get(place).countryCode;
      if (code != null && byPlace[place] > 0) {
        counts.merge(code, byPlace[place], Long::sum);
      }
    }
    return counts;
  }

  /** IPv4 ranges of each country, by code: first and last address, unsigned, ascending. */
  public Map<String, List<long[]>> ipv4Ranges() {
    Map<String, List<long[]>> byCode = new TreeMap<>();
    index.visitIpv4(
        (first, last, value) -> {
          String code = places.get(value).countryCode;
          if (code != null) {
            add(byCode.computeIfAbsent(code, added -> new ArrayList<>()), first, last);
          }
        });
    return byCode;
  }

  private static void add(List<long[]> ranges, long first, long last) {
    long[] before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
    if (before != null && before[1] + 1 == first) {
      before[1] = last;
    } else {
      ranges.add(new long[] {first, last});
    }
  }

  /** Collects what the files of an edition say. */
  static final class Builder {

    private final Layer countries = new Layer();
    private final Layer networks = new Layer();
    private final Locations locations = new Locations();
    private final List<AutonomousSystem> systems = new ArrayList<>();
    private final Map<AutonomousSystem, Integer> systemNumbers = new HashMap<>();

    /**
     * @param code two letters A to Z
     */
    void country(Span addresses, String code) {
      country(addresses, Places.country(code.charAt(0), code.charAt(1)));
    }

    /**
     * @param number see {@link Places#country}
     */
    void country(Span addresses, int number) {
      countries.add(addresses, number);
    }

    /** Where the locations of GeoLite2 are. */
    Locations locations() {
      return locations;
    }

    /**
     * The addresses are in the country of a location that the edition describes elsewhere.
     *
     * @param location GeoNames id, or {@link Locations#NONE}
     * @param registered the same for the country of registration
     * @param place file and line at hand
     */
    void location(Span addresses, long location, long registered, Supplier<String> place) {
      countries.add(addresses, locations.reference(location, registered, place));
    }

    /**
     * @param name null where the edition gives none
     */
    void system(Span addresses, long number, String name) {
      AutonomousSystem system = new AutonomousSystem(number, name);
      Integer known = systemNumbers.get(system);
      if (known == null) {
        known = systems.size();
        systemNumbers.put(system, known);
        systems.add(system);
      }
      networks.add(addresses, known);
    }

    GeoIndex build() {
      Layer special = new Layer();
      Span addresses = new Span();
      for (SpecialPurpose.Block block : SpecialPurpose.blocks()) {
        addresses.set(block.prefix());
        special.add(addresses, block.reach().ordinal());
      }
      countries.map(locations::country);
      Places places = new Places(systems);
      RangeIndex index =
          new RangeIndex(
              places.join(countries.ipv4(), networks.ipv4(), special.ipv4()),
              places.join(countries.ipv6(), networks.ipv6(), special.ipv6()));
      return new GeoIndex(index, places.all());
    }
  }
}

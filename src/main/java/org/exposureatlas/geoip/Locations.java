package org.exposureatlas.geoip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The GeoNames ids by which GeoLite2 blocks name their location: what country they are in stands in
 * another file, which may come before or after.
 */
final class Locations {

  /** No id is given. */
  static final long NONE = -1;

  /** Numbers of references in the layer of countries start here, above those of countries. */
  static final int FIRST = 26 * 26;

  /**
   * What a block says of its country.
   *
   * @param location where the addresses are; {@link #NONE} where unknown
   * @param registered the country the block is registered in, which counts when the location has no
   *     country; {@link #NONE} where unknown
   */
  private record Reference(long location, long registered) {}

  private final Map<Long, Integer> countries = new HashMap<>();
  private final Map<Reference, Integer> numbers = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<String> firstUses = new ArrayList<>();

  /**
   * A location is in a country.
   *
   * @param country see {@link Places#country}; {@link Partition#NONE} for a place in no country
   */
  void put(long geoname, int country) {
    countries.put(geoname, country);
  }

  /** Number of a reference in the layer of countries. */
  int reference(long location, long registered, Supplier<String> place) {
    Reference reference = new Reference(location, registered);
    Integer known = numbers.get(reference);
    if (known == null) {
      known = FIRST + references.size();
      numbers.put(reference, known);
      references.add(reference);
      firstUses.add(place.get());
    }
    return known;
  }

  /** The country of a number in the layer of countries. */
  int country(int number) {
    if (number < FIRST) {
      return number;
    }
    Reference reference = references.get(number - FIRST);
    String place = firstUses.get(number - FIRST);
    int country = country(reference.location, place);
    return country == Partition.NONE ? country(reference.registered, place) : country;
  }

  private int country(long geoname, String place) {
    if (geoname == NONE) {
      return Partition.NONE;
    }
    Integer country = countries.get(geoname);
    if (country == null) {
      throw new BrokenEditionException(
          place,
          "found geoname_id " + geoname + ", expected it in a file of locations of the edition",
          null);
    }
    return country;
  }
}

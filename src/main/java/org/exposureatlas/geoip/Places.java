package org.exposureatlas.geoip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.exposureatlas.address.SpecialPurpose;

/** Joins the layers of an edition: the same number, from 0 on, where all say the same. */
final class Places {

  private static final int LETTERS = 26;

  private final List<GeoIndex.AutonomousSystem> systems;
  private final ArrayList<GeoIndex.Place> all = new ArrayList<>();
  private final Map<Long, Integer> numbers = new HashMap<>();

  /**
   * @param systems autonomous systems, by their number in the layer of networks
   */
  Places(List<GeoIndex.AutonomousSystem> systems) {
    this.systems = systems;
  }

  /** The number of a country code, two letters A to Z, in the layer of countries. */
  static int country(int first, int second) {
    return LETTERS * (first - 'A') + second - 'A';
  }

  /** All places, by number. */
  ArrayList<GeoIndex.Place> all() {
    return all;
  }

  Partition join(Partition countries, Partition networks, Partition specialPurpose) {
    return countries.with(specialPurpose, Places::pair).with(networks, this::number);
  }

  private static int pair(int country, int reach) {
    return country + 1 << 1 | (reach == SpecialPurpose.Reach.NONE.ordinal() ? 1 : 0);
  }

  private int number(int pair, int system) {
    long key = (long) pair << Integer.SIZE | system + 1;
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    numbers.put(key, all.size());
    all.add(
        new GeoIndex.Place(
            code((pair >> 1) - 1),
            system == Partition.NONE ? null : systems.get(system),
            (pair & 1) == 1));
    return all.size() - 1;
  }

  private static String code(int country) {
    return country == Partition.NONE
        ? null
        : "" + (char) ('A' + country / LETTERS) + (char) ('A' + country % LETTERS);
  }
}

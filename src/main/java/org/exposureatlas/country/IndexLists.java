package org.exposureatlas.country;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.exposureatlas.statistics.Footrule;

/**
 * The lists of countries behind an exposure index, and the index, for one snapshot.
 *
 * <p>After the National Exposure Index 2017 (Rapid7): per service, hosts over allocated IPv4
 * addresses; one more list of open services per host; the index is the list of 50 places nearest to
 * all by the weighted Spearman footrule. They searched it by Monte Carlo, we solve it exactly, so
 * the distance agrees and places of countries hardly apart may not.
 */
final class IndexLists {

  /** The list of open services per host. */
  static final String AGGREGATE = "aggregate";

  /** The list that all others are brought to. */
  static final String INDEX = "index";

  /** In place of a service: hosts with any. */
  static final String ANY_SERVICE = "all";

  static final int PLACES = 50;

  /**
   * A place in a list.
   *
   * @param exposed null: not known
   * @param base null: not known
   * @param rank null: nothing exposed, not known, or not among the places
   * @param distance of the index; null: another list
   */
  record Place(
      String list,
      String country,
      Integer weight,
      Long exposed,
      Long base,
      Integer rank,
      Double distance) {

    /** {@code exposed} over {@code base}; null where either is not known. */
    Double share() {
      return exposed == null || base == null || base <= 0
          ? null
          : (Double) ((double) exposed / base);
    }

    private boolean isRanked() {
      return share() != null && exposed > 0;
    }

    private Place at(int place) {
      return new Place(list, country, weight, exposed, base, place, distance);
    }
  }

  private final Map<String, Integer> weights;
  private final SortedMap<String, SortedMap<String, Long>> exposed = new TreeMap<>();
  private final SortedMap<String, Long> addresses = new TreeMap<>();

  /**
   * @param weights weight of every service that counts, and of {@link #AGGREGATE}
   */
  IndexLists(Map<String, Integer> weights) {
    this.weights = weights;
  }

  /**
   * Adds a figure; of services without a weight it is not looked at.
   *
   * @param service service type, or {@link #ANY_SERVICE}
   * @param hosts null: not known
   * @param addressCount addresses allocated to the country; null: not known
   */
  void add(String country, String service, Long hosts, Long addressCount) {
    if (addressCount != null) {
      addresses.put(country, addressCount);
    }
    if (service.equals(ANY_SERVICE) || weights.containsKey(service)) {
      exposed.computeIfAbsent(service, name -> new TreeMap<>()).put(country, hosts);
    }
  }

  /** All lists, each in order of country, the index last. */
  List<Place> places() {
    Footrule footrule = new Footrule(PLACES);
    List<Place> places = new ArrayList<>();
    exposed.forEach(
        (service, hosts) -> {
          if (!service.equals(ANY_SERVICE)) {
            addList(service, of(service, hosts, addresses), places, footrule);
          }
        });
    if (weights.containsKey(AGGREGATE) && exposed.containsKey(ANY_SERVICE)) {
      List<Place> unranked = of(AGGREGATE, services(), exposed.get(ANY_SERVICE));
      addList(AGGREGATE, unranked, places, footrule);
    }
    places.addAll(index(footrule));
    return places;
  }

  private List<Place> of(
      String list, SortedMap<String, Long> hosts, SortedMap<String, Long> bases) {
    return hosts.entrySet().stream()
        .map(
            entry ->
                new Place(
                    list,
                    entry.getKey(),
                    weights.get(list),
                    entry.getValue(),
                    bases.get(entry.getKey()),
                    null,
                    null))
        .toList();
  }

  /** Hosts added up over services; a country of which one is not known is not known. */
  private SortedMap<String, Long> services() {
    SortedMap<String, Long> sums = new TreeMap<>();
    exposed.forEach(
        (service, hosts) -> {
          if (!service.equals(ANY_SERVICE)) {
            hosts.forEach(
                (country, count) -> {
                  Long before = sums.getOrDefault(country, 0L);
                  sums.put(
                      country, count == null || before == null ? null : (Long) (before + count));
                });
          }
        });
    return sums;
  }

  private static void addList(
      String list, List<Place> unranked, List<Place> places, Footrule footrule) {
    List<Place> ranked = ranked(unranked);
    Map<String, Integer> ranks = new TreeMap<>();
    ranked.stream()
        .filter(place -> place.rank() != null)
        .forEach(place -> ranks.put(place.country(), place.rank()));
    if (!ranks.isEmpty()) {
      footrule.add(ranked.get(0).weight(), ranks);
    }
    places.addAll(ranked);
  }

  private static List<Place> ranked(List<Place> unranked) {
    List<Place> descending =
        unranked.stream()
            .filter(Place::isRanked)
            .sorted(Comparator.comparing(Place::share).reversed())
            .toList();
    Map<String, Integer> ranks = new TreeMap<>();
    for (int i = 0; i < descending.size(); i++) {
      boolean isTie = i > 0 && descending.get(i).share().equals(descending.get(i - 1).share());
      int rank = isTie ? ranks.get(descending.get(i - 1).country()) : i + 1;
      ranks.put(descending.get(i).country(), rank);
    }
    return unranked.stream()
        .map(
            place ->
                ranks.containsKey(place.country()) ? place.at(ranks.get(place.country())) : place)
        .toList();
  }

  private List<Place> index(Footrule footrule) {
    List<String> best = footrule.best();
    Double distance = best.isEmpty() ? null : (Double) footrule.objective(best);
    SortedMap<String, Long> hosts = new TreeMap<>();
    exposed.values().forEach(list -> list.keySet().forEach(country -> hosts.put(country, null)));
    hosts.putAll(exposed.getOrDefault(ANY_SERVICE, new TreeMap<>()));
    return hosts.entrySet().stream()
        .map(
            entry -> {
              int place = best.indexOf(entry.getKey());
              return new Place(
                  INDEX,
                  entry.getKey(),
                  null,
                  entry.getValue(),
                  addresses.get(entry.getKey()),
                  place < 0 ? null : (Integer) (place + 1),
                  distance);
            })
        .toList();
  }
}

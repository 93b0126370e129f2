package org.exposureatlas.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.exposureatlas.country.IndexLists.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexListsTest {

  private static final Map<String, Integer> WEIGHTS =
      Map.of("http", 1, "mysql", 3, "telnet", 4, "aggregate", 5);

  private static Place place(List<Place> places, String list, String country) {
    return places.stream()
        .filter(place -> place.list().equals(list) && place.country().equals(country))
        .findFirst()
        .orElseThrow();
  }

  private static List<Place> of(IndexLists lists, String list) {
    return lists.places().stream().filter(place -> place.list().equals(list)).toList();
  }

  /** Hosts found and addresses allocated as published in the National Exposure Index 2017. */
  @ParameterizedTest
  @CsvSource({"AF, 13327, 167936, 7.9", "CN, 8800498, 338182144, 2.6", "BE, 259458, 28502400, 0.9"})
  void theShareInUseIsThatOfThePublishedTable(
      String country, long found, long allocated, double percent) {
    IndexLists lists = new IndexLists(WEIGHTS);
    lists.add(country, "all", found, allocated);

    double share = place(lists.places(), "index", country).share();
    assertThat(Math.rint(1_000 * share) / 10).isEqualTo(percent);
  }

  @Test
  void listsRankHostsPerAddressAndTheAggregateServicesPerHost() {
    IndexLists lists = new IndexLists(WEIGHTS);
    String[] countries = {"BE", "CN", "NL", "LU"};
    long[] addresses = {1_000, 10_000, 2_000, 500};
    long[] mysql = {10, 200, 20, 0};
    long[] telnet = {5, 10, 30, 0};
    long[] all = {12, 200, 40, 0};
    for (int i = 0; i < countries.length; i++) {
      lists.add(countries[i], "mysql", mysql[i], addresses[i]);
      lists.add(countries[i], "telnet", telnet[i], addresses[i]);
      lists.add(countries[i], "gopher", 9L, addresses[i]);
      lists.add(countries[i], "all", all[i], addresses[i]);
    }

    assertThat(lists.places()).extracting(Place::list).doesNotContain("gopher");
    assertThat(of(lists, "mysql"))
        .extracting(Place::country, Place::share, Place::rank)
        .containsExactly(
            tuple("BE", 0.01, 2),
            tuple("CN", 0.02, 1),
            tuple("LU", 0.0, null),
            tuple("NL", 0.01, 2));
    assertThat(of(lists, "telnet")).extracting(Place::rank).containsExactly(2, 3, null, 1);
    assertThat(of(lists, "aggregate"))
        .extracting(Place::country, Place::exposed, Place::base, Place::rank)
        .containsExactly(
            tuple("BE", 15L, 12L, 1),
            tuple("CN", 210L, 200L, 3),
            tuple("LU", 0L, 0L, null),
            tuple("NL", 50L, 40L, 1));
    assertThat(of(lists, "index"))
        .extracting(Place::country, Place::rank)
        .containsExactly(tuple("BE", 2), tuple("CN", 3), tuple("LU", null), tuple("NL", 1));
    assertThat(place(lists.places(), "index", "NL").distance())
        .as("mysql 1 + 2 x 0, telnet 0, aggregate 1, by hand")
        .isCloseTo((3 * (1 + 0 + 2) + 4 * 0 + 5 * (0 + 1 + 0)) / 12.0, within(1e-12));
  }

  @Test
  void whatIsNotKnownIsNotRanked() {
    IndexLists lists = new IndexLists(WEIGHTS);
    lists.add("NL", "mysql", null, 1_000L);
    lists.add("NL", "all", null, 1_000L);
    lists.add("BE", "mysql", 10L, null);

    assertThat(lists.places()).isNotEmpty().allMatch(place -> place.rank() == null);
    assertThat(lists.places()).allMatch(place -> place.distance() == null);
  }
}

package org.exposureatlas.country;

import java.util.Locale;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.Field;

/** A denominator of rates. */
enum Base {
  IPV4(1e6, CountryRank.VALUE_PER_MILLION_IPV4, CountryRank.SHRUNK_PER_MILLION_IPV4),
  PEOPLE(1e6, CountryRank.VALUE_PER_MILLION_PEOPLE, CountryRank.SHRUNK_PER_MILLION_PEOPLE),
  GDP(1e9, CountryRank.VALUE_PER_BILLION_GDP, CountryRank.SHRUNK_PER_BILLION_GDP);

  private final double unit;
  private final Field rate;
  private final Field shrunk;

  Base(double unit, Field rate, Field shrunk) {
    this.unit = unit;
    this.rate = rate;
    this.shrunk = shrunk;
  }

  /** Its name in {@code small_bases}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Column that holds it until rates are formed. */
  String column() {
    return label() + "_base";
  }

  /** What a rate is counted per: addresses, people or US dollars. */
  double unit() {
    return unit;
  }

  Field rate() {
    return rate;
  }

  Field shrunk() {
    return shrunk;
  }
}

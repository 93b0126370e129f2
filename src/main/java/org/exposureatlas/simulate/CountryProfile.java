package org.exposureatlas.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one country of the simulated world is like; see {@code countries.csv}.
 *
 * @param code ISO 3166-1 alpha-2, or {@code ZZ}
 * @param exposures relative number of stores; 0: none
 * @param terabytes clean volume on the last day, in 10^12 bytes
 * @param dailyChange relative change of the volume per day
 */
record CountryProfile(
    String code,
    String name,
    String continent,
    String city,
    String latitude,
    String longitude,
    long exposures,
    double terabytes,
    double dailyChange)
    implements Serializable {

  private static final String RESOURCE = "countries.csv";

  /** All countries, those with stores first. */
  static List<CountryProfile> all() {
    try (InputStream in = CountryProfile.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(CountryProfile::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  private static CountryProfile parse(String line) {
    String[] f = line.split(",", -1);
    return new CountryProfile(
        f[0],
        f[1],
        f[2],
        f[3],
        f[4],
        f[5],
        Long.parseLong(f[6]),
        Double.parseDouble(f[7]),
        Double.parseDouble(f[8]));
  }
}

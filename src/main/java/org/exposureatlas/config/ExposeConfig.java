package org.exposureatlas.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Thresholds of the exposure rules.
 *
 * @param pseudoServicePorts an address answering on at least this many ports is a pseudo-service
 * @param honeypotNetworks the same figures, or one identity, in at least this many autonomous
 *     systems are a decoy
 * @param honeypotScore a score from here on is a honeypot; fraction, 0 to 1
 * @param sourcePrecedence sources whose figures are preferred, the most trusted first; the newest
 *     figure decides between sources that are not listed
 * @param validityDays days for which the last record of a source speaks, by source; 1: the day of
 *     its snapshot only, as for every source that is not listed
 * @param memoryDays a store unseen for more days than this starts a new first_seen_date
 */
public record ExposeConfig(
    int pseudoServicePorts,
    int honeypotNetworks,
    double honeypotScore,
    List<String> sourcePrecedence,
    Map<String, Integer> validityDays,
    int memoryDays) {

  private static final String VALIDITY = "expose.validity-days";

  public ExposeConfig {
    sourcePrecedence = List.copyOf(sourcePrecedence);
    validityDays = Map.copyOf(validityDays);
  }

  /** Days whose records may speak for a snapshot of {@code range}. */
  public SnapshotRange speaking(SnapshotRange range) {
    int longest = validityDays.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    return new SnapshotRange(range.from().minusDays(longest - 1L), range.to());
  }

  static ExposeConfig of(Settings settings) {
    return new ExposeConfig(
        settings.positiveInt("expose.pseudo-service-ports"),
        settings.positiveInt("expose.honeypot-networks"),
        settings.fraction("expose.honeypot-score"),
        words(settings.text("expose.source-precedence")),
        validity(settings.text(VALIDITY)),
        settings.positiveInt("expose.memory-days"));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static Map<String, Integer> validity(String text) {
    Map<String, Integer> days = new TreeMap<>();
    for (String entry : words(text)) {
      if (!entry.matches("[a-z0-9_-]+=[1-9][0-9]{0,2}")) {
        throw new ConfigException(
            Settings.PREFIX + VALIDITY,
            text,
            "source=days, comma separated, such as censys=7,shodan=30");
      }
      String[] parts = entry.split("=");
      days.put(parts[0], Integer.valueOf(parts[1]));
    }
    return days;
  }
}

package org.exposureatlas.source;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.exposureatlas.config.SnapshotRange;

/**
 * Days on which not all is seen that usually is: a snapshot is partial, or a source that was there
 * on more than half of the days before is missing while another is there.
 */
public final class PartialDays {

  /** The snapshot of a source on a day, and what was said of it. */
  public record Snapshot(LocalDate day, String source, String verdict) {}

  private static final int LEAST_DAYS = 7;

  private final NavigableMap<LocalDate, Map<String, String>> verdicts = new TreeMap<>();

  private PartialDays(Collection<Snapshot> snapshots) {
    for (Snapshot snapshot : snapshots) {
      verdicts
          .computeIfAbsent(snapshot.day(), day -> new HashMap<>())
          .put(snapshot.source(), snapshot.verdict());
    }
  }

  /**
   * The partial ones among the days of {@code range} that have a snapshot.
   *
   * @param snapshots of the range and of the {@link SnapshotVerdicts#TRAILING_DAYS} days before
   * @return for each such day whether it is partial
   */
  public static SortedMap<LocalDate, Boolean> among(
      Collection<Snapshot> snapshots, SnapshotRange range) {
    PartialDays days = new PartialDays(snapshots);
    SortedMap<LocalDate, Boolean> partial = new TreeMap<>();
    days.verdicts
        .subMap(range.from(), true, range.to(), true)
        .keySet()
        .forEach(day -> partial.put(day, days.isPartial(day)));
    return partial;
  }

  private boolean isPartial(LocalDate day) {
    Map<String, String> sources = verdicts.get(day);
    SortedMap<LocalDate, Map<String, String>> trailing =
        verdicts.subMap(day.minusDays(SnapshotVerdicts.TRAILING_DAYS), day);
    Map<String, Integer> days = new HashMap<>();
    trailing
        .values()
        .forEach(before -> before.keySet().forEach(source -> days.merge(source, 1, Integer::sum)));
    boolean lacksOne =
        trailing.size() >= LEAST_DAYS
            && days.entrySet().stream()
                .filter(source -> 2 * source.getValue() > trailing.size())
                .anyMatch(source -> !sources.containsKey(source.getKey()));
    return lacksOne || sources.containsValue(SnapshotVerdicts.PARTIAL);
  }
}

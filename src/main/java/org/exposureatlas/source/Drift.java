package org.exposureatlas.source;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.exposureatlas.config.SnapshotRange;

/**
 * Whether a field that a source used to give is gone, by comparison with the trailing snapshots of
 * the same source and service type.
 *
 * <p>A service that is scanned less or more changes no share within it, so a change of what is
 * scanned is no drift. Fields without which a record is none are not looked at here: records that
 * lack them are rejected.
 */
public final class Drift {

  /** The service type of a cell that stands for all services. */
  public static final String ALL_SERVICES = "all services";

  private static final int LEAST_SNAPSHOTS = 7;
  private static final long LEAST_OBSERVATIONS = 20;
  private static final double UNUSUAL_DEVIATIONS = 5;

  /**
   * Observations of one service type in a snapshot.
   *
   * @param given how many of them give a value, by column
   */
  public record Cell(
      LocalDate day, String source, String service, long observations, Map<String, Long> given) {

    double givenShare(String field) {
      return (double) given.get(field) / observations;
    }
  }

  private record Kind(String source, String service) {}

  private Drift() {}

  /**
   * What is gone in the snapshots of {@code range}, a sentence each.
   *
   * @param cells of the range and of the {@link SnapshotVerdicts#TRAILING_DAYS} days before
   * @param maxAbsentShare largest accepted share of observations that lack a field, of those
   *     expected to give it, by source; fraction, 0 to 1
   */
  public static List<String> findings(
      Collection<Cell> cells, SnapshotRange range, ToDoubleFunction<String> maxAbsentShare) {
    Map<Kind, NavigableMap<LocalDate, Cell>> history = new LinkedHashMap<>();
    cells.stream()
        .filter(cell -> cell.observations() >= LEAST_OBSERVATIONS)
        .forEach(
            cell ->
                history
                    .computeIfAbsent(
                        new Kind(cell.source(), cell.service()), kind -> new TreeMap<>())
                    .put(cell.day(), cell));
    List<String> findings = new ArrayList<>();
    history.forEach(
        (kind, days) ->
            days.subMap(range.from(), true, range.to(), true)
                .values()
                .forEach(
                    cell ->
                        compare(
                            cell,
                            days.subMap(
                                    cell.day().minusDays(SnapshotVerdicts.TRAILING_DAYS),
                                    cell.day())
                                .values(),
                            maxAbsentShare.applyAsDouble(kind.source()),
                            findings)));
    return findings.stream().sorted().toList();
  }

  private static void compare(
      Cell cell, Collection<Cell> trailing, double maxAbsentShare, List<String> findings) {
    if (trailing.size() < LEAST_SNAPSHOTS) {
      return;
    }
    for (String field : new TreeSet<>(cell.given().keySet())) {
      Usual shares =
          Usual.of(trailing.stream().mapToDouble(earlier -> earlier.givenShare(field)).toArray());
      double expected = shares.median() * cell.observations();
      double spread = shares.spread() * cell.observations();
      long given = cell.given().get(field);
      if (given < (1 - maxAbsentShare) * expected
          && expected - given > UNUSUAL_DEVIATIONS * Math.max(spread, Math.sqrt(expected))) {
        findings.add(finding(cell, field, shares.median(), maxAbsentShare, trailing.size()));
      }
    }
  }

  private static String finding(
      Cell cell, String field, double usual, double maxAbsentShare, int snapshots) {
    return String.format(
        Locale.ROOT,
        "%s of %s: %s is absent in a share of %.3f of %d observations of %s, expected at most %.3f"
            + " (%.3f in the median of %d snapshots before;"
            + " spark.atlas.ingest.max-absent-share): has a field of the source moved?"
            + " './submit.sh sources' lists those read",
        cell.source(),
        cell.day(),
        field,
        1 - cell.givenShare(field),
        cell.observations(),
        cell.service(),
        1 - (1 - maxAbsentShare) * usual,
        1 - usual,
        snapshots);
  }
}

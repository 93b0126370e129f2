package org.exposureatlas.source;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.geoip.GeoLocator;
import org.exposureatlas.schema.RowParts;
import org.exposureatlas.schema.SnapshotCell;

/**
 * The cells of some days in memory, for the comparisons that {@link SnapshotVerdicts} and {@link
 * Drift} make: eight bytes for each day, source, country and service type, and the given fields of
 * all countries together.
 */
public final class CellHistory {

  private record Place(String country, String service) {}

  private record Group(LocalDate day, String source, String service) {}

  /** Sums of the cells of a day, source and service type. */
  private static final class Sums {

    private long observations;
    private final Map<String, Long> given = GivenFields.none();

    void add(Row cell) {
      observations += cell.getLong(4);
      cell.<String, Long>getJavaMap(5)
          .forEach((name, count) -> given.merge(name, count, Long::sum));
    }
  }

  private final SnapshotRange days;
  private final Map<String, Map<Place, long[]>> bySource = new HashMap<>();
  private final Map<Group, Sums> byService = new HashMap<>();

  private CellHistory(SnapshotRange days) {
    this.days = days;
  }

  /**
   * Reads cells once, a part at a time.
   *
   * @param cells {@link SnapshotCell}, of {@code days} only
   */
  public static CellHistory of(Dataset<Row> cells, SnapshotRange days) {
    CellHistory history = new CellHistory(days);
    RowParts.forEach(
        cells.select(
            SnapshotCell.SNAPSHOT_DATE.col(),
            SnapshotCell.SOURCE.col(),
            SnapshotCell.COUNTRY_CODE.col(),
            SnapshotCell.SERVICE_TYPE.col(),
            SnapshotCell.OBSERVATION_COUNT.col(),
            SnapshotCell.GIVEN_COUNTS.col()),
        history::add);
    return history;
  }

  private void add(Row cell) {
    LocalDate day = cell.getDate(0).toLocalDate();
    String source = cell.getString(1);
    String service = cell.getString(3);
    long[] counts =
        bySource
            .computeIfAbsent(source, name -> new HashMap<>())
            .computeIfAbsent(
                new Place(cell.getString(2), service),
                place -> new long[index(days.to().plusDays(1))]);
    counts[index(day)] += cell.getLong(4);
    byService.computeIfAbsent(new Group(day, source, service), group -> new Sums()).add(cell);
  }

  /** Where counts of a day stand in {@link #counts}. */
  int index(LocalDate day) {
    return (int) ChronoUnit.DAYS.between(days.from(), day);
  }

  /** Observations by day, an array for each country and service type of a source. */
  Collection<long[]> counts(String source) {
    return bySource.getOrDefault(source, Map.of()).values();
  }

  /** Observations of a snapshot. */
  long observationCount(LocalDate day, String source) {
    return counts(source).stream().mapToLong(counts -> counts[index(day)]).sum();
  }

  /** Those of them that no range of the edition covers. */
  long unlocatedCount(LocalDate day, String source) {
    return bySource.getOrDefault(source, Map.of()).entrySet().stream()
        .filter(cell -> cell.getKey().country().equals(GeoLocator.UNKNOWN_COUNTRY))
        .mapToLong(cell -> cell.getValue()[index(day)])
        .sum();
  }

  /** Cells of all countries together, and of all services. */
  public List<Drift.Cell> byService() {
    return GivenFields.withAllServices(
        byService.entrySet().stream()
            .map(
                entry ->
                    new Drift.Cell(
                        entry.getKey().day(),
                        entry.getKey().source(),
                        entry.getKey().service(),
                        entry.getValue().observations,
                        entry.getValue().given))
            .toList());
  }
}

package org.exposureatlas.source;

import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Tally;

/** How many observations give a value, by column: what {@link Drift} compares. */
public final class GivenFields {

  /** By the name that is counted: the column that tells, and its texts that say nothing. */
  private static final SortedMap<String, Tally.Given> GIVEN = new TreeMap<>();

  static {
    for (Field field :
        List.of(
            Observation.PRODUCT,
            Observation.PRODUCT_VERSION,
            Observation.SIZE_BYTES,
            Observation.CAPACITY_BYTES,
            Observation.RECORD_COUNT,
            Observation.CONTAINER_COUNT,
            Observation.FILE_COUNT,
            Observation.INFECTED,
            Observation.SEVERITY,
            Observation.SOURCE_COUNTRY_CODE)) {
      GIVEN.put(field.name(), new Tally.Given(field.name(), Set.of()));
    }
    GIVEN.put(
        Observation.ACCESS.name(), new Tally.Given(Observation.ACCESS.name(), Set.of("unknown")));
    GIVEN.put(
        Observation.CLUSTER_KEY.name(),
        new Tally.Given(Observation.CLUSTER_KEY_QUALITY.name(), Set.of("address", "fingerprint")));
  }

  private GivenFields() {}

  /** What {@link #counts} counts, in the order of {@link #counts(long...)}. */
  static List<Tally.Given> tally() {
    return List.copyOf(GIVEN.values());
  }

  /** Counts by the names of columns. */
  static Map<String, Long> counts(long... counts) {
    Map<String, Long> byName = new TreeMap<>();
    for (String name : GIVEN.keySet()) {
      byName.put(name, counts[byName.size()]);
    }
    return byName;
  }

  /** An aggregate over observations: a map of columns and counts. */
  static Column counts() {
    return functions.map(
        GIVEN.entrySet().stream()
            .flatMap(entry -> Stream.of(lit(entry.getKey()), count_if(isGiven(entry.getValue()))))
            .toArray(Column[]::new));
  }

  private static Column isGiven(Tally.Given given) {
    Column column = functions.col(given.column());
    return given.nothing().isEmpty()
        ? column.isNotNull()
        : not(column.isin(given.nothing().toArray()));
  }

  /** Counts of no observations. */
  static Map<String, Long> none() {
    return counts(new long[GIVEN.size()]);
  }

  /**
   * Adds cells for {@link Drift#ALL_SERVICES}: how many observations name one.
   *
   * @param cells one per snapshot, source and service type
   */
  static List<Drift.Cell> withAllServices(List<Drift.Cell> cells) {
    return Stream.concat(cells.stream(), ofAllServices(cells).stream()).toList();
  }

  private static List<Drift.Cell> ofAllServices(List<Drift.Cell> cells) {
    return cells.stream()
        .collect(Collectors.groupingBy(cell -> List.of(cell.day(), cell.source())))
        .values()
        .stream()
        .map(GivenFields::together)
        .toList();
  }

  private static Drift.Cell together(List<Drift.Cell> services) {
    long all = services.stream().mapToLong(Drift.Cell::observations).sum();
    long named =
        services.stream()
            .filter(cell -> !cell.service().equals(ServiceType.OTHER))
            .mapToLong(Drift.Cell::observations)
            .sum();
    return new Drift.Cell(
        services.get(0).day(),
        services.get(0).source(),
        Drift.ALL_SERVICES,
        all,
        Map.of(Observation.SERVICE_TYPE.name(), named));
  }
}

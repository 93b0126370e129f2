package org.exposureatlas.release;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.package$;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;

/**
 * What the data files of a release are made of: the rows of their days and those that decide what
 * is hidden in them, by the names of their files in the warehouse; settings; and the code itself.
 * Files whose inputs are equal are equal.
 */
final class Inputs {

  /** The classes that decide what is in a data file, and how it is written. */
  static final List<Class<?>> CODE =
      List.of(
          ChurnSuppression.class,
          DataFiles.class,
          HiddenCells.class,
          HiddenList.class,
          Hiding.class,
          PublicTables.class,
          ReleaseContent.class,
          ReleaseWriter.class,
          StableParquet.class,
          Suppression.class,
          SurvivalSuppression.class,
          TableSchema.class,
          Field.class);

  private final NavigableMap<LocalDate, String> cells = new TreeMap<>();
  private final NavigableMap<LocalDate, String> cellsUpTo = new TreeMap<>();

  private Inputs(Map<LocalDate, String> countries, Map<LocalDate, String> services) {
    String before = "";
    for (LocalDate day : union(countries, services)) {
      String ofDay = Digests.of(day + " " + countries.get(day) + " " + services.get(day));
      before = Digests.of(before + ofDay);
      cells.put(day, ofDay);
      cellsUpTo.put(day, before);
    }
  }

  private static TreeSet<LocalDate> union(
      Map<LocalDate, String> some, Map<LocalDate, String> more) {
    TreeSet<LocalDate> days = new TreeSet<>(some.keySet());
    days.addAll(more.keySet());
    return days;
  }

  /**
   * Digests of the inputs of each data file, by its path; without files of unknown inputs.
   *
   * @param content what is released
   * @param days the days of each of its tables; see {@link ReleaseContent#days}
   */
  static Map<String, String> of(
      ReleaseContent content, Map<PublicTables.PublicTable, NavigableMap<LocalDate, String>> days) {
    Map<LocalDate, String> countries = days.get(PublicTables.COUNTRY_EXPOSURE);
    Map<LocalDate, String> services = days.get(PublicTables.COUNTRY_SERVICE_EXPOSURE);
    if (countries.isEmpty() || services.isEmpty()) {
      return Map.of();
    }
    Inputs inputs = new Inputs(countries, services);
    String ofAll =
        CodeDigest.of(CODE) + " " + package$.MODULE$.SPARK_VERSION() + " " + content.minHosts();
    Map<String, String> digests = new TreeMap<>();
    days.forEach(
        (table, ofDays) -> {
          String ofTable = Digests.of(ofAll + " " + table.table().structType().json());
          ofDays.forEach(
              (day, rows) ->
                  digests.merge(
                      DataFiles.path(table, day, content.lastDate()),
                      Digests.of(
                          ofTable + " " + day + " " + rows + " " + inputs.hiding(table, day)),
                      (before, own) -> Digests.of(before + own)));
        });
    return digests;
  }

  private String hiding(PublicTables.PublicTable table, LocalDate day) {
    return switch (table.hiddenBy()) {
      case NO_DAY -> "";
      case ITS_DAY -> cells.get(day);
      case ALL_DAYS_UP_TO_IT -> String.valueOf(cellsUpTo.floorEntry(day));
    };
  }
}

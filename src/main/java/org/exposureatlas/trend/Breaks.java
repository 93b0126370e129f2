package org.exposureatlas.trend;

import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.exposureatlas.schema.Break;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.SnapshotQuality;

/** What interrupts the series of each source: {@link Break}. */
public final class Breaks {

  /** Figures before and after are made differently. */
  private static final String METHOD_CHANGE = "method_change";

  private static final String OUTAGE = "outage";
  private static final String PARTIAL = "partial";
  private static final String EVERYTHING = "all";

  private Breaks() {}

  /**
   * Breaks as of a day. A source that begins within the history is a change of method of the whole,
   * unless it is there on the first day.
   *
   * @param quality {@link SnapshotQuality} of the history, up to {@code asOf}
   * @return {@link Break}
   */
  public static List<Row> asOf(List<Row> quality, LocalDate asOf) {
    List<Row> snapshots = quality.stream().sorted(Comparator.comparing(Breaks::day)).toList();
    Map<String, List<Row>> bySource = new TreeMap<>();
    snapshots.forEach(
        row ->
            bySource
                .computeIfAbsent(
                    row.getAs(SnapshotQuality.SOURCE.name()), source -> new ArrayList<>())
                .add(row));
    List<Row> breaks = new ArrayList<>();
    bySource.forEach(
        (source, ofSource) ->
            breaks.addAll(new OfSource(source, asOf).breaks(ofSource, day(snapshots.get(0)))));
    return breaks;
  }

  /** The first days of changes of method among {@code breaks}. */
  public static List<LocalDate> methodChanges(List<Row> breaks) {
    return breaks.stream()
        .filter(row -> METHOD_CHANGE.equals(row.get(place(Break.KIND))))
        .map(row -> row.getDate(place(Break.FROM_DATE)).toLocalDate())
        .distinct()
        .toList();
  }

  /** Rows made by hand know no names. */
  private static int place(Field column) {
    return Break.TABLE.structType().fieldIndex(column.name());
  }

  private static LocalDate day(Row snapshot) {
    return snapshot.<Date>getAs(SnapshotQuality.SNAPSHOT_DATE.name()).toLocalDate();
  }

  /** Breaks of one source. */
  private record OfSource(String source, LocalDate asOf) {

    List<Row> breaks(List<Row> snapshots, LocalDate first) {
      List<Row> breaks = new ArrayList<>();
      Row before = null;
      for (Row snapshot : snapshots) {
        LocalDate day = day(snapshot);
        if (before != null) {
          addOutage(breaks, day(before), day);
          addMethodChanges(breaks, before, snapshot);
        } else if (day.isAfter(first)) {
          breaks.add(row(day, day, METHOD_CHANGE, source + " begins"));
        }
        if (snapshot.getAs(SnapshotQuality.VERDICT.name()).equals(PARTIAL)) {
          breaks.add(row(day, day, PARTIAL, partial(snapshot)));
        }
        before = snapshot;
      }
      addOutage(breaks, day(before), asOf.plusDays(1));
      return breaks;
    }

    private void addOutage(List<Row> breaks, LocalDate before, LocalDate after) {
      long days = ChronoUnit.DAYS.between(before, after) - 1;
      if (days > 0) {
        String text = "no snapshot of " + source + " for " + days + (days == 1 ? " day" : " days");
        breaks.add(row(before.plusDays(1), after.minusDays(1), OUTAGE, text));
      }
    }

    private void addMethodChanges(List<Row> breaks, Row before, Row after) {
      LocalDate day = day(after);
      String version = release(after);
      if (!version.equals(release(before))) {
        breaks.add(row(day, day, METHOD_CHANGE, "read by Exposure Atlas " + version));
      }
      String provider = provider(after);
      if (!provider.equals(provider(before))) {
        breaks.add(row(day, day, METHOD_CHANGE, "located by " + provider));
      }
    }

    /** Major and minor version: another patch level reads the same. */
    private static String release(Row snapshot) {
      return snapshot
          .<String>getAs(SnapshotQuality.CODE_VERSION.name())
          .replaceFirst("^(\\d+\\.\\d+).*$", "$1");
    }

    private static String provider(Row snapshot) {
      return snapshot.<String>getAs(SnapshotQuality.GEO_EDITION.name()).replaceFirst("/.*$", "");
    }

    private String partial(Row snapshot) {
      Double ratio = snapshot.getAs(SnapshotQuality.TRAILING_SIZE_RATIO.name());
      Double lost = snapshot.getAs(SnapshotQuality.LOST_SHARE.name());
      return String.format(
          Locale.ROOT,
          "%s has %.0f %% of its usual records%s",
          source,
          100 * ratio,
          lost == null
              ? ""
              : String.format(
                  Locale.ROOT, "; %.0f %% are lost in whole countries or services", 100 * lost));
    }

    private Row row(LocalDate from, LocalDate to, String kind, String text) {
      return RowFactory.create(
          Date.valueOf(asOf), Date.valueOf(from), Date.valueOf(to), source, EVERYTHING, kind, text);
    }
  }
}

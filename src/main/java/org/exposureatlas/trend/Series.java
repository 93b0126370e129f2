package org.exposureatlas.trend;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The values of one measure on the days of whole snapshots. A day without one has no value; a day
 * with one on which the measure has no row is 0: it was looked for and not found.
 */
final class Series {

  private final NavigableMap<LocalDate, Double> values;

  private Series(NavigableMap<LocalDate, Double> values) {
    this.values = values;
  }

  static Series of(SortedSet<LocalDate> snapshots, Map<LocalDate, Long> rows) {
    NavigableMap<LocalDate, Double> values = new TreeMap<>();
    snapshots.forEach(day -> values.put(day, (double) rows.getOrDefault(day, 0L)));
    return new Series(values);
  }

  /** The part from {@code first} to {@code last}. */
  Series between(LocalDate first, LocalDate last) {
    return new Series(values.subMap(first, true, last, true));
  }

  int size() {
    return values.size();
  }

  boolean isKnown(LocalDate day) {
    return values.containsKey(day);
  }

  /** Days since 1970-01-01. */
  double[] times() {
    return values.keySet().stream().mapToDouble(LocalDate::toEpochDay).toArray();
  }

  double[] values() {
    return values.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  List<LocalDate> days() {
    return List.copyOf(values.keySet());
  }

  /** Weekday of every value: 0 for Monday. */
  int[] weekdays() {
    return values.keySet().stream().mapToInt(day -> day.getDayOfWeek().ordinal()).toArray();
  }

  /** One row per week from the first to the last, Monday to Sunday; NaN where there is no value. */
  double[][] weeks() {
    LocalDate monday = values.firstKey().with(DayOfWeek.MONDAY);
    int count = (int) ChronoUnit.WEEKS.between(monday, values.lastKey()) + 1;
    double[][] weeks = new double[count][7];
    Arrays.stream(weeks).forEach(week -> Arrays.fill(week, Double.NaN));
    values.forEach(
        (day, value) ->
            weeks[(int) ChronoUnit.WEEKS.between(monday, day)][day.getDayOfWeek().ordinal()] =
                value);
    return weeks;
  }

  /** Days of the longest stretch without a value between two values. */
  long longestGap() {
    long longest = 0;
    LocalDate before = null;
    for (LocalDate day : values.keySet()) {
      longest = before == null ? 0 : Math.max(longest, ChronoUnit.DAYS.between(before, day) - 1);
      before = day;
    }
    return longest;
  }

  /** The stretches without a missing day. */
  List<Series> unbroken() {
    List<Series> stretches = new ArrayList<>();
    LocalDate start = null;
    LocalDate before = null;
    for (LocalDate day : values.keySet()) {
      if (before == null) {
        start = day;
      } else if (!before.plusDays(1).equals(day)) {
        stretches.add(between(start, before));
        start = day;
      }
      before = day;
    }
    if (before != null) {
      stretches.add(between(start, before));
    }
    return stretches;
  }

  /** Relative change from {@code days} before; null: either day has no value, or the first is 0. */
  Double change(LocalDate last, int days) {
    Double now = values.get(last);
    Double then = values.get(last.minusDays(days));
    return now == null || then == null || then == 0 ? null : now / then - 1;
  }
}

package org.exposureatlas.trend;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Days that a history consists of.
 *
 * @param measured days with a whole snapshot
 * @param methodChanges first days of figures that are made differently from those before
 */
public record Calendar(SortedSet<LocalDate> measured, SortedSet<LocalDate> methodChanges)
    implements Serializable {

  public Calendar {
    measured = Collections.unmodifiableSortedSet(new TreeSet<>(measured));
    methodChanges = Collections.unmodifiableSortedSet(new TreeSet<>(methodChanges));
  }

  /** The calendar of these days, in any order. */
  public static Calendar of(Collection<LocalDate> measured, Collection<LocalDate> methodChanges) {
    return new Calendar(new TreeSet<>(measured), new TreeSet<>(methodChanges));
  }

  /** First day of the stretch of one method that {@code day} lies in, within {@code earliest}. */
  LocalDate stretchStart(LocalDate day, LocalDate earliest) {
    SortedSet<LocalDate> upToDay = methodChanges.headSet(day.plusDays(1));
    return upToDay.isEmpty() || upToDay.last().isBefore(earliest) ? earliest : upToDay.last();
  }
}

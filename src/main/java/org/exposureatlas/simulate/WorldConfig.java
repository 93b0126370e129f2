package org.exposureatlas.simulate;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import org.exposureatlas.config.SnapshotRange;

/**
 * What world to simulate.
 *
 * @param from first day
 * @param to last day, the day the country volumes are set for
 * @param seed the same seed gives the same files, byte for byte
 * @param scale records per snapshot, about
 */
public record WorldConfig(LocalDate from, LocalDate to, long seed, long scale)
    implements Serializable {

  private static final long RECORDS_PER_FILE = 125_000;
  private static final int OUTAGE_DAYS_BEFORE_END = 13;

  /** The day of the published figures, which the country volumes are set for. */
  private static final LocalDate LAST_DAY = LocalDate.of(2022, 7, 21);

  /** The days up to 2022-07-21 that hold this many snapshots: one more when the outage is there. */
  public static SnapshotRange daysOfSnapshots(int snapshots) {
    int days = snapshots > OUTAGE_DAYS_BEFORE_END ? snapshots + 1 : snapshots;
    return new SnapshotRange(LAST_DAY.minusDays(days - 1L), LAST_DAY);
  }

  /** The days with a snapshot; on one the scanner was down. */
  public List<LocalDate> snapshotDates() {
    LocalDate outage = to.minusDays(OUTAGE_DAYS_BEFORE_END);
    return from.datesUntil(to.plusDays(1)).filter(day -> !day.equals(outage)).toList();
  }

  /** Files of all snapshots. */
  public long fileCount() {
    return (long) snapshotDates().size() * filesPerSnapshot();
  }

  /** Files per snapshot; depends on the scale alone. */
  int filesPerSnapshot() {
    return (int) Math.max(1, (scale + RECORDS_PER_FILE - 1) / RECORDS_PER_FILE);
  }
}

package org.exposureatlas.trend;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lives of a store, from the days on which it was seen.
 *
 * <p>Openings and closures fall between two snapshots and are put halfway, so that ages are counted
 * in half days. A store is gone when it is missed in some whole snapshots in a row; when it is seen
 * again later, another life begins. What the last snapshots miss may still come back, so all lives
 * are followed up to the last day for which that is settled.
 */
final class Lives implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A store that was open before the first record of anything: of unknown age. */
  static final Life PREVALENT = new Life(0, 0, 0, false);

  /**
   * One life; ages in half days.
   *
   * @param openedHalfDays opening, half days since 1970-01-01
   * @param entry age at which watching began; 0 when the opening was seen
   * @param exit age at closure, or at the end of watching
   */
  record Life(long openedHalfDays, long entry, long exit, boolean isClosed) {}

  private final long[] snapshots;
  private final int missed;
  private final long recordsStart;

  /**
   * @param snapshots whole snapshots of the look back, days since 1970-01-01, ascending
   * @param missed a store missed in as many snapshots in a row is gone
   * @param recordsStart first day of the records, which may be before the look back
   */
  Lives(long[] snapshots, int missed, long recordsStart) {
    this.snapshots = snapshots.clone();
    this.missed = missed;
    this.recordsStart = recordsStart;
  }

  /**
   * The lives of a store; {@link #PREVALENT} in place of one of unknown age.
   *
   * @param seen days on which it was seen, among the snapshots, in any order
   * @param firstSeen first day on which it is known to have been seen, before the look back or not
   */
  List<Life> of(long[] seen, long firstSeen) {
    int[] places =
        Arrays.stream(seen).sorted().mapToInt(day -> Arrays.binarySearch(snapshots, day)).toArray();
    List<Life> lives = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= places.length; i++) {
      if (i == places.length || places[i] - places[i - 1] - 1 >= missed) {
        add(lives, places[start], places[i - 1], firstSeen);
        start = i;
      }
    }
    return lives;
  }

  private void add(List<Life> lives, int first, int last, long firstSeen) {
    boolean isSeenToOpen = first > 0;
    if (!isSeenToOpen && (firstSeen >= snapshots[0] || firstSeen <= recordsStart)) {
      lives.add(PREVALENT);
      return;
    }
    long opened = isSeenToOpen ? halfway(first - 1) : 2 * firstSeen - 1;
    long entry = isSeenToOpen ? 0 : 2 * snapshots[0] - opened;
    int settled = snapshots.length - missed;
    boolean isClosed = last < settled;
    if (isClosed) {
      lives.add(new Life(opened, entry, halfway(last) - opened, true));
    } else if (settled >= 0 && 2 * snapshots[settled] - opened > entry) {
      lives.add(new Life(opened, entry, 2 * snapshots[settled] - opened, false));
    }
  }

  /** Half days, between a snapshot and the next. */
  private long halfway(int place) {
    return snapshots[place] + snapshots[place + 1];
  }
}

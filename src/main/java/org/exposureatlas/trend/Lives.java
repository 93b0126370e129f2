package org.exposureatlas.trend;

import java.io.Serializable;
import java.util.Arrays;

/**
 * When the lives of a store end, among the whole snapshots there were.
 *
 * <p>A store is gone when it is missed in some whole snapshots in a row; when it is seen again
 * later, another life begins. What the last snapshots miss may still come back.
 */
final class Lives implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int[] snapshots;
  private final int missed;

  /**
   * @param snapshots all whole snapshots, days since 1970-01-01, ascending
   * @param missed a store missed in as many snapshots in a row is gone
   */
  Lives(int[] snapshots, int missed) {
    this.snapshots = snapshots.clone();
    this.missed = missed;
  }

  /** True when a store seen on {@code last} is gone before a sight on {@code next}. */
  boolean isOver(int last, int next) {
    return place(next) - place(last) > missed;
  }

  /** True when a store last seen on {@code last} is gone after all snapshots. */
  boolean isOver(int last) {
    return place(last) + missed < snapshots.length;
  }

  /** The snapshot that settles the end of a life last seen on {@code last}. */
  int settled(int last) {
    return snapshots[place(last) + missed];
  }

  /** The snapshot after {@code day}. */
  int after(int day) {
    return snapshots[place(day) + 1];
  }

  /** The snapshot before {@code day}; NULL for the first. */
  Integer before(int day) {
    int place = place(day);
    return place == 0 ? null : (Integer) snapshots[place - 1];
  }

  private int place(int day) {
    int place = Arrays.binarySearch(snapshots, day);
    if (place < 0) {
      throw new IllegalArgumentException("found a sight on day " + day + ", expected a snapshot");
    }
    return place;
  }
}

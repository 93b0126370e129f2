package org.exposureatlas.job;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.Row;
import org.apache.spark.util.AccumulatorV2;
import org.exposureatlas.source.Ingestion;
import org.exposureatlas.source.SnapshotCounts;

/**
 * The records that are no observations, gathered while the others are written: all of them counted,
 * and the rejected ones themselves as long as they are few.
 */
final class UnusableRecords
    extends AccumulatorV2<UnusableRecords.Entry, Map<SnapshotCounts.Unusable, Long>> {

  /** What the driver is ready to hold: some tens of megabytes. */
  static final int MAX_KEPT = 100_000;

  private static final long serialVersionUID = 1L;

  /**
   * One record.
   *
   * @param row its columns in {@code rejected}
   */
  record Entry(SnapshotCounts.Unusable kind, Row row) implements Serializable {}

  /** An executor sends both to the driver now and then, also while its task adds to them. */
  private final Map<SnapshotCounts.Unusable, Long> counts = new ConcurrentHashMap<>();

  private final Queue<Row> rejected = new ConcurrentLinkedQueue<>();
  private long rejectedCount;

  @Override
  public boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public UnusableRecords copy() {
    UnusableRecords copy = new UnusableRecords();
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    counts.clear();
    rejected.clear();
    rejectedCount = 0;
  }

  @Override
  public void add(Entry entry) {
    counts.merge(entry.kind(), 1L, Long::sum);
    if (Ingestion.isRejection(entry.kind().reason())) {
      if (rejectedCount < MAX_KEPT) {
        rejected.add(entry.row());
      }
      rejectedCount++;
    }
  }

  @Override
  public void merge(AccumulatorV2<Entry, Map<SnapshotCounts.Unusable, Long>> other) {
    UnusableRecords others = (UnusableRecords) other;
    others.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    long room = Math.max(0, MAX_KEPT - rejectedCount);
    others.rejected.stream().limit(room).forEach(rejected::add);
    rejectedCount += others.rejectedCount;
  }

  /** Number of records of each kind. */
  @Override
  public Map<SnapshotCounts.Unusable, Long> value() {
    return counts;
  }

  /** The rejected records; not all of them where {@link #isTruncated}. */
  List<Row> rejected() {
    return List.copyOf(rejected);
  }

  boolean isTruncated() {
    return rejectedCount > MAX_KEPT;
  }
}

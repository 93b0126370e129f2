package org.exposureatlas.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.AccumulatorV2;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.Tally;
import org.exposureatlas.source.SnapshotCounts;
import org.exposureatlas.store.Counting;
import org.exposureatlas.store.Publication;

/** {@code snapshot_cell}, counted while observations are written, as long as cells are few. */
final class CellCounts extends AccumulatorV2<Tally.Group, Map<Row, Tally.Group>> {

  /** Some days of all countries; a group is about 300 bytes. */
  static final int MAX_KEPT = 20_000;

  private static final long serialVersionUID = 1L;

  /** An executor sends it to the driver now and then, also while its task adds to it. */
  private final ConcurrentHashMap<Row, Tally.Group> cells = new ConcurrentHashMap<>();

  private boolean isTruncated;

  static CellCounts register(SparkSession spark) {
    CellCounts counts = new CellCounts();
    spark.sparkContext().register(counts);
    return counts;
  }

  /** What a publication of observations is to count. */
  Counting counting() {
    return new Counting(SnapshotCounts.TALLY, this);
  }

  /** The cells; observations are read again only when there were too many to keep. */
  Dataset<Row> of(Publication.Staged staged) {
    Dataset<Row> observations = staged.read(Observation.TABLE);
    return isTruncated
        ? SnapshotCounts.cells(observations)
        : observations
            .sparkSession()
            .createDataFrame(SnapshotCounts.cells(cells.values()), SnapshotCell.TABLE.relaxed());
  }

  @Override
  public boolean isZero() {
    return cells.isEmpty() && !isTruncated;
  }

  @Override
  public CellCounts copy() {
    CellCounts copy = new CellCounts();
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    cells.clear();
    isTruncated = false;
  }

  @Override
  public void add(Tally.Group group) {
    cells.merge(group.keys(), group, Tally.Group::plus);
    if (cells.size() > MAX_KEPT) {
      truncate();
    }
  }

  @Override
  public void merge(AccumulatorV2<Tally.Group, Map<Row, Tally.Group>> other) {
    other.value().values().forEach(this::add);
    if (((CellCounts) other).isTruncated) {
      truncate();
    }
  }

  private void truncate() {
    cells.clear();
    isTruncated = true;
  }

  @Override
  public Map<Row, Tally.Group> value() {
    return cells;
  }
}

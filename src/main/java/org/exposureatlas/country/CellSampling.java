package org.exposureatlas.country;

import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.country.CellSample.Figure;
import org.exposureatlas.schema.Exposure;

/** Collects exposures into {@link CellSample}s, in one pass and in any order. */
final class CellSampling extends CellAggregator {

  private static final long serialVersionUID = 1;

  private static final StructType EXPOSURE =
      new StructType()
          .add("key", DataTypes.LongType)
          .add(Figure.CLEAN_BYTES.name(), DataTypes.LongType)
          .add(Figure.DEDUPLICATED_BYTES.name(), DataTypes.LongType)
          .add(Figure.REPORTED_BYTES.name(), DataTypes.LongType)
          .add(Figure.ROBUST_BYTES.name(), DataTypes.LongType)
          .add(Figure.HOST_COUNT.name(), DataTypes.LongType);

  private final int replicates;

  private CellSampling(int replicates) {
    this.replicates = replicates;
  }

  /**
   * The sample of a group of exposures, a value of {@link CellSample#TYPE}. A store weighs the same
   * in a replicate on whatever day it is seen.
   *
   * @param cleanSize NULL where the exposure is not clean or its size not known
   * @param robustSize likewise
   */
  static Column of(int replicates, Column cleanSize, Column robustSize) {
    return udaf(new CellSampling(replicates), Encoders.row(EXPOSURE))
        .apply(
            xxhash64(Exposure.STORE_KEY.col()),
            cleanSize,
            Exposure.SIZE_BYTES.col(),
            Exposure.REPORTED_BYTES.col(),
            robustSize,
            Exposure.HOST_COUNT.col());
  }

  @Override
  public CellSample zero() {
    return new CellSample(replicates);
  }

  @Override
  public CellSample reduce(CellSample sample, Row exposure) {
    Long cleanSize = exposure.isNullAt(1) ? null : (Long) exposure.getLong(1);
    sample.add(
        exposure.getLong(0),
        cleanSize,
        orZero(exposure, 1),
        orZero(exposure, 2),
        orZero(exposure, 3),
        orZero(exposure, 4),
        1,
        orZero(exposure, 5));
    return sample;
  }

  private static long orZero(Row exposure, int place) {
    return exposure.isNullAt(place) ? 0 : Math.max(0, exposure.getLong(place));
  }
}

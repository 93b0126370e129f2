package org.exposureatlas.country;

import static org.apache.spark.sql.functions.udaf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Makes the {@link CellSample} of a country of those of its services. */
final class CellMerging extends CellAggregator {

  private static final long serialVersionUID = 1;

  private CellMerging() {}

  /**
   * The sample of a group of samples, a value of {@link CellSample#TYPE}.
   *
   * @param resample the first column of the samples
   * @param sizes the second; NULL: sizes are not wanted
   */
  static Column of(Column resample, Column sizes) {
    return udaf(new CellMerging(), Encoders.row(CellSample.TYPE)).apply(resample, sizes);
  }

  @Override
  public CellSample zero() {
    return new CellSample();
  }

  @Override
  public CellSample reduce(CellSample sample, Row part) {
    return sample.merge(part);
  }
}

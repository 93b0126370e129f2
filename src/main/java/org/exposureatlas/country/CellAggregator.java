package org.exposureatlas.country;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Aggregator;

/** Gathers rows into one {@link CellSample}; subclasses say what a row adds. */
abstract class CellAggregator extends Aggregator<Row, CellSample, Row> {

  private static final long serialVersionUID = 1;

  @Override
  public CellSample merge(CellSample one, CellSample other) {
    return one.merge(other);
  }

  @Override
  public Row finish(CellSample sample) {
    return sample.toRow();
  }

  @Override
  public Encoder<CellSample> bufferEncoder() {
    return Encoders.javaSerialization(CellSample.class);
  }

  @Override
  public Encoder<Row> outputEncoder() {
    return Encoders.row(CellSample.TYPE);
  }
}

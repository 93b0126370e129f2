package org.exposureatlas.country;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** How unevenly sizes are spread, from an ascending array of them. */
final class Concentration {

  private Concentration() {}

  /** Share of the sum held by the {@code largest} sizes: 0 to 1; NULL where the sum is 0. */
  static Column topShare(Column ascending, int largest) {
    Column total = sum(ascending);
    Column kept = atMost(size(ascending), largest);
    return when(total.gt(0), sum(slice(ascending, kept.multiply(-1), kept)).divide(total));
  }

  /**
   * Gini coefficient, sum((2i - n - 1) x_i) / (n sum x): 0 is even, towards 1 is one store holding
   * all; NULL where there is no size or all are 0.
   */
  static Column gini(Column ascending) {
    Column count = size(ascending);
    Column weighted =
        zip_with(
            ascending,
            sequence(lit(1), count),
            (value, rank) ->
                rank.multiply(2).minus(count).minus(1).multiply(value.cast(DataTypes.DoubleType)));
    return when(
        sum(ascending).gt(0),
        aggregate(weighted, lit(0.0), Column::plus).divide(count).divide(sum(ascending)));
  }

  /** Lower median; NULL where there is no size. */
  static Column median(Column ascending) {
    return when(
        size(ascending).gt(0),
        element_at(
            ascending, floor(size(ascending).plus(1).divide(2)).cast(DataTypes.IntegerType)));
  }

  private static Column sum(Column sizes) {
    return aggregate(
        sizes, lit(0.0), (total, value) -> total.plus(value.cast(DataTypes.DoubleType)));
  }

  private static Column atMost(Column count, int most) {
    return when(count.lt(most), count).otherwise(most);
  }
}

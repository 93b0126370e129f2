package org.exposureatlas.release;

import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Whether the cell of a row is among the hidden ones of a release. A look-up and not a join, of
 * which there would be seven, each with all hidden cells of all days.
 */
final class Hiding {

  private final UserDefinedFunction isListed;

  private Hiding(UserDefinedFunction isListed) {
    this.isListed = isListed;
  }

  static Hiding of(SparkSession spark, HiddenList list) {
    Set<String> keys = new HashSet<>(list.cells());
    list.cells().forEach(cell -> keys.add(series(cell)));
    Broadcast<Set<String>> listed =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(keys);
    UDF1<String, Boolean> isListed = key -> listed.value().contains(key);
    return new Hiding(udf(isListed, DataTypes.BooleanType));
  }

  private static String series(String cell) {
    return cell.substring(cell.indexOf(HiddenList.SEPARATOR) + 1);
  }

  /** True where the country or the service (or all) is hidden on a day. */
  Column ofCell(Column date, Column country, Column service) {
    return isListed.apply(
        concat_ws(HiddenList.SEPARATOR, date.cast(DataTypes.StringType), country, service));
  }

  /** True where the country is hidden on a day. */
  Column ofCountry(Column date, Column country) {
    return ofCell(date, country, lit(Suppression.ALL_SERVICES));
  }

  /** True where the country or the service (or all) is hidden on any day. */
  Column ofSeries(Column country, Column service) {
    return isListed.apply(concat_ws(HiddenList.SEPARATOR, country, service));
  }
}

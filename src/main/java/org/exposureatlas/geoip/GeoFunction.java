package org.exposureatlas.geoip;

import java.util.Arrays;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A function on the editions of a job. Spark calls the {@code invoke} of its class from generated
 * code, with primitive values as they are.
 */
abstract class GeoFunction<R> implements UnboundFunction, ScalarFunction<R> {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final Broadcast<LocationTable> editions;
  private final DataType resultType;
  private final DataType[] inputTypes;
  private transient LocationTable table;

  GeoFunction(
      String name, Broadcast<LocationTable> editions, DataType resultType, DataType... inputTypes) {
    this.name = name;
    this.editions = editions;
    this.resultType = resultType;
    this.inputTypes = inputTypes;
  }

  /** The editions; a field keeps them because the broadcast locks when it is asked. */
  final LocationTable table() {
    if (table == null) {
      table = editions.value();
    }
    return table;
  }

  @Override
  public final BoundFunction bind(StructType found) {
    DataType[] types =
        Arrays.stream(found.fields()).map(StructField::dataType).toArray(DataType[]::new);
    if (!Arrays.equals(types, inputTypes)) {
      throw new UnsupportedOperationException(
          name + ": found " + found.simpleString() + ", expected " + Arrays.toString(inputTypes));
    }
    return this;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String canonicalName() {
    return GeoFunctions.CATALOG + "." + editions.id() + "." + name;
  }

  @Override
  public final String description() {
    return canonicalName() + Arrays.toString(inputTypes);
  }

  @Override
  public final DataType[] inputTypes() {
    return inputTypes.clone();
  }

  @Override
  public final DataType resultType() {
    return resultType;
  }
}

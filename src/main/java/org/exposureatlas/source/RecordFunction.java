package org.exposureatlas.source;

import java.util.Arrays;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A function of values of a record. Spark calls the {@code invoke} of its class from generated
 * code, with the bytes of a text as they stand in the column.
 */
abstract class RecordFunction<R> implements UnboundFunction, ScalarFunction<R> {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final DataType resultType;
  private final DataType[] inputTypes;

  RecordFunction(String name, DataType resultType, DataType... inputTypes) {
    this.name = name;
    this.resultType = resultType;
    this.inputTypes = inputTypes;
  }

  @Override
  public final BoundFunction bind(StructType found) {
    if (found.size() != inputTypes.length) {
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
    return RecordFunctions.CATALOG + "." + name;
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

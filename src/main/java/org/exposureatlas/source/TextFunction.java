package org.exposureatlas.source;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A function of one text. Spark calls the {@code invoke} of its class from generated code, with the
 * bytes of the text as they stand in the column.
 */
abstract class TextFunction<R> implements UnboundFunction, ScalarFunction<R> {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final DataType resultType;

  TextFunction(String name, DataType resultType) {
    this.name = name;
    this.resultType = resultType;
  }

  @Override
  public final BoundFunction bind(StructType found) {
    if (found.size() != 1) {
      throw new UnsupportedOperationException(
          name + ": found " + found.simpleString() + ", expected one text");
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
    return canonicalName() + "(string)";
  }

  @Override
  public final DataType[] inputTypes() {
    return new DataType[] {DataTypes.StringType};
  }

  @Override
  public final DataType resultType() {
    return resultType;
  }
}

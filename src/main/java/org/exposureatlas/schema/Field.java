package org.exposureatlas.schema;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/** One declared column of a table. */
public record Field(String name, DataType type) {

  /** The column of this name. */
  public Column col() {
    return functions.col(name);
  }

  /** {@code expression}, cast to the declared type and named as this column. */
  public Column from(Column expression) {
    return expression.cast(type).as(name);
  }
}

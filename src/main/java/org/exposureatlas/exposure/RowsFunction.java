package org.exposureatlas.exposure;

import java.io.Serializable;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.AggregateFunction;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * An aggregate over rows of one form. It looks at rows as Spark holds them, whose values are read
 * by position.
 *
 * @param <S> what is kept of the rows of a group
 * @param <R> Spark's form of the result
 */
abstract class RowsFunction<S extends RowsFunction.State<S>, R>
    implements UnboundFunction, AggregateFunction<S, R> {

  private static final long serialVersionUID = 1L;

  /** What is kept of the rows of a group. */
  interface State<S> extends Serializable {

    /** Adds a row, which stays as it is. */
    void add(InternalRow row);

    /** Adds what is kept of other rows of the group. */
    void add(S others);
  }

  private final String name;
  private final StructType rows;
  private final DataType resultType;

  RowsFunction(String name, StructType rows, DataType resultType) {
    this.name = name;
    this.rows = rows;
    this.resultType = resultType;
  }

  /**
   * The columns of the form, by their names, as one. Made before rows are brought together, it
   * passes as a whole through what follows.
   */
  static Column packed(StructType rows) {
    return functions.struct(
        Stream.of(rows.fieldNames()).map(functions::col).toArray(Column[]::new));
  }

  @Override
  public final S update(S state, InternalRow arguments) {
    state.add(arguments.getStruct(0, rows.size()).copy());
    return state;
  }

  @Override
  public final S merge(S state, S others) {
    state.add(others);
    return state;
  }

  @Override
  public final BoundFunction bind(StructType found) {
    if (found.size() != 1
        || !(found.fields()[0].dataType() instanceof StructType row && row.size() == rows.size())) {
      throw new UnsupportedOperationException(
          name + ": found " + found.simpleString() + ", expected " + rows.simpleString());
    }
    return this;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String canonicalName() {
    return getClass().getName();
  }

  @Override
  public final String description() {
    return name + " of " + rows.simpleString();
  }

  @Override
  public final DataType[] inputTypes() {
    return new DataType[] {rows};
  }

  @Override
  public final DataType resultType() {
    return resultType;
  }
}

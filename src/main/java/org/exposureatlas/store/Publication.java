package org.exposureatlas.store;

import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.TableSchema;

/**
 * Rows to publish in one table.
 *
 * @param table the table
 * @param rows makes all rows of the dates published, conforming to the table; called when the
 *     tables before it in the same publication are written, and may read them
 * @param order a long that is not NULL, of the columns of a row: each task writes its rows in this
 *     order, as readers would have them; none: as they come
 * @param counting what is counted of them on the way; none without an order
 */
public record Publication(
    TableSchema table,
    Function<Staged, Dataset<Row>> rows,
    Optional<Column> order,
    Optional<Counting> counting) {

  /** The rows just written, not yet published, of a table of the same publication. */
  @FunctionalInterface
  public interface Staged {

    /** Rows of the dates being published. */
    Dataset<Row> read(TableSchema table);
  }

  /** Rows as they come. */
  public Publication(TableSchema table, Function<Staged, Dataset<Row>> rows) {
    this(table, rows, Optional.empty(), Optional.empty());
  }

  /** Rows that need no other table. */
  public static Publication of(TableSchema table, Dataset<Row> rows) {
    return new Publication(table, staged -> rows);
  }

  /** The same, in an order. */
  public static Publication ordered(TableSchema table, Dataset<Row> rows, Column order) {
    return new Publication(table, staged -> rows, Optional.of(order), Optional.empty());
  }

  /** The same, counted. */
  public Publication counted(Counting counts) {
    return new Publication(table, rows, order, Optional.of(counts));
  }
}

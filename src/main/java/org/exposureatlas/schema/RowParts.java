package org.exposureatlas.schema;

import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows that come to the driver a part at a time. */
public final class RowParts {

  private RowParts() {}

  /**
   * Hands every row to {@code taker}, part after part. The tasks see the settings of the session,
   * as those of a query do; Spark's iterator alone does not tell them.
   */
  public static void forEach(Dataset<Row> rows, Consumer<Row> taker) {
    SessionSettings.seenByTasksOf(
        rows.sparkSession(), () -> rows.toLocalIterator().forEachRemaining(taker));
  }
}

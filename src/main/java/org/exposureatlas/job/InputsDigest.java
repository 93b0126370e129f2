package org.exposureatlas.job;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.Field;

/** A digest of all that rows were found from, stored with them: tells whether they still hold. */
final class InputsDigest {

  private InputsDigest() {}

  /**
   * The digest of inputs.
   *
   * @param inputs names them; another text where anything may be different
   */
  static String of(String inputs) {
    return UUID.nameUUIDFromBytes(inputs.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * What rows were found from; empty where there are none.
   *
   * @param rows stored together
   * @param column names what they were found from, the same in all
   */
  static Optional<String> stored(Dataset<Row> rows, Field column) {
    return rows.select(column.col()).as(Encoders.STRING()).takeAsList(1).stream().findFirst();
  }
}

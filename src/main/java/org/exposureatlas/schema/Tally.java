package org.exposureatlas.schema;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * What can be counted of the rows of a table while they are written: how many there are by the
 * values of some columns, and how many of them give each of others.
 *
 * @param keys names of columns of single values, few of them different
 * @param given what else is counted
 */
public record Tally(List<String> keys, List<Given> given) implements Serializable {

  /**
   * A column of single values that a row gives or not.
   *
   * @param nothing texts that say as little as NULL
   */
  public record Given(String column, Set<String> nothing) implements Serializable {}

  /**
   * Rows with the same keys.
   *
   * @param keys their values
   * @param rows how many there are
   * @param given how many of them give each column of {@link Tally#given}
   */
  public record Group(Row keys, long rows, long... given) implements Serializable {

    /** This and more rows with the same keys. */
    public Group plus(Group more) {
      return new Group(
          keys,
          rows + more.rows,
          IntStream.range(0, given.length).mapToLong(i -> given[i] + more.given[i]).toArray());
    }
  }
}

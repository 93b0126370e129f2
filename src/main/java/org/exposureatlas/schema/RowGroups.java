package org.exposureatlas.schema;

import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/**
 * Rows made of all rows with the same key, a group in memory at a time. Spark's own typed groups
 * compile code for the rows they take and make, even where everything else is interpreted.
 */
public final class RowGroups {

  private static final String ROWS = "rows";
  private static final String OTHERS = "others";

  /** Makes rows of those of a group, which come in no order. */
  @FunctionalInterface
  public interface Maker extends Serializable {

    /** The rows made, whose values are in the order of the columns. */
    List<Row> make(List<Row> rows);
  }

  /** Makes rows of those of a group and of the others with its key. */
  @FunctionalInterface
  public interface PairMaker extends Serializable {

    /** The same; {@code others} may be empty. */
    List<Row> make(List<Row> rows, List<Row> others);
  }

  private RowGroups() {}

  /**
   * What {@code maker} makes of each group.
   *
   * @param key columns of {@code rows}
   * @param made the columns of the rows made
   */
  public static Dataset<Row> made(
      Dataset<Row> rows, List<Field> key, Maker maker, StructType made) {
    UDF1<Row, List<Row>> make = group -> maker.make(group.getList(0));
    return made(grouped(rows, key, ROWS), make, made, ROWS);
  }

  /**
   * What {@code maker} makes of each group of {@code rows} together with the others of its key.
   *
   * @param key columns of both
   * @param made the columns of the rows made
   */
  public static Dataset<Row> made(
      Dataset<Row> rows, Dataset<Row> others, List<Field> key, PairMaker maker, StructType made) {
    UDF1<Row, List<Row>> make =
        group -> maker.make(group.getList(0), group.isNullAt(1) ? List.of() : group.getList(1));
    String[] names = key.stream().map(Field::name).toArray(String[]::new);
    // both are sorted; to broadcast one, as Spark would by the size of its columns, takes a heap
    Dataset<Row> pairs =
        grouped(rows, key, ROWS).join(grouped(others, key, OTHERS).hint("merge"), names, "left");
    return made(pairs, make, made, ROWS, OTHERS);
  }

  /** Sorted first, or thousands of groups would be in memory until all are complete. */
  private static Dataset<Row> grouped(Dataset<Row> rows, List<Field> key, String name) {
    Column[] keys = key.stream().map(Field::col).toArray(Column[]::new);
    return rows.repartition(keys)
        .sortWithinPartitions(keys)
        .groupBy(keys)
        .agg(collect_list(struct(columns(rows.columns()))).as(name));
  }

  private static Dataset<Row> made(
      Dataset<Row> groups, UDF1<Row, List<Row>> make, StructType made, String... parts) {
    Column rows = udf(make, new ArrayType(made, false)).apply(struct(columns(parts)));
    return groups.select(inline(rows));
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(functions::col).toArray(Column[]::new);
  }
}

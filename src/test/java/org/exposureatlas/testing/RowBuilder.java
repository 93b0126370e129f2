package org.exposureatlas.testing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;

/**
 * A row of a table in which a test sets only what its rule needs; the rest is NULL or a default.
 */
public final class RowBuilder {

  private final TableSchema table;
  private final Map<String, Object> values = new HashMap<>();

  private RowBuilder(TableSchema table) {
    this.table = table;
  }

  public static RowBuilder of(TableSchema table) {
    return new RowBuilder(table);
  }

  public RowBuilder with(Field field, Object value) {
    table.field(field.name());
    values.put(field.name(), value);
    return this;
  }

  public Row row() {
    return RowFactory.create(
        Arrays.stream(table.structType().fieldNames()).map(values::get).toArray());
  }

  public static Dataset<Row> rows(SparkSession spark, TableSchema table, RowBuilder... builders) {
    List<Row> rows = Arrays.stream(builders).map(RowBuilder::row).toList();
    return spark.createDataFrame(rows, table.relaxed());
  }
}

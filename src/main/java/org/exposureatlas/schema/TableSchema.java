package org.exposureatlas.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The declared shape of a table, read from {@code data-schemas/<name>.json}.
 *
 * @param name table name
 * @param structType columns in published order, with comments and units as metadata
 * @param partitionColumns columns the table is partitioned by, outermost first; may be empty
 */
public record TableSchema(String name, StructType structType, List<String> partitionColumns) {

  public TableSchema {
    partitionColumns = List.copyOf(partitionColumns);
  }

  static TableSchema load(String name, String... partitionColumns) {
    String resource = "/data-schemas/" + name + ".json";
    try (InputStream in = TableSchema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no schema " + resource + " on the class path");
      }
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      StructType type = (StructType) DataType.fromJson(json);
      Arrays.stream(partitionColumns).forEach(type::apply);
      return new TableSchema(name, type, List.of(partitionColumns));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /**
   * The declared column {@code column}.
   *
   * @throws IllegalArgumentException if the schema lacks it
   */
  public Field field(String column) {
    return new Field(column, structType.apply(column).dataType());
  }

  /** All declared columns, in published order. */
  public List<Field> fields() {
    return Arrays.stream(structType.fieldNames()).map(this::field).toList();
  }

  /** The table without rows. */
  public Dataset<Row> empty(SparkSession spark) {
    return spark.createDataFrame(List.of(), relaxed());
  }

  /** All columns, in published order. */
  public Column[] columns() {
    return Arrays.stream(structType.fieldNames()).map(functions::col).toArray(Column[]::new);
  }

  /**
   * {@code rows} with exactly the declared columns, in order and type. Nullability is relaxed;
   * {@code nullable: false} is verified when the table is published. Arrays and maps stay as they
   * are, which {@link Dataset#to} would copy value by value.
   *
   * @throws IllegalArgumentException for a column that is missing, or that the declared type cannot
   *     hold whatever its value
   */
  public Dataset<Row> conform(Dataset<Row> rows) {
    StructType found = rows.schema();
    if (found.equals(relaxed())) {
      return rows;
    }
    return rows.select(
        Arrays.stream(relaxed().fields())
            .map(declared -> conform(found.apply(declared.name()).dataType(), declared))
            .toArray(Column[]::new));
  }

  private Column conform(DataType found, StructField declared) {
    if (!Cast.canUpCast(found, declared.dataType())) {
      throw new IllegalArgumentException(
          name
              + "."
              + declared.name()
              + ": found "
              + found.simpleString()
              + ", expected "
              + declared.dataType().simpleString());
    }
    return functions
        .col(declared.name())
        .cast(declared.dataType())
        .as(declared.name(), declared.metadata());
  }

  /**
   * The declared columns and their elements, all of them nullable, as every read from Parquet makes
   * them.
   */
  public StructType relaxed() {
    StructField[] fields =
        Arrays.stream(structType.fields())
            .map(f -> new StructField(f.name(), relaxed(f.dataType()), true, f.metadata()))
            .toArray(StructField[]::new);
    return new StructType(fields);
  }

  private static DataType relaxed(DataType type) {
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(array.elementType(), true);
    }
    if (type instanceof MapType map) {
      return DataTypes.createMapType(map.keyType(), map.valueType(), true);
    }
    return type;
  }
}

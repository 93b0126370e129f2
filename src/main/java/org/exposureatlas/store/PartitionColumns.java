package org.exposureatlas.store;

import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The columns that a table is partitioned by, as they are: none of them is transformed. */
final class PartitionColumns {

  private final Table table;
  private final StructType type;
  private final int[] columns;

  PartitionColumns(Table table) {
    this.table = table;
    type = SparkSchemaUtil.convert(table.schema());
    columns =
        table.spec().fields().stream().mapToInt(field -> type.fieldIndex(field.name())).toArray();
  }

  int count() {
    return columns.length;
  }

  /** Which column of the table it is. */
  int index(int partitionColumn) {
    return columns[partitionColumn];
  }

  DataType type(int partitionColumn) {
    return type.fields()[columns[partitionColumn]].dataType();
  }

  /** The partition of a row. */
  PartitionKey of(InternalRow row) {
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    for (int i = 0; i < columns.length; i++) {
      key.set(i, row.isNullAt(columns[i]) ? null : value(row, i));
    }
    return key;
  }

  /** As Iceberg holds it. */
  private Object value(InternalRow row, int partitionColumn) {
    Object value = row.get(columns[partitionColumn], type(partitionColumn));
    return value instanceof UTF8String text ? text.toString() : value;
  }
}

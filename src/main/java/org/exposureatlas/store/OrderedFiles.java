package org.exposureatlas.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes the rows of one task column by column, where Iceberg's writer for Spark takes them value
 * by value. Every row group is in the order of a number that follows the columns of a row; a file
 * ends where the partition changes.
 */
final class OrderedFiles implements Closeable {

  private final Table table;
  private final Counting counting;
  private final StructType type;
  private final OutputFileFactory names;
  private final int[] partitionColumns;
  private final Object[] partition;
  private final RowGroup rows;
  private final List<DataFile> finished = new ArrayList<>();
  private OrderedFile file;

  private OrderedFiles(Table table, Counting counting, TaskContext task) {
    this.table = table;
    this.counting = counting;
    type = SparkSchemaUtil.convert(table.schema());
    names =
        OutputFileFactory.builderFor(table, task.partitionId(), task.taskAttemptId())
            .format(FileFormat.PARQUET)
            .build();
    partitionColumns =
        table.spec().fields().stream().mapToInt(field -> type.fieldIndex(field.name())).toArray();
    partition = new Object[partitionColumns.length];
    rows = RowGroup.of(type);
  }

  /**
   * Writes the rows of this task; leaves no file when it fails.
   *
   * @param counting what to count of them; null: nothing
   * @param rows columns of the table, whose partitions are columns, and the order of the row, in
   *     Spark's binary format, as every projection gives them
   */
  static List<DataFile> write(Table table, Counting counting, Iterator<InternalRow> rows)
      throws IOException {
    try (OrderedFiles files = new OrderedFiles(table, counting, TaskContext.get())) {
      while (rows.hasNext()) {
        files.add((UnsafeRow) rows.next());
      }
      return files.finish();
    }
  }

  private void add(UnsafeRow row) throws IOException {
    if (file == null || !isOfPartition(row)) {
      endFile();
      beginFile(row);
    }
    rows.add(row);
    if (rows.isFull()) {
      writeRows();
    }
  }

  private boolean isOfPartition(UnsafeRow row) {
    for (int i = 0; i < partition.length; i++) {
      if (!Objects.equals(partition[i], value(row, i))) {
        return false;
      }
    }
    return true;
  }

  private Object value(UnsafeRow row, int partitionColumn) {
    int column = partitionColumns[partitionColumn];
    return row.isNullAt(column) ? null : row.get(column, type.fields()[column].dataType());
  }

  private void beginFile(UnsafeRow row) throws IOException {
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    for (int i = 0; i < partition.length; i++) {
      partition[i] = value(row, i);
      if (partition[i] instanceof UTF8String text) {
        partition[i] = text.copy();
        key.set(i, text.toString());
      } else {
        key.set(i, partition[i]);
      }
    }
    file =
        new OrderedFile(table, key, names.newOutputFile(table.spec(), key).encryptingOutputFile());
  }

  private void writeRows() throws IOException {
    int[] order = rows.sorted();
    if (counting != null) {
      rows.count(counting, order);
    }
    file.write(rows, order);
  }

  private void endFile() throws IOException {
    if (file != null) {
      if (!rows.isEmpty()) {
        writeRows();
      }
      finished.add(file.finish());
      file.close();
      file = null;
    }
  }

  private List<DataFile> finish() throws IOException {
    endFile();
    rows.release();
    List<DataFile> files = List.copyOf(finished);
    finished.clear();
    return files;
  }

  /** Deletes what was written and not handed on. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      table.io().deleteFile(file.location());
    }
    finished.forEach(written -> table.io().deleteFile(written.location()));
  }
}

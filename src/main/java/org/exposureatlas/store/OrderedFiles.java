package org.exposureatlas.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
import org.apache.spark.unsafe.array.ByteArrayMethods;
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
  private final RowGroup rows;
  private final RowBlock block;
  private final List<DataFile> finished = new ArrayList<>();
  private OrderedFile file;

  /** The first row of the file. */
  private UnsafeRow first;

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
    rows = RowGroup.of(type);
    block = new RowBlock(type.size() + 1);
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
    block.add(row);
    if (block.isFull()) {
      takeBlock();
    }
  }

  private void takeBlock() throws IOException {
    int from = 0;
    for (int row = 0; row < block.rows(); row++) {
      if (file == null || !isOfPartition(row)) {
        rows.add(block, from, row);
        endFile();
        beginFile(block.copy(row));
        from = row;
      }
    }
    rows.add(block, from, block.rows());
    block.clear();
    if (rows.isFull()) {
      writeRows();
    }
  }

  private boolean isOfPartition(int row) {
    for (int column : partitionColumns) {
      if (block.isNull(row, column) != first.isNullAt(column) || !hasValueOfFirst(row, column)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasValueOfFirst(int row, int column) {
    long word = block.word(row, column);
    long own = first.getLong(column);
    if (UnsafeRow.isFixedLength(type.fields()[column].dataType())) {
      return word == own;
    }
    int length = TextEntries.length(own);
    return TextEntries.length(word) == length
        && ByteArrayMethods.arrayEquals(
            block.bytes(),
            block.place(row) + TextEntries.place(word),
            first.getBaseObject(),
            first.getBaseOffset() + TextEntries.place(own),
            length);
  }

  private void beginFile(UnsafeRow row) throws IOException {
    first = row;
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    for (int i = 0; i < partitionColumns.length; i++) {
      key.set(i, value(partitionColumns[i]));
    }
    file =
        new OrderedFile(table, key, names.newOutputFile(table.spec(), key).encryptingOutputFile());
  }

  /** Of the first row, as Iceberg holds it. */
  private Object value(int column) {
    Object value =
        first.isNullAt(column) ? null : first.get(column, type.fields()[column].dataType());
    return value instanceof UTF8String text ? text.toString() : value;
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
    takeBlock();
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

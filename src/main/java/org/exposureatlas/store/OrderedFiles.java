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

/**
 * Writes the rows of one task column by column, where Iceberg's writer for Spark takes them value
 * by value. Every row group is in the order of a number that follows the columns of a row; a file
 * ends where the partition changes.
 */
final class OrderedFiles implements Closeable {

  private final Table table;
  private final Counting counting;
  private final OutputFileFactory names;
  private final PartitionColumns partitions;
  private final RowGroup rows;
  private final RowBlock block;
  private final List<DataFile> finished = new ArrayList<>();
  private OrderedFile file;

  /** The first row of the file. */
  private UnsafeRow first;

  private OrderedFiles(Table table, Counting counting, TaskContext task) {
    this.table = table;
    this.counting = counting;
    StructType type = SparkSchemaUtil.convert(table.schema());
    names =
        OutputFileFactory.builderFor(table, task.partitionId(), task.taskAttemptId())
            .format(FileFormat.PARQUET)
            .build();
    partitions = new PartitionColumns(table);
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
    for (int i = 0; i < partitions.count(); i++) {
      int column = partitions.index(i);
      if (block.isNull(row, column) != first.isNullAt(column) || !hasValueOfFirst(row, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasValueOfFirst(int row, int partitionColumn) {
    int column = partitions.index(partitionColumn);
    long word = block.word(row, column);
    long own = first.getLong(column);
    if (UnsafeRow.isFixedLength(partitions.type(partitionColumn))) {
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
    PartitionKey key = partitions.of(row);
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

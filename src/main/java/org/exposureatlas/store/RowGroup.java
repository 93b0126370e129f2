package org.exposureatlas.store;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.array.LongArray;
import org.apache.spark.unsafe.memory.MemoryBlock;
import org.apache.spark.util.collection.unsafe.sort.RadixSort;

/**
 * Rows kept column by column, to be written as one row group of a Parquet file in ascending order
 * of a number that follows the columns of each.
 */
final class RowGroup {

  /** Those of tasks that ended, whose arrays have grown to the size of a task. */
  private static final Queue<WeakReference<RowGroup>> IDLE = new ConcurrentLinkedQueue<>();

  private final StructType type;
  private final ColumnValues[] columns;
  private long[] orders = new long[ColumnValues.INITIAL_ROWS];
  private int rows;
  private long bytes;

  private RowGroup(StructType type) {
    this.type = type;
    columns =
        Arrays.stream(type.fields())
            .map(field -> ColumnValues.of(field.dataType()))
            .toArray(ColumnValues[]::new);
  }

  /** Without rows, for the columns of {@code type}. */
  static RowGroup of(StructType type) {
    for (WeakReference<RowGroup> next = IDLE.poll(); next != null; next = IDLE.poll()) {
      RowGroup idle = next.get();
      if (idle != null && idle.type.equals(type)) {
        return idle;
      }
    }
    return new RowGroup(type);
  }

  /** Gives it up to another task, once all its rows are written. */
  void release() {
    IDLE.add(new WeakReference<>(this));
  }

  /** Adds rows of a block, those before {@code to}. */
  void add(RowBlock block, int from, int to) {
    if (rows + to - from > orders.length) {
      orders = Arrays.copyOf(orders, 2 * orders.length);
    }
    for (int i = 0; i < columns.length; i++) {
      bytes += columns[i].add(block, from, to, i);
    }
    for (int row = from; row < to; row++) {
      orders[rows++] = block.word(row, columns.length);
    }
  }

  /** Counts all rows, which {@code order} lists. */
  void count(Counting counting, int... order) {
    new TallyCounter(counting, type, columns).count(order);
  }

  boolean isEmpty() {
    return rows == 0;
  }

  /** Whether the rows kept are enough for a row group. */
  boolean isFull() {
    return bytes >= FileProperties.ROW_GROUP_BYTES;
  }

  /** Writes all rows as {@code order} lists them, and forgets them. */
  void writeTo(
      ParquetFileWriter file,
      MessageType schema,
      ParquetProperties properties,
      CompressionCodecFactory.BytesInputCompressor compressor,
      int... order)
      throws IOException {
    file.startBlock(rows);
    try (ColumnChunkPageWriteStore chunks =
        new ColumnChunkPageWriteStore(
            compressor,
            schema,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled())) {
      for (int i = 0; i < columns.length; i++) {
        write(columns[i], schema.getColumns().get(i), chunks, properties, order);
      }
      chunks.flushToFileWriter(file);
    }
    file.endBlock();
    clear();
  }

  private static void write(
      ColumnValues values,
      ColumnDescriptor column,
      ColumnChunkPageWriteStore chunks,
      ParquetProperties properties,
      int... order)
      throws IOException {
    int pageRows = properties.getPageRowCountLimit();
    try (ColumnPages pages =
        new ColumnPages(column, chunks.getPageWriter(column), properties, values.entries())) {
      for (int from = 0; from < order.length; from += pageRows) {
        int to = Math.min(from + pageRows, order.length);
        values.write(pages, order, from, to);
        pages.endPage(to - from);
      }
      pages.end();
    }
  }

  /**
   * Rows by their order, equal ones as they came. They are sorted as pairs, which needs as much
   * room again.
   */
  int[] sorted() {
    long[] pairs = new long[4 * rows];
    for (int i = 0; i < rows; i++) {
      pairs[2 * i] = i;
      pairs[2 * i + 1] = orders[i];
    }
    int start =
        RadixSort.sortKeyPrefixArray(
            new LongArray(MemoryBlock.fromLongArray(pairs)),
            0,
            rows,
            0,
            Long.BYTES - 1,
            false,
            true);
    return IntStream.range(0, rows).map(i -> (int) pairs[start + 2 * i]).toArray();
  }

  private void clear() {
    for (ColumnValues column : columns) {
      column.clear();
    }
    rows = 0;
    bytes = 0;
  }
}

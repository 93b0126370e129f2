package org.exposureatlas.ndjson;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.exposureatlas.raw.RawFile;
import org.exposureatlas.raw.RawFilePartition;

/** Reads one raw file as batches of the wanted columns. */
final class BatchReader implements PartitionReader<ColumnarBatch> {

  /** With long texts these take 600 kB, which stay in a cache of a core until Spark takes them. */
  private static final int BATCH_ROWS = 512;

  private static final long BATCH_BYTES = 8 << 20;

  private final List<JsonField> fields;
  private final RawRecords records;
  private final JsonScanner scanner;
  private final RowAppender appender;
  private final ColumnVector[] vectors;
  private final ColumnVector[] fieldVectors;
  private final WritableColumnVector lines;
  private final TextVector reasons;
  private final TextVector details;
  private final ColumnarBatch batch;
  private final JsonScanner.Spans elements = new JsonScanner.Spans();
  private final Inheritance inheritance;

  private int rows;
  private long bytes;
  private int nextElement;

  BatchReader(ReadPlan plan, RawFilePartition partition, Configuration hadoop) throws IOException {
    fields = plan.fields();
    records = new RawRecords(RawFile.open(partition, hadoop), plan.maxLineBytes());
    scanner = new JsonScanner(PathTrie.of(fields, plan.explodedMembers()), fields.size());
    appender = new RowAppender(fields, scanner);
    inheritance = new Inheritance(fields);
    vectors =
        Arrays.stream(plan.columns().fields())
            .map(column -> vector(column.dataType()))
            .toArray(ColumnVector[]::new);
    List<String> columns = List.of(plan.columns().fieldNames());
    fieldVectors =
        fields.stream().map(field -> vectorOf(field.name(), columns)).toArray(ColumnVector[]::new);
    lines = (WritableColumnVector) vectorOf("line", columns);
    reasons = (TextVector) vectorOf("reason", columns);
    details = (TextVector) vectorOf("detail", columns);
    batch = new ColumnarBatch(withFile(partition.name(), columns.indexOf("file")));
  }

  /** For the rows of a batch; {@link #clear} comes before the first. */
  static ColumnVector vector(DataType type) {
    return type.equals(DataTypes.StringType)
        ? new TextVector(BATCH_ROWS)
        : new OnHeapColumnVector(BATCH_ROWS, type);
  }

  /** The vector of a column; null: not asked for. */
  private ColumnVector vectorOf(String name, List<String> columns) {
    int column = columns.indexOf(name);
    return column < 0 ? null : vectors[column];
  }

  /** The vectors, with one value for all rows of the column {@code file}. */
  private ColumnVector[] withFile(String name, int column) {
    ColumnVector[] columns = vectors.clone();
    if (column >= 0) {
      ConstantColumnVector file = new ConstantColumnVector(BATCH_ROWS, DataTypes.StringType);
      file.setUtf8String(UTF8String.fromString(name));
      columns[column] = file;
    }
    return columns;
  }

  @Override
  public boolean next() {
    rows = 0;
    bytes = 0;
    appender.startBatch();
    for (ColumnVector vector : vectors) {
      clear(vector);
    }
    while (rows < BATCH_ROWS && bytes < BATCH_BYTES && readRecord()) {
      // until the batch is full or the file ends
    }
    batch.setNumRows(rows);
    return rows > 0;
  }

  /** Makes all rows NULL. */
  static void clear(ColumnVector vector) {
    if (vector instanceof WritableColumnVector plain) {
      plain.reset();
      plain.putNulls(0, BATCH_ROWS);
    } else {
      ((TextVector) vector).clear();
    }
  }

  /** Reads an element left of a carrier, or the next record; false at the end of the file. */
  private boolean readRecord() {
    if (nextElement < elements.size()) {
      int element = nextElement++;
      append(elements.start(element), elements.end(element), Elements.PLAIN);
      return true;
    }
    if (records.nextScanned(scanner)) {
      appendScanned(records.start(), records.end(), Elements.EXPLODED);
      return true;
    }
    if (!records.next()) {
      return false;
    }
    if (records.problem() != null) {
      reject(records.problem());
    } else if (isBlank()) {
      reject(new Reject(Reject.BLANK, ""));
    } else {
      append(records.start(), records.end(), Elements.EXPLODED);
    }
    return true;
  }

  private enum Elements {
    EXPLODED,
    PLAIN
  }

  private void append(int start, int end, Elements mode) {
    try {
      scanner.scan(records.bytes(), start, end);
    } catch (Reject reject) {
      reject(reject);
      return;
    }
    appendScanned(start, end, mode);
  }

  private void appendScanned(int start, int end, Elements mode) {
    try {
      if (mode == Elements.PLAIN) {
        inheritance.complete(scanner);
      } else if (scanner.isCarrier()) {
        keepElements();
        return;
      }
      appender.convert(records.bytes());
    } catch (Reject reject) {
      reject(reject);
      return;
    }
    for (int field = 0; field < fieldVectors.length; field++) {
      if (fieldVectors[field] != null) {
        appender.put(records.bytes(), field, fieldVectors[field], rows);
      }
    }
    endRow();
    bytes += end - start;
  }

  /** A carrier without records counts as a blank line. */
  private void keepElements() throws Reject {
    if (scanner.exploded().size() == 0) {
      throw new Reject(Reject.BLANK, "");
    }
    inheritance.note(scanner);
    elements.clear();
    nextElement = 0;
    for (int i = 0; i < scanner.exploded().size(); i++) {
      elements.add(scanner.exploded().start(i), scanner.exploded().end(i));
    }
  }

  private void reject(Reject reject) {
    put(reasons, reject.reason());
    put(details, reject.detail());
    endRow();
  }

  private void endRow() {
    if (lines != null) {
      lines.putNotNull(rows);
      lines.putLong(rows, records.line());
    }
    rows++;
  }

  private void put(TextVector vector, String text) {
    if (vector != null) {
      vector.put(rows, RowAppender.detail(text));
    }
  }

  private boolean isBlank() {
    for (int i = records.start(); i < records.end(); i++) {
      if (!JsonScanner.isSpace(records.bytes()[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  @Override
  public void close() throws IOException {
    batch.close();
    records.close();
  }
}

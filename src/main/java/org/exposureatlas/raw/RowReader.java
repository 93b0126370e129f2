package org.exposureatlas.raw;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;

/** Gives the records of one raw file as rows of the columns asked for. */
public final class RowReader implements PartitionReader<InternalRow> {

  private static final int MAX_DETAIL = 200;

  private final RawRows records;
  private final String[] columns;
  private final int[] fields;

  /**
   * A reader of {@code records}.
   *
   * @param names names of the wanted fields, in the order of {@link RawRows#value}
   * @param columns columns asked for
   */
  public RowReader(RawRows records, List<String> names, String... columns) {
    this.records = records;
    this.columns = columns.clone();
    fields = List.of(columns).stream().mapToInt(names::indexOf).toArray();
  }

  @Override
  public boolean next() {
    return records.next();
  }

  @Override
  public InternalRow get() {
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields[i] < 0 ? added(columns[i]) : field(fields[i]);
    }
    return new GenericInternalRow(values);
  }

  private Object field(int field) {
    return records.reason() == null ? UTF8String.fromString(records.value(field)) : null;
  }

  private Object added(String column) {
    return switch (column) {
      case "file" -> UTF8String.fromString(records.file());
      case "line" -> records.line();
      case "reason" -> UTF8String.fromString(records.reason());
      case "detail" -> UTF8String.fromString(shown(records.detail()));
      default -> throw new IllegalArgumentException("no column " + column);
    };
  }

  private static String shown(String detail) {
    if (detail == null) {
      return null;
    }
    String safe = detail.replaceAll("\\p{Cntrl}", " ");
    return safe.substring(0, Math.min(MAX_DETAIL, safe.length()));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

package org.exposureatlas.ndjson;

import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** Texts of a batch. Spark's vectors keep bytes, and make an object whenever a text is read. */
final class TextVector extends ColumnVector {

  private final UTF8String[] texts;

  /** All rows are NULL. */
  TextVector(int rows) {
    super(DataTypes.StringType);
    texts = new UTF8String[rows];
  }

  void put(int row, UTF8String text) {
    texts[row] = text;
  }

  /** Makes all rows NULL. */
  void clear() {
    Arrays.fill(texts, null);
  }

  @Override
  public UTF8String getUTF8String(int row) {
    return texts[row];
  }

  @Override
  public boolean isNullAt(int row) {
    return texts[row] == null;
  }

  @Override
  public boolean hasNull() {
    return numNulls() > 0;
  }

  @Override
  public int numNulls() {
    return (int) Arrays.stream(texts).filter(Objects::isNull).count();
  }

  @Override
  public void close() {
    clear();
  }

  @Override
  public byte[] getBinary(int row) {
    return texts[row] == null ? null : texts[row].getBytes();
  }

  @Override
  public boolean getBoolean(int row) {
    throw isText();
  }

  @Override
  public byte getByte(int row) {
    throw isText();
  }

  @Override
  public short getShort(int row) {
    throw isText();
  }

  @Override
  public int getInt(int row) {
    throw isText();
  }

  @Override
  public long getLong(int row) {
    throw isText();
  }

  @Override
  public float getFloat(int row) {
    throw isText();
  }

  @Override
  public double getDouble(int row) {
    throw isText();
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    throw isText();
  }

  @Override
  public ColumnarArray getArray(int row) {
    throw isText();
  }

  @Override
  public ColumnarMap getMap(int row) {
    throw isText();
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw isText();
  }

  private static UnsupportedOperationException isText() {
    return new UnsupportedOperationException("a column of texts was asked for something else");
  }
}

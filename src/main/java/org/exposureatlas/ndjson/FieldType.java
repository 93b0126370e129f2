package org.exposureatlas.ndjson;

import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What a field accepts and becomes; JSON null, and absence, are NULL for each. */
public enum FieldType {
  /** A JSON string. */
  STRING(DataTypes.StringType, "string"),
  /** A JSON string, or the text of a number or boolean. */
  TEXT(DataTypes.StringType, "string, number or boolean"),
  /** A JSON number without fraction, such as 12, 12.0 or 1e3, that fits 64 bits. */
  LONG(DataTypes.LongType, "integer"),
  /** A JSON number. */
  DOUBLE(DataTypes.DoubleType, "number"),
  /** True or false. */
  BOOLEAN(DataTypes.BooleanType, "boolean"),
  /** Any value, as the text it has in the document. */
  JSON(DataTypes.StringType, "value");

  private final DataType dataType;
  private final String expected;

  FieldType(DataType dataType, String expected) {
    this.dataType = dataType;
    this.expected = expected;
  }

  DataType dataType() {
    return dataType;
  }

  boolean isText() {
    return dataType.equals(DataTypes.StringType);
  }

  String expected() {
    return expected;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FieldType of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}

package org.exposureatlas.source;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.try_add;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.exposureatlas.csv.CsvColumn;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.xml.XmlField;

/** What the texts and numbers of scan sources mean, whatever way they are written. */
final class RawValues {

  private static final String IDENTITY = "^[A-Za-z0-9_.:-]{6,100}$";

  private RawValues() {}

  /** The column of {@code field}. */
  static Column column(JsonField field) {
    return functions.col(field.name());
  }

  /** Text without spaces around it; NULL where nothing is left. */
  static Column text(JsonField field) {
    return text(column(field));
  }

  /** The same for a column of a CSV file. */
  static Column text(CsvColumn column) {
    return text(functions.col(column.name()));
  }

  /** The same for a value of an XML document. */
  static Column text(XmlField field) {
    return text(functions.col(field.name()));
  }

  /** The same for any text. */
  static Column text(Column text) {
    return RecordFunctions.call(TrimmedFunction.NAME, text);
  }

  /**
   * A whole number of 64 bits, written as 12, 12.0 or 1.2e1; NULL for every other text, such as
   * 1.5, 1,000, 5 GB or NaN. Negative numbers are kept: the table marks them.
   */
  static Column whole(Column text) {
    return RecordFunctions.call(WholeNumberFunction.NAME, text);
  }

  /** The same for a field. */
  static Column whole(JsonField field) {
    return whole(column(field));
  }

  /** Whether any of {@code texts} says something that is no whole number; never NULL. */
  static Column unreadable(Column... texts) {
    return Arrays.stream(texts)
        .map(text -> RecordFunctions.call(UnreadableFunction.NAME, text))
        .reduce(lit(false), Column::or);
  }

  /** Sum of the known numbers of an array; NULL where there is none, or beyond 64 bits. */
  static Column sum(Column numbers) {
    Column known = filter(numbers, Column::isNotNull);
    return when(size(known).gt(0), aggregate(known, lit(0L), (sum, next) -> try_add(sum, next)));
  }

  /** Whether a field says true, as a boolean or a text; never NULL. */
  static Column isTrue(JsonField field) {
    return coalesce(lower(column(field)).equalTo("true"), lit(false));
  }

  /**
   * The instant of an RFC 3339 text; UTC where it names no zone, NULL for year 1 and other texts.
   */
  static Column instant(Column text) {
    return RecordFunctions.call(InstantFunction.NAME, text);
  }

  /** Text that can be the identity of a cluster or process; NULL for placeholders and others. */
  static Column identity(Column text) {
    return when(text.rlike(IDENTITY).and(text.rlike("[^0.-]")), text);
  }
}

package org.exposureatlas.release;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.time.YearMonth;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * How the days of a release lie in data files: each day of its last month has one, and each month
 * before. So a year has few files, and a night makes one for each table; the first of a month makes
 * those of the month before.
 */
final class DataFiles {

  private static final String EXTENSION = ".parquet";

  /** Length of a month, with which a day begins. */
  private static final int MONTH_CHARS = 7;

  private DataFiles() {}

  /**
   * Path, in the folder of a release, of the file that holds a day of a table.
   *
   * @param last the last day of the release
   */
  static String path(PublicTables.PublicTable table, LocalDate day, LocalDate last) {
    boolean isOfItsOwn = !day.isBefore(last.withDayOfMonth(1));
    return path(table, isOfItsOwn ? day.toString() : YearMonth.from(day).toString());
  }

  /**
   * Path of a file by the text that {@link #names} gives its rows.
   *
   * @param name a day or a month
   */
  static String path(PublicTables.PublicTable table, String name) {
    String month = name.substring(0, MONTH_CHARS);
    return table.table().name() + "/month=" + month + "/" + name + EXTENSION;
  }

  /** The same for each row: the name of the file that holds its {@code day}. */
  static Column names(Column day, LocalDate last) {
    Column text = day.cast(DataTypes.StringType);
    return when(day.geq(lit(last.withDayOfMonth(1))), text).otherwise(text.substr(1, MONTH_CHARS));
  }

  /** Whether a path is one of a data file. */
  static boolean isOne(String path) {
    return path.endsWith(EXTENSION);
  }
}

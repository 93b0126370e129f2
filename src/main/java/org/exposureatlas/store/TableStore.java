package org.exposureatlas.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.TableSchema;

/** The published tables. */
public interface TableStore extends AutoCloseable {

  /** All published rows; none when the table was never published. */
  Dataset<Row> read(TableSchema table);

  /**
   * Published rows for the dates of {@code range}, for a table with few rows a day: they are read
   * once and kept.
   */
  List<Row> rows(TableSchema table, SnapshotRange range);

  /** Identity of the published state of {@code table}; {@code none} when never published. */
  String version(TableSchema table);

  /** Number of published rows. */
  long rowCount(TableSchema table);

  /** Number of published rows for the dates of {@code range}. */
  long rowCount(TableSchema table, SnapshotRange range);

  /** The days with published rows; empty where a table is not stored by day. */
  NavigableMap<LocalDate, StoredDay> days(TableSchema table);

  /**
   * Replaces the rows of all tables for the dates of {@code range}, in one commit a table. All
   * tables are written beside what is published and audited first; when a rule is broken nothing is
   * published.
   *
   * @param reconciliation looks at the rows written, by table, before they are published, and may
   *     refuse them by throwing
   * @return rows published, by table
   * @throws org.exposureatlas.config.DataContractException when a rule is broken
   */
  Map<String, Long> publish(
      SnapshotRange range,
      List<Publication> publications,
      Consumer<Map<String, Long>> reconciliation);

  /** Adds few rows, of all columns in their order, to a table without partitions. */
  void append(TableSchema table, List<Row> rows);

  @Override
  void close();
}

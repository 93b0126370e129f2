package org.exposureatlas.job;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.store.Publication;
import org.exposureatlas.store.StoredDay;
import org.exposureatlas.store.TableStore;

/** The session, tables and configuration of a running job, and what it read and wrote so far. */
public final class JobContext {

  private final SparkSession spark;
  private final TableStore store;
  private final JobConfig config;
  private final Console console;
  private final Map<String, Editions.Known> editions;
  private SmallWork work;
  private final Map<String, String> inputs = new ConcurrentSkipListMap<>();
  private final Map<String, Long> outputRows = new TreeMap<>();

  JobContext(SparkSession spark, TableStore store, JobConfig config, Console console) {
    this(spark, store, config, console, new ConcurrentHashMap<>(), SmallWork.begin(spark));
  }

  private JobContext(
      SparkSession spark,
      TableStore store,
      JobConfig config,
      Console console,
      Map<String, Editions.Known> editions,
      SmallWork work) {
    this.spark = spark;
    this.store = store;
    this.config = config;
    this.console = console;
    this.editions = editions;
    this.work = work;
  }

  /** The same session and tables for another step, with nothing read or written yet. */
  JobContext step() {
    return new JobContext(spark, store, config, console, editions, SmallWork.begin(spark));
  }

  /** The same for a step beside others, which is small work throughout. */
  JobContext stepBesideOthers() {
    return new JobContext(
        spark, store, config, console.keeping(), editions, SmallWork.begin(spark).settled());
  }

  /** Number of published rows of {@code table} for the dates of {@code range}. */
  long rowCount(TableSchema table, SnapshotRange range) {
    return store.rowCount(table, range);
  }

  SparkSession spark() {
    return spark;
  }

  Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  JobConfig config() {
    return config;
  }

  Console console() {
    return console;
  }

  /** What is known of the editions that any step has loaded, by their ids. */
  Map<String, Editions.Known> editions() {
    return editions;
  }

  Map<String, String> inputs() {
    return inputs;
  }

  Map<String, Long> outputRows() {
    return outputRows;
  }

  /** Notes an input of the run, such as an edition with its checksum. */
  void input(String name, String identity) {
    inputs.put(name, identity);
  }

  /** Tells progress that what follows works on so many files, of so many bytes together. */
  void workingOnFiles(long files, long bytes) {
    work.readsFiles(bytes);
    spark.sparkContext().setLocalProperty(ProgressListener.FILES, Long.toString(files));
    spark.sparkContext().setLocalProperty(ProgressListener.BYTES, Long.toString(bytes));
  }

  /** Says that what follows works on tables again, and on few rows until it reads more. */
  void workingOnTables() {
    workingOnFiles(0, 0);
    work = SmallWork.begin(spark);
  }

  /** Identity of the published state of {@code table}. */
  String version(TableSchema table) {
    return store.version(table);
  }

  /** All published rows of {@code table}. */
  Dataset<Row> read(TableSchema table) {
    return published(table, store.rowCount(table));
  }

  /** Published rows of {@code table} for the dates of {@code range}. */
  Dataset<Row> read(TableSchema table, SnapshotRange range) {
    Column day = functions.col(table.partitionColumns().get(0));
    return published(table, store.rowCount(table, range)).where(range.contains(day));
  }

  /** The same of a table with few rows a day, in memory; see {@link TableStore#rows}. */
  List<Row> rows(TableSchema table, SnapshotRange range) {
    input(table.name(), store.version(table));
    return store.rows(table, range);
  }

  /** Published rows of {@code table} for some of its {@link #days}. */
  Dataset<Row> read(TableSchema table, Set<LocalDate> days) {
    NavigableMap<LocalDate, StoredDay> stored = days(table);
    stored.keySet().retainAll(days);
    Column day = functions.col(table.partitionColumns().get(0));
    return published(table, stored.values().stream().mapToLong(StoredDay::rowCount).sum())
        .where(SnapshotRange.isAmong(day, days));
  }

  /** The days with published rows of {@code table}; see {@link TableStore#days}. */
  NavigableMap<LocalDate, StoredDay> days(TableSchema table) {
    return store.days(table);
  }

  /** Published rows of {@code table} but those of some of its {@link #days}. */
  Dataset<Row> readWithout(TableSchema table, Set<LocalDate> days) {
    if (days.isEmpty()) {
      return read(table);
    }
    Set<LocalDate> others = days(table).keySet();
    others.removeAll(days);
    return read(table, others);
  }

  /** Where no row is to be read, Spark is told so: it leaves out what would be done with them. */
  private Dataset<Row> published(TableSchema table, long rows) {
    work.readsRows(rows);
    input(table.name(), store.version(table));
    return rows == 0 ? table.empty(spark) : store.read(table);
  }

  /** Publishes rows for the dates of {@code range}; see {@link TableStore#publish}. */
  void publish(SnapshotRange range, Publication... publications) {
    publish(range, List.of(publications), written -> {});
  }

  /** Publishes rows for the dates of {@code range} after a last look at their numbers. */
  void publish(
      SnapshotRange range,
      List<Publication> publications,
      Consumer<Map<String, Long>> reconciliation) {
    outputRows.putAll(store.publish(range, publications, reconciliation));
  }

  /** Adds few rows to a table without partitions; see {@link TableStore#append}. */
  void append(TableSchema table, List<Row> rows) {
    store.append(table, rows);
  }
}

package org.exposureatlas.job;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.store.IcebergTableStore;

/**
 * How Spark runs a step that reads few rows: plans are interpreted as they stand, in one part,
 * folders are listed by the driver, which writes what is published, a task reads many Parquet
 * files, of which there is one a day, and conditions are neither written out for each nor inferred
 * from others. Writing, compiling and warming up code for a plan, and adapting it between stages,
 * costs more than it saves until some tens of thousands of rows have gone through it; figures in
 * src/bench/README.md. What is computed is the same either way.
 *
 * <p>A step begins as small work, and stops being that for good as soon as it reads more; into how
 * many parts it shuffles then depends on its rows. A setting that spark-submit was given, by file
 * or command line, is left alone.
 */
final class SmallWork {

  /** Rows that a step may read. */
  static final long MOST_ROWS = 100_000;

  /** Rows read for each part of a shuffle, up to Spark's own number of parts. */
  private static final long ROWS_OF_A_PART = 20_000;

  private static final String PARTS = "spark.sql.shuffle.partitions";

  /** Of a compressed raw file; a record takes 150 to 400. */
  private static final long BYTES_OF_A_RECORD = 150;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.adaptive.enabled",
          "false",
          "spark.sql.codegen.factoryMode",
          "NO_CODEGEN",
          "spark.sql.codegen.wholeStage",
          "false",
          PARTS,
          "1",
          "spark.sql.parquet.filterPushdown",
          "false",
          "spark.sql.constraintPropagation.enabled",
          "false",
          "spark.sql.files.openCostInBytes",
          IcebergTableStore.FILE_OPEN_COST,
          IcebergTableStore.FEW_ROWS,
          "true",
          "spark.sql.sources.parallelPartitionDiscovery.threshold",
          "1000");

  private final SparkSession spark;
  private final Map<String, String> changed = new TreeMap<>(SETTINGS);
  private long rows;

  private SmallWork(SparkSession spark, Predicate<String> isTold) {
    this.spark = spark;
    changed.keySet().removeIf(isTold);
  }

  /** Prepares the session for a step that has read nothing yet. */
  static SmallWork begin(SparkSession spark) {
    return begin(spark, spark.sparkContext().getConf()::contains);
  }

  static SmallWork begin(SparkSession spark, Predicate<String> isTold) {
    SmallWork work = new SmallWork(spark, isTold);
    work.changed.forEach(spark.conf()::set);
    return work;
  }

  /** The same work, which stays small for good: its settings are those of other steps as well. */
  SmallWork settled() {
    changed.clear();
    return this;
  }

  /** Notes rows that a thread of the step is about to read, or more. */
  synchronized void readsRows(long more) {
    rows += more;
    if (rows > MOST_ROWS) {
      changed.keySet().forEach(spark.conf()::unset);
      if (changed.containsKey(PARTS)) {
        long most = Long.parseLong(spark.conf().get(PARTS));
        spark.conf().set(PARTS, Math.min(most, 1 + rows / ROWS_OF_A_PART));
      }
    }
  }

  /** Notes raw files that the step is about to read. */
  void readsFiles(long bytes) {
    readsRows(bytes / BYTES_OF_A_RECORD);
  }
}

package org.exposureatlas.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.StructField;
import org.exposureatlas.audit.AuditRule;
import org.exposureatlas.audit.TableAudit;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.TableSchema;

/** Tables of the Iceberg catalog {@code atlas}, namespace {@code exposure_atlas}. */
public final class IcebergTableStore implements TableStore {

  /** Name of the catalog in Spark's configuration. */
  public static final String CATALOG = "atlas";

  private static final String NAMESPACE = CATALOG + ".exposure_atlas";
  private static final String BRANCH = "audit";
  private static final String VIOLATIONS = "violations";
  private static final int SAMPLE_ROWS = 5;

  /** A file a day is open at a time; of more days rows are sorted, or the heap would not do. */
  private static final int OPEN_DAYS = 60;

  private final SparkSession spark;
  private final WarehouseLock lock;

  private IcebergTableStore(SparkSession spark, WarehouseLock lock) {
    this.spark = spark;
    this.lock = lock;
  }

  /**
   * Opens the store for writing.
   *
   * @param warehouse folder whose lock keeps other writers out
   * @throws org.exposureatlas.config.AtlasException when another run is writing
   */
  public static IcebergTableStore open(SparkSession spark, String warehouse) {
    WarehouseLock lock =
        WarehouseLock.take(spark.sparkContext().hadoopConfiguration(), new Path(warehouse));
    spark.sql("CREATE NAMESPACE IF NOT EXISTS " + NAMESPACE);
    return new IcebergTableStore(spark, lock);
  }

  @Override
  public Dataset<Row> read(TableSchema table) {
    return exists(table)
        ? spark.table(identifier(table))
        : spark.createDataFrame(List.of(), table.relaxed());
  }

  @Override
  public String version(TableSchema table) {
    Snapshot current = exists(table) ? load(table).currentSnapshot() : null;
    return current == null ? "none" : Long.toString(current.snapshotId());
  }

  @Override
  public Map<String, Long> publish(
      SnapshotRange range,
      List<Publication> publications,
      Consumer<Map<String, Long>> reconciliation) {
    List<TableSchema> written = new ArrayList<>();
    try {
      Map<String, Long> rows = new LinkedHashMap<>();
      for (Publication publication : publications) {
        written.add(publication.table());
        rows.put(publication.table().name(), writeToBranch(publication, range));
      }
      reconciliation.accept(rows);
      written.forEach(
          table -> load(table).manageSnapshots().fastForwardBranch("main", BRANCH).commit());
      return rows;
    } finally {
      written.forEach(this::dropBranch);
    }
  }

  @Override
  public void append(Publication publication) {
    TableSchema table = publication.table();
    create(table);
    try {
      publication.rows().apply(this::read).writeTo(identifier(table)).append();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    lock.close();
  }

  private long writeToBranch(Publication publication, SnapshotRange range) {
    TableSchema table = publication.table();
    create(table);
    dropBranch(table);
    load(table).manageSnapshots().createBranch(BRANCH).commit();
    List<AuditRule> rules = TableAudit.of(table);
    Observation findings = new Observation(table.name());
    Dataset<Row> observed =
        table
            .conform(publication.rows().apply(other -> staged(other, range)))
            .observe(findings, count_if(anyViolation(rules)).as(VIOLATIONS));
    Column dates = dates(table, range);
    try {
      observed
          .writeTo(identifier(table) + ".branch_" + BRANCH)
          .option("fanout-enabled", Boolean.toString(range.days().size() <= OPEN_DAYS))
          .overwrite(dates);
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(e);
    }
    if (count(findings) > 0) {
      throw new DataContractException(table.name(), broken(rules, branch(table)));
    }
    return addedRows(table);
  }

  private Dataset<Row> staged(TableSchema table, SnapshotRange range) {
    return branch(table).where(dates(table, range));
  }

  private Dataset<Row> branch(TableSchema table) {
    return spark.read().option("branch", BRANCH).table(identifier(table));
  }

  private static Column dates(TableSchema table, SnapshotRange range) {
    return range.contains(col(table.partitionColumns().get(0)));
  }

  /** One look at a row; which rules are broken is asked only where there are such rows. */
  private static Column anyViolation(List<AuditRule> rules) {
    return rules.stream().map(AuditRule::violation).reduce(Column::or).orElseThrow();
  }

  /**
   * Violations in the write that just ended; Spark counts none when it found the rows to be empty.
   */
  private static long count(Observation findings) {
    try {
      return ((Number) findings.getAsJava().getOrDefault(VIOLATIONS, 0L)).longValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while auditing", e);
    }
  }

  private static List<String> broken(List<AuditRule> rules, Dataset<Row> written) {
    return rules.stream()
        .map(rule -> describe(rule, written.where(rule.violation())))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> describe(AuditRule rule, Dataset<Row> violations) {
    long found = violations.count();
    if (found == 0) {
      return Optional.empty();
    }
    List<String> sample = violations.limit(SAMPLE_ROWS).toJSON().collectAsList();
    return Optional.of(
        "expected that " + rule.name() + ", found " + found + " rows otherwise, such as " + sample);
  }

  private long addedRows(TableSchema table) {
    Table iceberg = load(table);
    Map<String, String> summary =
        iceberg.snapshot(iceberg.refs().get(BRANCH).snapshotId()).summary();
    return Long.parseLong(summary.getOrDefault("added-records", "0"));
  }

  private void dropBranch(TableSchema table) {
    if (!exists(table)) {
      return;
    }
    Table iceberg = load(table);
    if (iceberg.refs().containsKey(BRANCH)) {
      iceberg.manageSnapshots().removeBranch(BRANCH).commit();
    }
  }

  private void create(TableSchema table) {
    if (exists(table)) {
      checkColumns(table);
      return;
    }
    String partitions = String.join(", ", table.partitionColumns());
    spark.sql(
        "CREATE TABLE "
            + identifier(table)
            + " ("
            + table.relaxed().toDDL()
            + ") USING iceberg "
            + (partitions.isEmpty() ? "" : "PARTITIONED BY (" + partitions + ") ")
            + "TBLPROPERTIES ("
            + FileProperties.of(table).entrySet().stream()
                .map(entry -> "'" + entry.getKey() + "'='" + entry.getValue() + "'")
                .collect(Collectors.joining(", "))
            + ")");
  }

  private void checkColumns(TableSchema table) {
    String declared = describe(table.relaxed().fields());
    String found = describe(spark.table(identifier(table)).schema().fields());
    if (!declared.equals(found)) {
      throw new DataContractException(
          table.name(),
          List.of("the warehouse has the columns " + found + ", this version writes " + declared));
    }
  }

  private static String describe(StructField[] fields) {
    return Stream.of(fields)
        .map(field -> field.name() + " " + field.dataType().simpleString())
        .collect(Collectors.joining(", "));
  }

  private boolean exists(TableSchema table) {
    return spark.catalog().tableExists(identifier(table));
  }

  private Table load(TableSchema table) {
    try {
      return Spark3Util.loadIcebergTable(spark, identifier(table));
    } catch (NoSuchTableException | ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String identifier(TableSchema table) {
    return NAMESPACE + "." + table.name();
  }
}

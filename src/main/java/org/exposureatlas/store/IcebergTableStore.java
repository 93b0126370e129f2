package org.exposureatlas.store;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.spark.source.HasIcebergCatalog;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.exposureatlas.audit.AuditRule;
import org.exposureatlas.audit.TableAudit;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.SessionSettings;
import org.exposureatlas.schema.TableSchema;

/**
 * Tables of the Iceberg catalog {@code atlas}, namespace {@code exposure_atlas}. Spark reads and
 * writes rows; all else is asked of the catalog itself, which answers in milliseconds.
 */
public final class IcebergTableStore implements TableStore {

  /** Name of the catalog in Spark's configuration. */
  public static final String CATALOG = "atlas";

  /**
   * Bytes that opening a file counts for where files are put together to tasks: a task reads 64
   * small files. With Iceberg's own 4 MB it reads four, and takes longer to start than to read.
   */
  public static final String FILE_OPEN_COST = Integer.toString(256 << 10);

  /**
   * Setting of a session whose plans make few rows, true or false: they come to the driver, which
   * writes them, without the commands and writers of Spark.
   */
  public static final String FEW_ROWS = "spark.atlas.store.few-rows";

  private static final Namespace NAMESPACE = Namespace.of("exposure_atlas");
  private static final String BRANCH = "audit";
  private static final String ORDER = "reading_order";
  private static final int SAMPLE_ROWS = 5;

  /** A file a day is open at a time; of more days rows are sorted, or the heap would not do. */
  private static final int OPEN_DAYS = 60;

  /** Every append makes a file: as many are put together into one. */
  private static final int MOST_FILES = 100;

  private final SparkSession spark;
  private final Catalog catalog;
  private final WarehouseLock lock;

  /** The rows of files that {@link #rows} has read, by their names: no file ever changes. */
  private final Map<String, List<Row>> kept = new ConcurrentHashMap<>();

  private IcebergTableStore(SparkSession spark, WarehouseLock lock) {
    this.spark = spark;
    this.lock = lock;
    var plugin = spark.sessionState().catalogManager().catalog(CATALOG);
    catalog = ((HasIcebergCatalog) plugin).icebergCatalog();
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(NAMESPACE)) {
      namespaces.createNamespace(NAMESPACE);
    }
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
    return new IcebergTableStore(spark, lock);
  }

  @Override
  public Dataset<Row> read(TableSchema table) {
    return find(table).isPresent() ? reader().table(identifier(table)) : table.empty(spark);
  }

  @Override
  public String version(TableSchema table) {
    return current(table).map(found -> Long.toString(found.snapshotId())).orElse("none");
  }

  @Override
  public long rowCount(TableSchema table) {
    return current(table)
        .map(found -> count(found.summary(), SnapshotSummary.TOTAL_RECORDS_PROP))
        .orElse(0L);
  }

  @Override
  public long rowCount(TableSchema table, SnapshotRange range) {
    return find(table).map(found -> rowCount(found, dates(table, range))).orElse(0L);
  }

  private static long rowCount(Table table, Expression dates) {
    return files(table, dates).stream().mapToLong(file -> file.file().recordCount()).sum();
  }

  private static List<FileScanTask> files(Table table, Expression rows) {
    List<FileScanTask> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> found = table.newScan().filter(rows).planFiles()) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the files of " + table.name(), e);
    }
    return files;
  }

  @Override
  public NavigableMap<LocalDate, StoredDay> days(TableSchema table) {
    NavigableMap<LocalDate, StoredDay> days = new TreeMap<>();
    find(table)
        .filter(found -> isByDay(table, found))
        .ifPresent(
            found -> filesByDay(found).forEach((day, files) -> days.put(day, storedDay(files))));
    return days;
  }

  private static boolean isByDay(TableSchema table, Table found) {
    return found.specs().values().stream()
        .allMatch(
            spec -> spec.isPartitioned() && spec.fields().get(0).name().equals(dateColumn(table)));
  }

  private static Map<LocalDate, List<FileScanTask>> filesByDay(Table table) {
    return files(table, Expressions.alwaysTrue()).stream()
        .collect(
            Collectors.groupingBy(
                file -> LocalDate.ofEpochDay(file.partition().get(0, Integer.class))));
  }

  /** Files of a table never change, and no two have the same name. */
  private static StoredDay storedDay(List<FileScanTask> files) {
    String version =
        files.stream()
            .flatMap(task -> Stream.concat(Stream.of(task.file()), task.deletes().stream()))
            .map(ContentFile::location)
            .sorted()
            .collect(Collectors.joining(" "));
    return new StoredDay(
        version, files.stream().mapToLong(task -> task.file().recordCount()).sum());
  }

  @Override
  public List<Row> rows(TableSchema table, SnapshotRange range) {
    return find(table).map(found -> rows(found, table, range)).orElseGet(List::of);
  }

  private List<Row> rows(Table found, TableSchema table, SnapshotRange range) {
    List<FileScanTask> files = files(found, dates(table, range));
    if (files.stream().anyMatch(file -> !file.deletes().isEmpty())) {
      return read(table).where(range.contains(date(table))).collectAsList();
    }
    return files.stream()
        .map(FileScanTask::file)
        .sorted(Comparator.comparing(DataFile::location))
        .flatMap(
            file ->
                kept
                    .computeIfAbsent(file.location(), name -> DriverRows.read(found, file))
                    .stream())
        .toList();
  }

  @Override
  public Map<String, Long> publish(
      SnapshotRange range,
      List<Publication> publications,
      Consumer<Map<String, Long>> reconciliation) {
    Map<TableSchema, CompletableFuture<Table>> branches = new LinkedHashMap<>();
    // those of later tables are made while the first is planned
    ExecutorService ahead = Executors.newSingleThreadExecutor();
    for (Publication publication : publications) {
      branches.put(
          publication.table(),
          CompletableFuture.supplyAsync(() -> branched(publication.table()), ahead));
    }
    ahead.shutdown();
    try {
      Map<TableSchema, Dataset<Row>> held = new HashMap<>();
      Map<String, Long> rows = new LinkedHashMap<>();
      for (Publication publication : publications) {
        Table iceberg = join(branches.get(publication.table()));
        rows.put(publication.table().name(), writeToBranch(publication, iceberg, range, held));
      }
      reconciliation.accept(rows);
      for (TableSchema table : List.copyOf(branches.keySet())) {
        load(table)
            .manageSnapshots()
            .fastForwardBranch(SnapshotRef.MAIN_BRANCH, BRANCH)
            .removeBranch(BRANCH)
            .commit();
        branches.remove(table);
      }
      return rows;
    } finally {
      branches.values().forEach(branch -> branch.handle((made, failure) -> made).join());
      branches.keySet().forEach(table -> find(table).ifPresent(IcebergTableStore::dropBranch));
    }
  }

  private static Table join(CompletableFuture<Table> branch) {
    try {
      return branch.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void append(TableSchema table, List<Row> rows) {
    Table iceberg = create(table);
    AppendFiles change = iceberg.newAppend();
    DriverRows.of(spark.createDataFrame(rows, table.relaxed()))
        .map(held -> DriverRows.write(iceberg, held))
        .orElseThrow()
        .forEach(change::appendFile);
    change.commit();
    Map<String, String> summary = iceberg.currentSnapshot().summary();
    if (count(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP) >= MOST_FILES) {
      SparkActions.get(spark).rewriteDataFiles(iceberg).execute();
    }
  }

  @Override
  public void close() {
    lock.close();
  }

  /**
   * @param held rows of tables written before that the driver holds; those of this one are added
   */
  private long writeToBranch(
      Publication publication,
      Table iceberg,
      SnapshotRange range,
      Map<TableSchema, Dataset<Row>> held) {
    TableSchema table = publication.table();
    Dataset<Row> rows =
        table.conform(publication.rows().apply(other -> staged(other, range, held)));
    Optional<List<InternalRow>> known =
        publication.order().isPresent() ? Optional.empty() : DriverRows.of(rows);
    if (known.isPresent()) {
      audit(table, rows);
      replace(iceberg, dates(table, range), DriverRows.write(iceberg, known.get()));
      held.put(table, rows);
    } else {
      writeMade(publication, iceberg, range, rows);
    }
    iceberg.refresh();
    return count(branch(iceberg).summary(), SnapshotSummary.ADDED_RECORDS_PROP);
  }

  /** Looks at rows that the driver holds, before they are written. */
  private static void audit(TableSchema table, Dataset<Row> rows) {
    List<AuditRule> rules = TableAudit.of(table);
    boolean isSound = DriverRows.of(rows.where(isBroken(rules))).filter(List::isEmpty).isPresent();
    List<String> findings = isSound ? List.of() : broken(rules, rows);
    if (!findings.isEmpty()) {
      throw new DataContractException(table.name(), findings);
    }
  }

  /** Writes rows that tasks have to make first, and looks at them on the way. */
  private void writeMade(
      Publication publication, Table iceberg, SnapshotRange range, Dataset<Row> rows) {
    TableSchema table = publication.table();
    List<AuditRule> rules = TableAudit.of(table);
    LongAccumulator violations = spark.sparkContext().longAccumulator();
    Dataset<Row> audited = audited(rows, rules, violations);
    if (publication.order().isPresent()) {
      overwriteInOrder(
          iceberg,
          dates(table, range),
          audited.withColumn(ORDER, publication.order().get()),
          publication.counting());
    } else if (Boolean.parseBoolean(spark.conf().get(FEW_ROWS, "false"))) {
      replace(iceberg, dates(table, range), DriverRows.write(iceberg, gathered(audited)));
    } else {
      overwrite(table, range, audited);
    }
    if (violations.value() > 0) {
      throw new DataContractException(table.name(), broken(rules, branch(table)));
    }
  }

  private List<InternalRow> gathered(Dataset<Row> rows) {
    List<InternalRow> gathered = new ArrayList<>();
    SessionSettings.seenByTasksOf(
        spark,
        () -> gathered.addAll(List.of(rows.queryExecution().executedPlan().executeCollect())));
    return gathered;
  }

  /** The rows of several days are brought together by day, or every task would write all days. */
  private static void overwrite(TableSchema table, SnapshotRange range, Dataset<Row> rows) {
    int days = range.days().size();
    try {
      rows.writeTo(identifier(table) + ".branch_" + BRANCH)
          .option("distribution-mode", days == 1 ? "none" : "hash")
          .option("fanout-enabled", Boolean.toString(days <= OPEN_DAYS))
          .overwrite(range.contains(date(table)));
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(e);
    }
  }

  private void overwriteInOrder(
      Table iceberg, Expression dates, Dataset<Row> rows, Optional<Counting> counting) {
    Table copy = SerializableTableWithSize.copyOf(iceberg);
    Counting counts = counting.orElse(null);
    CollectionAccumulator<DataFile> files = spark.sparkContext().collectionAccumulator();
    try {
      SessionSettings.seenByTasksOf(
          spark,
          () ->
              rows.queryExecution()
                  .toRdd()
                  .toJavaRDD()
                  .foreachPartition(
                      task -> OrderedFiles.write(copy, counts, task).forEach(files::add)));
    } catch (Throwable e) {
      files.value().forEach(file -> iceberg.io().deleteFile(file.location()));
      throw e;
    }
    replace(iceberg, dates, files.value());
  }

  private static void replace(Table iceberg, Expression dates, List<DataFile> files) {
    OverwriteFiles change = iceberg.newOverwrite().toBranch(BRANCH).overwriteByRowFilter(dates);
    files.forEach(change::addFile);
    change.commit();
  }

  /** With a branch like the published state, in place of what a run that died may have left. */
  private Table branched(TableSchema table) {
    Table iceberg = create(table);
    dropBranch(iceberg);
    iceberg.manageSnapshots().createBranch(BRANCH).commit();
    return iceberg;
  }

  private static Snapshot branch(Table iceberg) {
    return iceberg.snapshot(iceberg.refs().get(BRANCH).snapshotId());
  }

  private static long count(Map<String, String> summary, String property) {
    return Long.parseLong(summary.getOrDefault(property, "0"));
  }

  private Dataset<Row> staged(
      TableSchema table, SnapshotRange range, Map<TableSchema, Dataset<Row>> held) {
    return held.containsKey(table)
        ? held.get(table)
        : branch(table).where(range.contains(date(table)));
  }

  private Dataset<Row> branch(TableSchema table) {
    return reader().option("branch", BRANCH).table(identifier(table));
  }

  private DataFrameReader reader() {
    return spark.read().option("file-open-cost", FILE_OPEN_COST);
  }

  private static Expression dates(TableSchema table, SnapshotRange range) {
    return Expressions.and(
        Expressions.greaterThanOrEqual(dateColumn(table), range.from().toString()),
        Expressions.lessThanOrEqual(dateColumn(table), range.to().toString()));
  }

  private static Column date(TableSchema table) {
    return col(dateColumn(table));
  }

  private static String dateColumn(TableSchema table) {
    return table.partitionColumns().get(0);
  }

  /**
   * The same rows, looked at once on their way to the writer; which rules are broken is asked only
   * where a row breaks one. Spark's own way of observing rows costs a copy of each.
   */
  private static Dataset<Row> audited(
      Dataset<Row> rows, List<AuditRule> rules, LongAccumulator violations) {
    UDF0<Boolean> count =
        () -> {
          violations.add(1);
          return true;
        };
    Column counted = udf(count, DataTypes.BooleanType).asNondeterministic().apply();
    return rows.where(not(isBroken(rules)).or(counted));
  }

  private static Column isBroken(List<AuditRule> rules) {
    Column isBroken = rules.stream().map(AuditRule::violation).reduce(Column::or).orElseThrow();
    return coalesce(isBroken, lit(false));
  }

  private static List<String> broken(List<AuditRule> rules, Dataset<Row> rows) {
    return rules.stream()
        .map(rule -> describe(rule, rows.where(rule.violation())))
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

  /** In one change with another, Iceberg finds the branch still there. */
  private static void dropBranch(Table iceberg) {
    if (iceberg.refs().containsKey(BRANCH)) {
      iceberg.manageSnapshots().removeBranch(BRANCH).commit();
    }
  }

  /** The table, made now if there is none. */
  private Table create(TableSchema table) {
    Optional<Table> found = find(table);
    found.ifPresent(iceberg -> checkColumns(table, iceberg));
    return found.orElseGet(
        () -> {
          Schema schema = SparkSchemaUtil.convert(table.relaxed());
          PartitionSpec.Builder partitions = PartitionSpec.builderFor(schema);
          table.partitionColumns().forEach(partitions::identity);
          return catalog.createTable(
              id(table), schema, partitions.build(), FileProperties.of(table));
        });
  }

  private static void checkColumns(TableSchema table, Table iceberg) {
    String declared = describe(table.relaxed().fields());
    String found = describe(SparkSchemaUtil.convert(iceberg.schema()).fields());
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

  private Optional<Snapshot> current(TableSchema table) {
    return find(table).map(Table::currentSnapshot);
  }

  private Optional<Table> find(TableSchema table) {
    try {
      return Optional.of(load(table));
    } catch (org.apache.iceberg.exceptions.NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private Table load(TableSchema table) {
    return catalog.loadTable(id(table));
  }

  private static TableIdentifier id(TableSchema table) {
    return TableIdentifier.of(NAMESPACE, table.name());
  }

  private static String identifier(TableSchema table) {
    return CATALOG + "." + id(table);
  }
}

package org.exposureatlas.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetReaders;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/**
 * Few rows, which the driver itself writes and reads with Iceberg's writer and reader for Spark. A
 * query for them takes longer to plan than they take to write.
 */
final class DriverRows {

  private DriverRows() {}

  /** The rows of a query that needs no task, as the driver holds them; empty for any other. */
  static Optional<List<InternalRow>> of(Dataset<Row> rows) {
    return isOfLocalRelations(rows.queryExecution().analyzed())
            && rows.queryExecution().optimizedPlan() instanceof LocalRelation local
        ? Optional.of(rows(local))
        : Optional.empty();
  }

  /** To optimise any other plan only to find out what it is would take long. */
  private static boolean isOfLocalRelations(LogicalPlan plan) {
    var leaves = plan.collectLeaves().iterator();
    boolean isLocal = true;
    while (leaves.hasNext()) {
      isLocal &= leaves.next() instanceof LocalRelation;
    }
    return isLocal;
  }

  private static List<InternalRow> rows(LocalRelation local) {
    List<InternalRow> rows = new ArrayList<>();
    local.data().foreach(rows::add);
    return rows;
  }

  /** Writes a file for each partition; leaves none when it fails. */
  static List<DataFile> write(Table table, List<InternalRow> rows) {
    PartitionColumns partitions = new PartitionColumns(table);
    Map<PartitionKey, List<InternalRow>> byPartition = new LinkedHashMap<>();
    for (InternalRow row : rows) {
      byPartition.computeIfAbsent(partitions.of(row), key -> new ArrayList<>()).add(row);
    }
    OutputFileFactory names =
        OutputFileFactory.builderFor(table, 0, 0).format(FileFormat.PARQUET).build();
    List<String> begun = new ArrayList<>();
    List<DataFile> files = new ArrayList<>();
    try {
      for (Map.Entry<PartitionKey, List<InternalRow>> entry : byPartition.entrySet()) {
        PartitionKey partition = entry.getKey();
        EncryptedOutputFile file =
            table.spec().isUnpartitioned()
                ? names.newOutputFile()
                : names.newOutputFile(table.spec(), partition);
        begun.add(file.encryptingOutputFile().location());
        files.add(write(table, file, partition, entry.getValue()));
      }
    } catch (IOException | RuntimeException e) {
      begun.forEach(table.io()::deleteFile);
      throw new IllegalStateException("cannot write rows of " + table.name(), e);
    }
    return files;
  }

  private static DataFile write(
      Table table, EncryptedOutputFile file, PartitionKey partition, List<InternalRow> rows)
      throws IOException {
    StructType type = SparkSchemaUtil.convert(table.schema());
    DataWriter<InternalRow> writer =
        Parquet.writeData(file)
            .forTable(table)
            .createWriterFunc(message -> SparkParquetWriters.buildWriter(type, message))
            .withSpec(table.spec())
            .withPartition(partition)
            .build();
    try (writer) {
      rows.forEach(writer::write);
    }
    return writer.toDataFile();
  }

  /** All rows of a file, in its order. */
  static List<Row> read(Table table, DataFile file) {
    Schema schema = table.schema();
    var converter = CatalystTypeConverters.createToScalaConverter(SparkSchemaUtil.convert(schema));
    List<Row> rows = new ArrayList<>();
    try (CloseableIterable<InternalRow> found =
        Parquet.read(table.io().newInputFile(file))
            .project(schema)
            .createReaderFunc(message -> SparkParquetReaders.buildReader(schema, message))
            .build()) {
      found.forEach(row -> rows.add((Row) converter.apply(row)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.location(), e);
    }
    return rows;
  }
}

package org.exposureatlas.raw;

import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Raw files as a table.
 *
 * @param reader short name of the data source
 * @param files where the rows come from
 * @param plan what the rows are
 */
record RawTable(String reader, RawFiles files, RawPlan plan) implements Table, SupportsRead {

  @Override
  public String name() {
    return reader + " " + files.paths();
  }

  @Override
  @SuppressWarnings("deprecation") // Table declares no other way to name a schema for all versions
  public StructType schema() {
    return plan.columns();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new RawScanBuilder(this);
  }

  private static final class RawScanBuilder
      implements ScanBuilder, SupportsPushDownRequiredColumns {

    private final RawTable table;
    private StructType columns;

    RawScanBuilder(RawTable table) {
      this.table = table;
      columns = table.plan.columns();
    }

    @Override
    public void pruneColumns(StructType required) {
      columns = required;
    }

    @Override
    public Scan build() {
      SparkSession spark = SparkSession.active();
      SerializableConfiguration hadoop =
          new SerializableConfiguration(spark.sessionState().newHadoopConf());
      return new RawScan(
          table.reader,
          table.files,
          spark.sparkContext().defaultParallelism(),
          columns,
          table.plan.readers(columns, hadoop),
          hadoop);
    }
  }
}

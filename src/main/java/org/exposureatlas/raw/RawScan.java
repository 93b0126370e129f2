package org.exposureatlas.raw;

import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** A planned read: one partition a file, the largest first. */
record RawScan(
    String reader,
    RawFiles files,
    int cores,
    StructType readSchema,
    PartitionReaderFactory createReaderFactory,
    SerializableConfiguration hadoop)
    implements Scan, Batch {

  @Override
  public String description() {
    return reader + " " + files.paths();
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return files.list(hadoop.value(), cores).toArray(InputPartition[]::new);
  }
}

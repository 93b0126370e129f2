package org.exposureatlas.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.exposureatlas.raw.RawContents;
import org.exposureatlas.raw.RawFilePartition;
import org.exposureatlas.raw.RowReader;

/** Makes the readers of the executors. */
record CsvReaderFactory(CsvPlan plan, SerializableConfiguration hadoop)
    implements PartitionReaderFactory {

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    RawFilePartition file = (RawFilePartition) partition;
    try {
      return new RowReader(
          new CsvRows(plan, file.name(), new RawContents(file, hadoop.value())),
          plan.wanted().stream().map(CsvColumn::name).toList(),
          plan.columns().fieldNames());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file.path(), e);
    }
  }
}

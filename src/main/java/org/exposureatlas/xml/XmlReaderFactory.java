package org.exposureatlas.xml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.exposureatlas.raw.RawFile;
import org.exposureatlas.raw.RawFilePartition;
import org.exposureatlas.raw.RowReader;

/** Makes the readers of the executors. */
record XmlReaderFactory(XmlPlan plan, SerializableConfiguration hadoop)
    implements PartitionReaderFactory {

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    RawFilePartition file = (RawFilePartition) partition;
    try {
      XmlRecords records =
          new XmlRecords(
              RawFile.open(file, hadoop.value()),
              file.name(),
              plan.recordPath(),
              plan.fields(),
              plan.maxBytes());
      return new RowReader(
          records,
          plan.fields().stream().map(XmlField::name).toList(),
          plan.columns().fieldNames());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file.path(), e);
    }
  }
}

package org.exposureatlas.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A Parquet file of an Iceberg table, written by row groups. */
final class OrderedFile implements Closeable {

  private final Table table;
  private final PartitionKey partition;
  private final OutputFile output;
  private final MessageType schema;
  private final ParquetProperties layout = FileProperties.layout();
  private final CompressionCodecFactory codecs = FileProperties.codecs();
  private final ParquetFileWriter file;

  OrderedFile(Table table, PartitionKey partition, OutputFile output) throws IOException {
    this.table = table;
    this.partition = partition;
    this.output = output;
    schema =
        MessageTypeParser.parseMessageType(
            ParquetSchemaUtil.convert(table.schema(), table.name()).toString());
    file =
        new ParquetFileWriter(
            new ParquetOutput(output),
            schema,
            ParquetFileWriter.Mode.CREATE,
            FileProperties.ROW_GROUP_BYTES,
            0,
            null,
            layout);
    file.start();
  }

  void write(RowGroup rows, int... order) throws IOException {
    rows.writeTo(file, schema, layout, codecs.getCompressor(FileProperties.CODEC), order);
  }

  /** Ends the file, with the statistics that Iceberg plans reads by. */
  DataFile finish() throws IOException {
    file.end(Map.of("iceberg.schema", SchemaParser.toJson(table.schema())));
    List<Long> rowGroups =
        file.getFooter().getBlocks().stream().map(BlockMetaData::getStartingPos).toList();
    InputFile written = output.toInputFile();
    return DataFiles.builder(table.spec())
        .withPath(output.location())
        .withFormat(FileFormat.PARQUET)
        .withPartition(partition)
        .withFileSizeInBytes(written.getLength())
        .withMetrics(ParquetUtil.fileMetrics(written, MetricsConfig.forTable(table)))
        .withSplitOffsets(rowGroups)
        .build();
  }

  String location() {
    return output.location();
  }

  @Override
  public void close() throws IOException {
    codecs.release();
    file.close();
  }
}

package org.exposureatlas.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.TableSchema;

/** How Parquet files are written: Iceberg's table properties, and the same for our own writer. */
final class FileProperties {

  /**
   * Bytes that the values of a row group take in memory: some 300,000 rows of {@code observation}.
   */
  static final long ROW_GROUP_BYTES = 64L << 20;

  /** The most that a dictionary takes. */
  static final int DICTIONARY_BYTES = 1 << 17;

  static final CompressionCodecName CODEC = CompressionCodecName.ZSTD;

  private static final int COMPRESSION_LEVEL = 1;
  private static final int PAGE_ROWS = 20_000;
  private static final int PAGE_BYTES = 1 << 20;

  private static final Map<String, String> OF_ALL =
      Map.of(
          "write.parquet.compression-codec", "zstd",
          "write.parquet.compression-level", Integer.toString(COMPRESSION_LEVEL),
          "write.parquet.dict-size-bytes", Integer.toString(DICTIONARY_BYTES),
          "write.distribution-mode", "none",
          "write.spark.fanout.enabled", "true",
          // a night adds one; all of them are read whenever files are looked for
          "commit.manifest.min-count-to-merge", "5",
          // a night adds three; the last 100 are kept, all snapshots stay
          "write.metadata.delete-after-commit.enabled", "true");

  /** Nearly every value is another one: a dictionary would be given up after its first pages. */
  private static final List<String> DISTINCT =
      List.of(
          Observation.LINE.name(),
          Observation.OBSERVED_AT.name(),
          Observation.IP.name(),
          Observation.CLUSTER_KEY.name());

  /** Texts in no order: the least and greatest of a file say nothing of what is between them. */
  private static final List<String> UNORDERED =
      List.of(Observation.IP.name(), Observation.CLUSTER_KEY.name());

  private FileProperties() {}

  static Map<String, String> of(TableSchema table) {
    Map<String, String> properties = new TreeMap<>(OF_ALL);
    if (table.equals(Observation.TABLE)) {
      DISTINCT.forEach(
          field -> properties.put("write.parquet.dict-encoding-enabled.column." + field, "false"));
    }
    return properties;
  }

  /** The same for our own writer, which has dictionaries of its own. */
  static ParquetProperties layout() {
    ParquetProperties.Builder layout = ParquetProperties.builder().withPageRowCountLimit(PAGE_ROWS);
    UNORDERED.forEach(column -> layout.withStatisticsEnabled(column, false));
    return layout.build();
  }

  static CompressionCodecFactory codecs() {
    Map<String, String> level =
        Map.of(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, Integer.toString(COMPRESSION_LEVEL));
    return new CodecFactory(new PlainParquetConfiguration(level), PAGE_BYTES);
  }
}

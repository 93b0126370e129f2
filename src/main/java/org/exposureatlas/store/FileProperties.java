package org.exposureatlas.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.TableSchema;

/** How the Parquet files of a table are written: Iceberg's table properties. */
final class FileProperties {

  private static final Map<String, String> OF_ALL =
      Map.of(
          "write.parquet.compression-codec", "zstd",
          "write.parquet.compression-level", "1",
          "write.parquet.dict-size-bytes", "131072",
          "write.distribution-mode", "none",
          "write.spark.fanout.enabled", "true");

  /** Nearly every value is another one: a dictionary would be given up after its first pages. */
  private static final List<Field> DISTINCT =
      List.of(Observation.LINE, Observation.OBSERVED_AT, Observation.IP, Observation.CLUSTER_KEY);

  private FileProperties() {}

  static Map<String, String> of(TableSchema table) {
    Map<String, String> properties = new TreeMap<>(OF_ALL);
    if (table.equals(Observation.TABLE)) {
      DISTINCT.forEach(
          field ->
              properties.put(
                  "write.parquet.dict-encoding-enabled.column." + field.name(), "false"));
    }
    return properties;
  }
}

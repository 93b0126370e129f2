package org.exposureatlas.raw;

import java.io.Serializable;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;

/** What a read of raw files was asked for, by the options of its data source. */
public interface RawPlan extends Serializable {

  /** All columns: the wanted fields, and those of {@link #withPlace}. */
  StructType columns();

  /** Readers of {@link RawFilePartition}s that give the columns {@code asked} for. */
  PartitionReaderFactory readers(StructType asked, SerializableConfiguration hadoop);

  /** The wanted fields, then what every raw reader adds: where a record stands, what is wrong. */
  static StructType withPlace(StructType fields) {
    return fields
        .add("file", DataTypes.StringType, false)
        .add("line", DataTypes.LongType, false)
        .add("reason", DataTypes.StringType)
        .add("detail", DataTypes.StringType);
  }

  /** The option {@code maxLineBytes}: longer records are rejected; 16 MiB when it is not set. */
  static int maxBytes(CaseInsensitiveStringMap options) {
    return options.getInt("maxLineBytes", 16 << 20);
  }
}

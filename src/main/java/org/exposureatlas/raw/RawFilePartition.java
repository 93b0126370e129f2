package org.exposureatlas.raw;

import org.apache.spark.sql.connector.read.InputPartition;

/**
 * One raw file.
 *
 * @param path where it is
 * @param name what its records call it
 * @param reading how it is read
 */
public record RawFilePartition(String path, String name, Reading reading)
    implements InputPartition {

  /** How many threads a file is read with. */
  public enum Reading {
    /** In the thread of its task. */
    INLINE,
    /** Decompressed by a thread of its own, because it would be the last to be done. */
    AHEAD
  }
}

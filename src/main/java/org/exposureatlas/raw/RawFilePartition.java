package org.exposureatlas.raw;

import org.apache.spark.sql.connector.read.InputPartition;

/**
 * One raw file.
 *
 * @param path where it is
 * @param name what its records call it
 */
public record RawFilePartition(String path, String name) implements InputPartition {}

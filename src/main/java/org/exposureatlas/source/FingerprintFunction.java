package org.exposureatlas.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Cluster key of a store whose containers, records and bytes are known and too large to agree by
 * chance within one network.
 */
public final class FingerprintFunction extends RecordFunction<UTF8String> {

  static final String NAME = "fingerprint";

  /** What these keys begin with. */
  static final String PREFIX = "fingerprint:";

  private static final long serialVersionUID = 1L;
  private static final byte[] ASCII_PREFIX = KeyText.ascii(PREFIX);
  private static final long LEAST_BYTES = 1L << 20;

  FingerprintFunction() {
    super(
        NAME,
        DataTypes.StringType,
        DataTypes.LongType,
        DataTypes.StringType,
        DataTypes.LongType,
        DataTypes.LongType,
        DataTypes.LongType);
  }

  /**
   * Called by Spark where all numbers are known; null without a service, for a store too small and
   * for one of an impossible size.
   */
  public static UTF8String invoke(
      long asn, UTF8String service, long containers, long records, long bytes) {
    if (service == null || bytes < LEAST_BYTES || bytes >= Ingestion.IMPLAUSIBLE_BYTES) {
      return null;
    }
    return new KeyText(ASCII_PREFIX, service.numBytes())
        .put(asn)
        .put(service)
        .put(containers)
        .put(records)
        .put(bytes)
        .text();
  }
}

package org.exposureatlas.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Cluster key of a store of which nothing tells it from others but where it answers. */
public final class AddressKeyFunction extends RecordFunction<UTF8String> {

  static final String NAME = "address_key";

  private static final long serialVersionUID = 1L;
  private static final byte[] PREFIX = KeyText.ascii("address:");

  AddressKeyFunction() {
    super(
        NAME,
        DataTypes.StringType,
        DataTypes.StringType,
        DataTypes.IntegerType,
        DataTypes.StringType,
        DataTypes.StringType);
  }

  /** Called by Spark where the port is known; null without an address or a service. */
  public static UTF8String invoke(
      UTF8String ip, int port, UTF8String transport, UTF8String service) {
    if (ip == null || transport == null || service == null) {
      return null;
    }
    return new KeyText(PREFIX, ip.numBytes() + transport.numBytes() + service.numBytes())
        .put(ip)
        .put(port)
        .put(transport)
        .put(service)
        .text();
  }
}

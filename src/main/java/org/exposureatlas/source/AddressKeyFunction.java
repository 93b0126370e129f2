package org.exposureatlas.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Cluster key of a store of which nothing tells it from others but where it answers. */
public final class AddressKeyFunction extends RecordFunction<UTF8String> {

  static final String NAME = "address_key";

  private static final long serialVersionUID = 1L;
  private static final byte[] PREFIX = ascii("address:");
  private static final byte SEPARATOR = '/';

  AddressKeyFunction() {
    super(
        NAME,
        DataTypes.StringType,
        DataTypes.StringType,
        DataTypes.IntegerType,
        DataTypes.StringType,
        DataTypes.StringType);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Called by Spark where the port is known; null without an address or a service. */
  public static UTF8String invoke(
      UTF8String ip, int port, UTF8String transport, UTF8String service) {
    return ip == null || transport == null || service == null
        ? null
        : UTF8String.fromBytes(
            key(
                ip.getBytes(),
                ascii(Integer.toString(port)),
                transport.getBytes(),
                service.getBytes()));
  }

  /** Spark puts texts together several times slower, and there is a key for every record. */
  private static byte[] key(byte[] ip, byte[] port, byte[] transport, byte[] service) {
    int length = PREFIX.length + ip.length + port.length + transport.length + service.length + 3;
    return ByteBuffer.allocate(length)
        .put(PREFIX)
        .put(ip)
        .put(SEPARATOR)
        .put(port)
        .put(SEPARATOR)
        .put(transport)
        .put(SEPARATOR)
        .put(service)
        .array();
  }
}

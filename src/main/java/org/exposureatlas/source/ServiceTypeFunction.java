package org.exposureatlas.source;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Service type of a protocol name; see {@link ServiceType#ofProtocol}. */
public final class ServiceTypeFunction extends RecordFunction<UTF8String> {

  static final String NAME = "service_type";

  private static final long serialVersionUID = 1L;
  private static final UTF8String OTHER = UTF8String.fromString(ServiceType.OTHER);
  private static final Map<UTF8String, UTF8String> BY_PROTOCOL = new HashMap<>();

  static {
    ServiceType.BY_PROTOCOL.forEach(
        (protocol, type) ->
            BY_PROTOCOL.put(UTF8String.fromString(protocol), UTF8String.fromString(type)));
  }

  ServiceTypeFunction() {
    super(NAME, DataTypes.StringType, DataTypes.StringType);
  }

  /** Called by Spark with a name in any case; null: none. */
  public static UTF8String invoke(UTF8String protocol) {
    if (protocol == null) {
      return OTHER;
    }
    UTF8String type = BY_PROTOCOL.get(protocol);
    return type == null ? BY_PROTOCOL.getOrDefault(protocol.toLowerCase(), OTHER) : type;
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }
}

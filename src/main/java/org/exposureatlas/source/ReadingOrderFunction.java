package org.exposureatlas.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Where an observation stands in the order of its readers: by country and service type, as one
 * number.
 */
public final class ReadingOrderFunction extends RecordFunction<Long> {

  static final String NAME = "reading_order";

  private static final long serialVersionUID = 1L;
  private static final int COUNTRY_BYTES = 2;
  private static final Map<UTF8String, Integer> RANKS = new HashMap<>();

  static {
    List<String> services = ServiceType.ALL.stream().sorted().toList();
    services.forEach(
        service -> RANKS.put(UTF8String.fromString(service), services.indexOf(service)));
  }

  ReadingOrderFunction() {
    super(NAME, DataTypes.LongType, DataTypes.StringType, DataTypes.StringType);
  }

  /** Called by Spark: ISO 3166-1 alpha-2 country, and service type. */
  public static long invoke(UTF8String country, UTF8String service) {
    long order = 0;
    for (int i = 0; i < COUNTRY_BYTES; i++) {
      order = order << Byte.SIZE | country.getByte(i);
    }
    return order << Byte.SIZE | RANKS.get(service);
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }
}

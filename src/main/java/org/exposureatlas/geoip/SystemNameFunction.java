package org.exposureatlas.geoip;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** AS name of a place; see {@link GeoLocator#asName}. */
public final class SystemNameFunction extends GeoFunction<UTF8String> {

  static final String NAME = "as_name";

  private static final long serialVersionUID = 1L;

  SystemNameFunction(Broadcast<LocationTable> editions) {
    super(NAME, editions, DataTypes.StringType, DataTypes.IntegerType);
  }

  /** Called by Spark with a place. */
  public UTF8String invoke(int place) {
    return table().systemName(place);
  }
}

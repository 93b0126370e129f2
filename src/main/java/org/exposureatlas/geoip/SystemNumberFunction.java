package org.exposureatlas.geoip;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataTypes;

/** AS number of a place; see {@link GeoLocator#asn}. */
public final class SystemNumberFunction extends GeoFunction<Long> {

  static final String NAME = "asn";

  private static final long serialVersionUID = 1L;

  SystemNumberFunction(Broadcast<LocationTable> editions) {
    super(NAME, editions, DataTypes.LongType, DataTypes.IntegerType);
  }

  /** Called by Spark with a place; the object returned was made when the edition was loaded. */
  public Long invoke(int place) {
    return table().systemNumber(place);
  }
}

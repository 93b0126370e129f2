package org.exposureatlas.geoip;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Place of an address; see {@link GeoLocator#place}. */
public final class PlaceFunction extends GeoFunction<Integer> {

  static final String NAME = "place";

  private static final long serialVersionUID = 1L;

  PlaceFunction(Broadcast<LocationTable> editions) {
    super(NAME, editions, DataTypes.IntegerType, DataTypes.StringType, DataTypes.IntegerType);
  }

  /** Called by Spark: address text in any form, and days since 1970-01-01. */
  public int invoke(UTF8String address, int day) {
    return table().place(address, day);
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }
}

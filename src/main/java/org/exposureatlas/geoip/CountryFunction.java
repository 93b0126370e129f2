package org.exposureatlas.geoip;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Country of a place; see {@link GeoLocator#countryCode}. */
public final class CountryFunction extends GeoFunction<UTF8String> {

  static final String NAME = "country_code";

  private static final long serialVersionUID = 1L;

  CountryFunction(Broadcast<LocationTable> editions) {
    super(NAME, editions, DataTypes.StringType, DataTypes.IntegerType);
  }

  /** Called by Spark with a place. */
  public UTF8String invoke(int place) {
    return table().country(place);
  }
}

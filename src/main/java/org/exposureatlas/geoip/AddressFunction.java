package org.exposureatlas.geoip;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** RFC 5952 text of an address; see {@link GeoLocator#address}. */
public final class AddressFunction extends GeoFunction<UTF8String> {

  static final String NAME = "address";

  private static final long serialVersionUID = 1L;

  AddressFunction(Broadcast<LocationTable> editions) {
    super(NAME, editions, DataTypes.StringType, DataTypes.StringType, DataTypes.IntegerType);
  }

  /** Called by Spark: address text in any form, and its place. */
  public UTF8String invoke(UTF8String address, int place) {
    return LocationTable.address(address, place);
  }
}

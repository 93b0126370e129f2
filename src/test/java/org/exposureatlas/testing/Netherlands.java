package org.exposureatlas.testing;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.exposureatlas.geoip.GeoColumns;

/** A geo-IP look-up by which everything that looks like an address is in the Netherlands. */
public final class Netherlands implements GeoColumns {

  @Override
  public Column place(Column ip, Column snapshotDate) {
    return when(ip.rlike("^[0-9a-f.:\\[\\]]+$").and(ip.contains("300").equalTo(false)), 1)
        .otherwise(-1);
  }

  @Override
  public Column isAddress(Column place) {
    return place.geq(0);
  }

  @Override
  public Column address(Column ip, Column place) {
    return when(isAddress(place), ip);
  }

  @Override
  public Column countryCode(Column place) {
    return when(isAddress(place), "NL");
  }

  @Override
  public Column asn(Column place) {
    return lit(null).cast("long");
  }

  @Override
  public Column asName(Column place) {
    return lit(null).cast("string");
  }

  @Override
  public Column isSpecialPurpose(Column place) {
    return lit(false);
  }

  @Override
  public Column geoEdition(Column snapshotDate) {
    return lit("test/2022-07-01");
  }

  @Override
  public Column isEditionAfterSnapshot(Column snapshotDate) {
    return lit(false);
  }
}

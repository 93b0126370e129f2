package org.exposureatlas.geoip;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.function.FunctionSet;

/**
 * The functions of geo-IP look-ups, as a catalog of the session. Its namespaces are sets of
 * editions: a look-up cannot get at the editions of another one.
 */
public final class GeoFunctions extends FunctionSet {

  /** Name of the catalog in Spark's configuration. */
  static final String CATALOG = "geoip";

  /**
   * Makes the functions of some editions known to a session.
   *
   * @return namespace of the functions, with the name of the catalog before it
   */
  static String register(SparkSession spark, Broadcast<LocationTable> editions) {
    spark.conf().set("spark.sql.catalog." + CATALOG, GeoFunctions.class.getName());
    GeoFunctions catalog = (GeoFunctions) spark.sessionState().catalogManager().catalog(CATALOG);
    String namespace = "editions_" + editions.id();
    catalog.add(
        namespace,
        new PlaceFunction(editions),
        new AddressFunction(editions),
        new CountryFunction(editions),
        new SystemNumberFunction(editions),
        new SystemNameFunction(editions));
    return CATALOG + "." + namespace;
  }
}

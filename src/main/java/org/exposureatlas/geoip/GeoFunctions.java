package org.exposureatlas.geoip;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The functions of geo-IP look-ups, as a catalog of the session. Its namespaces are sets of
 * editions: a look-up cannot get at the editions of another one.
 */
public final class GeoFunctions implements FunctionCatalog {

  /** Name of the catalog in Spark's configuration. */
  static final String CATALOG = "geoip";

  private final Map<Identifier, UnboundFunction> functions = new ConcurrentHashMap<>();
  private String name;

  /**
   * Makes the functions of some editions known to a session.
   *
   * @return namespace of the functions, with the name of the catalog before it
   */
  static String register(SparkSession spark, Broadcast<LocationTable> editions) {
    spark.conf().set("spark.sql.catalog." + CATALOG, GeoFunctions.class.getName());
    GeoFunctions catalog = (GeoFunctions) spark.sessionState().catalogManager().catalog(CATALOG);
    String namespace = "editions_" + editions.id();
    catalog.add(namespace, editions);
    return CATALOG + "." + namespace;
  }

  private void add(String namespace, Broadcast<LocationTable> editions) {
    List.of(
            new PlaceFunction(editions),
            new AddressFunction(editions),
            new CountryFunction(editions),
            new SystemNumberFunction(editions),
            new SystemNameFunction(editions))
        .forEach(
            function ->
                functions.put(Identifier.of(new String[] {namespace}, function.name()), function));
  }

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap options) {
    name = catalog;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return functions.keySet().stream()
        .filter(function -> Arrays.equals(function.namespace(), namespace))
        .sorted(Comparator.comparing(Identifier::name))
        .toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    UnboundFunction function = functions.get(identifier);
    if (function == null) {
      throw new NoSuchFunctionException(identifier);
    }
    return function;
  }
}

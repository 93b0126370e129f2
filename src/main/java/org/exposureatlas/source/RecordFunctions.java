package org.exposureatlas.source;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.apache.spark.sql.functions.call_function;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What every record asks for and built-in functions answer slowly, as a catalog of functions: each
 * is plain Java that Spark calls from generated code. A session that reads raw files has {@link
 * #SETTING}.
 */
public final class RecordFunctions implements FunctionCatalog {

  /** Name of the catalog in Spark's configuration. */
  public static final String CATALOG = "atlas_record";

  /** The setting that makes the functions known to a session; its value is this class's name. */
  public static final String SETTING = "spark.sql.catalog." + CATALOG;

  private static final String[] NAMESPACE = {"source"};

  private static final Map<Identifier, UnboundFunction> FUNCTIONS =
      Stream.of(
              new AddressKeyFunction(),
              new FingerprintFunction(),
              new InstantFunction(),
              new LackFunction(),
              new PathDateFunction(),
              new PathEndFunction(),
              new QualityFlagsFunction(),
              new RansomTextFunction(),
              new ReadingOrderFunction(),
              new ServiceTypeFunction(),
              new TrimmedFunction(),
              new UnknownVersionFunction(),
              new UnreadableFunction(),
              new WholeNumberFunction())
          .collect(
              toUnmodifiableMap(
                  function -> Identifier.of(NAMESPACE, function.name()), function -> function));

  private String name;

  static Column call(String function, Column... arguments) {
    return call_function(CATALOG + "." + NAMESPACE[0] + "." + function, arguments);
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
    return FUNCTIONS.keySet().toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    UnboundFunction function = FUNCTIONS.get(identifier);
    if (function == null) {
      throw new NoSuchFunctionException(identifier);
    }
    return function;
  }
}

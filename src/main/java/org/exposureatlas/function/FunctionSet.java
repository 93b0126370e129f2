package org.exposureatlas.function;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Functions written in Java, as a catalog that a session calls them from by name. */
public abstract class FunctionSet implements FunctionCatalog {

  private final Map<Identifier, UnboundFunction> functions = new ConcurrentHashMap<>();
  private String name;

  /** Adds functions, each under its own name. */
  protected final void add(String namespace, UnboundFunction... added) {
    Stream.of(added)
        .forEach(
            function ->
                functions.put(Identifier.of(new String[] {namespace}, function.name()), function));
  }

  @Override
  public final void initialize(String catalog, CaseInsensitiveStringMap options) {
    name = catalog;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Identifier[] listFunctions(String[] namespace) {
    return functions.keySet().stream()
        .filter(function -> Arrays.equals(function.namespace(), namespace))
        .sorted(Comparator.comparing(Identifier::name))
        .toArray(Identifier[]::new);
  }

  @Override
  public final UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    UnboundFunction function = functions.get(identifier);
    if (function == null) {
      throw new NoSuchFunctionException(identifier);
    }
    return function;
  }
}

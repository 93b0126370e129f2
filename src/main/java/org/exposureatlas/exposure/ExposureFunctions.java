package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.call_function;

import org.apache.spark.sql.Column;
import org.exposureatlas.function.FunctionSet;

/** The rules that look at several rows at once. A session that exposes has {@link #SETTING}. */
public final class ExposureFunctions extends FunctionSet {

  /** The setting that makes the functions known to a session; its value is this class's name. */
  public static final String SETTING = "spark.sql.catalog." + ExposureFunctions.CATALOG;

  private static final String CATALOG = "atlas_exposure";
  private static final String NAMESPACE = "exposure";

  /** Made by Spark. */
  public ExposureFunctions() {
    add(NAMESPACE, new EndpointsFunction(), new ClusterFunction());
  }

  static Column call(String function, Column... arguments) {
    return call_function(CATALOG + "." + NAMESPACE + "." + function, arguments);
  }
}

package org.exposureatlas.source;

import static org.apache.spark.sql.functions.call_function;

import org.apache.spark.sql.Column;
import org.exposureatlas.function.FunctionSet;

/**
 * What every record asks for and built-in functions answer slowly, as a catalog of functions: each
 * is plain Java that Spark calls from generated code. A session that reads raw files has {@link
 * #SETTING}.
 */
public final class RecordFunctions extends FunctionSet {

  /** The setting that makes the functions known to a session; its value is this class's name. */
  public static final String SETTING = "spark.sql.catalog." + RecordFunctions.CATALOG;

  static final String CATALOG = "atlas_record";

  private static final String NAMESPACE = "source";

  /** Made by Spark. */
  public RecordFunctions() {
    add(
        NAMESPACE,
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
        new WholeNumberFunction());
  }

  static Column call(String function, Column... arguments) {
    return call_function(CATALOG + "." + NAMESPACE + "." + function, arguments);
  }
}

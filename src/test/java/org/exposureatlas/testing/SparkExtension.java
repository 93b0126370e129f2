package org.exposureatlas.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.exposure.ExposureFunctions;
import org.exposureatlas.source.RecordFunctions;
import org.exposureatlas.store.PosixFileSystem;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test class a session of its own in one local engine for the whole run: UTC, no UI, two
 * cores, few partitions.
 *
 * <p>Plans are interpreted as they stand, because compiling and adapting them takes longer than
 * running them on the few rows of a test; the tests of whole applications ({@code *IT}) run them as
 * users do.
 */
public final class SparkExtension implements ParameterResolver {

  private static final Map<Class<?>, SparkSession> SESSIONS = new ConcurrentHashMap<>();

  private static SparkSession engine;

  /** A new session of the shared engine, active in the calling thread. */
  public static SparkSession session() {
    return active(engine().newSession());
  }

  private static synchronized SparkSession engine() {
    if (engine == null) {
      engine =
          SparkSession.builder()
              .master("local[2]")
              .appName("tests")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              .config("spark.sql.adaptive.enabled", "false")
              .config("spark.sql.icu.caseMappings.enabled", "false")
              .config("spark.sql.execution.useObjectHashAggregateExec", "false")
              .config("spark.sql.warehouse.dir", "target/spark-warehouse")
              .config("spark.hadoop.fs.file.impl", PosixFileSystem.class.getName())
              .config(RecordFunctions.SETTING, RecordFunctions.class.getName())
              .config(ExposureFunctions.SETTING, ExposureFunctions.class.getName())
              .config(
                  "spark.sql.extensions",
                  "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
              .getOrCreate();
      engine.sparkContext().setLogLevel("ERROR");
    }
    return engine;
  }

  /** Makes {@code folder} the warehouse that a session which has not opened one yet works on. */
  public static void warehouse(SparkSession session, String folder) {
    session.conf().set("spark.sql.catalog.atlas", "org.apache.iceberg.spark.SparkCatalog");
    session.conf().set("spark.sql.catalog.atlas.type", "hadoop");
    session.conf().set("spark.sql.catalog.atlas.cache-enabled", "false");
    session.conf().set("spark.sql.catalog.atlas.warehouse", folder);
  }

  private static SparkSession active(SparkSession session) {
    SparkSession.setActiveSession(session);
    return session;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return active(SESSIONS.computeIfAbsent(context.getRequiredTestClass(), type -> session()));
  }
}

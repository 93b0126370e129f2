package org.exposureatlas.raw;

import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A data source of raw files, which Spark finds by its short name. */
public abstract class RawSource implements TableProvider, DataSourceRegister {

  private final String shortName;
  private final String endings;
  private final Function<CaseInsensitiveStringMap, RawPlan> plan;

  /**
   * A data source.
   *
   * @param endings of the names to read in a folder, comma separated, unless an option says others
   * @param plan of the options
   */
  protected RawSource(
      String shortName, String endings, Function<CaseInsensitiveStringMap, RawPlan> plan) {
    this.shortName = shortName;
    this.endings = endings;
    this.plan = plan;
  }

  @Override
  public final String shortName() {
    return shortName;
  }

  @Override
  public final StructType inferSchema(CaseInsensitiveStringMap options) {
    return plan.apply(options).columns();
  }

  @Override
  public final Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
    return new RawTable(shortName, RawFiles.of(options, endings), plan.apply(options));
  }
}

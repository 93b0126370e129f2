package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.SourceOverlap;
import org.exposureatlas.statistics.Chapman;

/** What two scan sources see in common and alone, and how much both may have missed. */
public final class Overlaps {

  private static final String COMBINATIONS = "combinations";
  private static final String COUNT = "exposures";
  private static final String ALL = "all_sources";
  private static final String ESTIMATE = "estimate";

  private static final StructType CHAPMAN =
      new StructType()
          .add(SourceOverlap.CHAPMAN_ESTIMATE.name(), DataTypes.DoubleType)
          .add(SourceOverlap.CHAPMAN_LOW95.name(), DataTypes.DoubleType)
          .add(SourceOverlap.CHAPMAN_HIGH95.name(), DataTypes.DoubleType);

  private static final UDF3<Long, Long, Long, Row> ESTIMATOR =
      (onlyA, onlyB, both) -> row(Chapman.of(onlyA, onlyB, both));

  private Overlaps() {}

  /**
   * One row per snapshot, service type and pair of sources that see the service, and one for each
   * source with itself.
   *
   * @param exposures {@link Exposure}; only clean ones count
   */
  public static Dataset<Row> between(Dataset<Row> exposures) {
    Dataset<Row> combinations =
        exposures
            .where(Exposure.IS_CLEAN.col())
            .groupBy(
                Exposure.SNAPSHOT_DATE.col(), Exposure.SERVICE_TYPE.col(), Exposure.SOURCES.col())
            .agg(functions.count(lit(1)).as(COUNT))
            .groupBy(Exposure.SNAPSHOT_DATE.col(), Exposure.SERVICE_TYPE.col())
            .agg(
                collect_list(struct(Exposure.SOURCES.col(), col(COUNT))).as(COMBINATIONS),
                array_distinct(flatten(collect_list(Exposure.SOURCES.col()))).as(ALL));
    Column a = SourceOverlap.SOURCE_A.col();
    Column b = SourceOverlap.SOURCE_B.col();
    Dataset<Row> counted =
        combinations
            .withColumn(SourceOverlap.SOURCE_A.name(), explode(col(ALL)))
            .withColumn(SourceOverlap.SOURCE_B.name(), explode(col(ALL)))
            .where(a.leq(b))
            .withColumns(
                Map.of(
                    SourceOverlap.ONLY_A_COUNT.name(), count(sources -> only(sources, a, b)),
                    SourceOverlap.ONLY_B_COUNT.name(), count(sources -> only(sources, b, a)),
                    SourceOverlap.BOTH_COUNT.name(),
                        count(
                            sources -> array_contains(sources, a).and(array_contains(sources, b)))))
            .withColumn(ESTIMATE, when(a.notEqual(b), chapman()));
    return SourceOverlap.TABLE.conform(
        counted.withColumns(
            Map.ofEntries(
                of(SourceOverlap.CHAPMAN_ESTIMATE),
                of(SourceOverlap.CHAPMAN_LOW95),
                of(SourceOverlap.CHAPMAN_HIGH95))));
  }

  /** Exposures whose sources fulfil {@code condition}. */
  private static Column count(UnaryOperator<Column> condition) {
    Column fulfilling =
        filter(
            col(COMBINATIONS),
            combination -> condition.apply(combination.getField(Exposure.SOURCES.name())));
    return aggregate(
        fulfilling, lit(0L), (sum, combination) -> sum.plus(combination.getField(COUNT)));
  }

  private static Column only(Column sources, Column one, Column other) {
    return array_contains(sources, one).and(not(array_contains(sources, other)));
  }

  private static Column chapman() {
    return udf(ESTIMATOR, CHAPMAN)
        .apply(
            SourceOverlap.ONLY_A_COUNT.col(),
            SourceOverlap.ONLY_B_COUNT.col(),
            SourceOverlap.BOTH_COUNT.col());
  }

  private static Row row(Chapman chapman) {
    return RowFactory.create(chapman.estimate(), chapman.low95(), chapman.high95());
  }

  private static Map.Entry<String, Column> of(Field field) {
    return Map.entry(field.name(), col(ESTIMATE).getField(field.name()));
  }
}

package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Observation;

/**
 * How long a record speaks: on the day of its snapshot, and on the days after it that its source's
 * validity window covers. Where no source has a snapshot, nothing speaks: a missing day stays
 * missing.
 */
final class Validity {

  /** Day of the snapshot that a record stands in; snapshot_date is the day it speaks for. */
  static final String RECORDED_DATE = "recorded_date";

  private static final String AGE = "age_days";

  private Validity() {}

  /**
   * Every record once for each snapshot of {@code range} that it speaks for.
   *
   * @param observations {@link Observation}, of {@code range} and of the days before it
   * @param snapshots snapshot_date of the snapshots there are
   * @param days validity of sources in days; 1 for a source that is not among them
   */
  static Dataset<Row> carry(
      Dataset<Row> observations,
      Dataset<Row> snapshots,
      SnapshotRange range,
      Map<String, Integer> days) {
    Column recorded = Observation.SNAPSHOT_DATE.col();
    Column youngest = greatest(lit(0), datediff(lit(range.from()), recorded));
    Column oldest = least(validity(days).minus(1), datediff(lit(range.to()), recorded));
    Dataset<Row> dates = snapshots.select(Observation.SNAPSHOT_DATE.col()).distinct();
    return observations
        .where(reaches(range, days))
        .withColumn(AGE, explode(sequence(youngest, oldest)))
        .withColumns(
            Map.of(
                RECORDED_DATE,
                recorded,
                Observation.SNAPSHOT_DATE.name(),
                date_add(recorded, col(AGE))))
        .drop(AGE)
        .join(broadcast(dates), Observation.SNAPSHOT_DATE.name());
  }

  /** True for a record that speaks for a day of the range; a test of the partition alone. */
  private static Column reaches(SnapshotRange range, Map<String, Integer> days) {
    Column reaches = recordedFrom(range.from());
    for (Map.Entry<String, Integer> source : new TreeMap<>(days).entrySet()) {
      reaches =
          reaches.or(
              Observation.SOURCE
                  .col()
                  .equalTo(source.getKey())
                  .and(recordedFrom(range.from().minusDays(source.getValue() - 1))));
    }
    return reaches.and(Observation.SNAPSHOT_DATE.col().leq(functions.lit(range.to())));
  }

  private static Column recordedFrom(LocalDate first) {
    return Observation.SNAPSHOT_DATE.col().geq(lit(first));
  }

  private static Column validity(Map<String, Integer> days) {
    Column validity = lit(1);
    for (Map.Entry<String, Integer> source : new TreeMap<>(days).entrySet()) {
      validity =
          functions
              .when(Observation.SOURCE.col().equalTo(source.getKey()), source.getValue())
              .otherwise(validity);
    }
    return validity;
  }
}

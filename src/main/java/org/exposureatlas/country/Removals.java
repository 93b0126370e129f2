package org.exposureatlas.country;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.Exposure;

/**
 * What is taken away between the volume that endpoints report and the clean volume, and how much.
 * An exposure with several flaws counts with the first: decoy, pseudo-service, implausible size.
 */
public final class Removals {

  /** Why figures are taken away. */
  public enum Reason {
    DECOY,
    PSEUDO_SERVICE,
    IMPLAUSIBLE_SIZE
  }

  /** Endpoints that reported; long. */
  public static final String ENDPOINTS = "endpoints";

  /** Sum of what endpoints reported; bytes. */
  public static final String REPORTED = "reported_bytes";

  /** Distinct exposures; long. */
  public static final String EXPOSURES = "exposures";

  /** Their volume, clusters once; bytes. */
  public static final String DEDUPLICATED = "deduplicated_bytes";

  /** What is left; bytes. */
  public static final String CLEAN = "clean_bytes";

  private static final String REASON = "reason";
  private static final double HONEYPOT_FROM = 0.5;

  private Removals() {}

  /** Column with the number of exposures removed for a reason. */
  public static String countOf(Reason reason) {
    return "count_" + reason.name();
  }

  /** Column with the bytes removed for a reason. */
  public static String bytesOf(Reason reason) {
    return "bytes_" + reason.name();
  }

  /** One row for all of {@code exposures}: {@link Exposure} of a country and a snapshot. */
  public static Dataset<Row> of(Dataset<Row> exposures) {
    Column reason =
        when(Exposure.HONEYPOT_SCORE.col().geq(HONEYPOT_FROM), Reason.DECOY.name())
            .when(Exposure.PSEUDO_SERVICE.col(), Reason.PSEUDO_SERVICE.name())
            .when(Exposure.IMPLAUSIBLE_SIZE.col(), Reason.IMPLAUSIBLE_SIZE.name());
    Column bytes = Exposure.SIZE_BYTES.col();
    List<Column> figures = new ArrayList<>();
    figures.add(coalesce(sum(Exposure.REPORTED_BYTES.col()), lit(0L)).as(REPORTED));
    figures.add(count(lit(1)).as(EXPOSURES));
    figures.add(coalesce(sum(bytes), lit(0L)).as(DEDUPLICATED));
    figures.add(coalesce(sum(when(Exposure.IS_CLEAN.col(), bytes)), lit(0L)).as(CLEAN));
    for (Reason one : Reason.values()) {
      Column isOne = col(REASON).equalTo(one.name());
      figures.add(count_if(isOne).as(countOf(one)));
      figures.add(coalesce(sum(when(isOne, bytes)), lit(0L)).as(bytesOf(one)));
    }
    return exposures
        .withColumn(REASON, reason)
        .agg(
            coalesce(sum(Exposure.MEMBER_COUNT.col()), lit(0L)).as(ENDPOINTS),
            figures.toArray(Column[]::new));
  }
}

package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.GeoRestatement;

/** What moves between countries when snapshots are located with another geo-IP edition. */
public final class Restatement {

  private static final String BYTES = "bytes";

  private Restatement() {}

  /**
   * In: {@link Exposure} as published, and of the same snapshots located anew. Out: {@link
   * GeoRestatement}, with what stays where it was too, so that exposures and bytes add up to those
   * of the snapshot on either side.
   */
  public static Dataset<Row> of(Dataset<Row> published, Dataset<Row> relocated) {
    String[] key = {Exposure.SNAPSHOT_DATE.name(), Exposure.EXPOSURE_KEY.name()};
    Dataset<Row> before =
        published.select(
            col(key[0]),
            col(key[1]),
            Exposure.COUNTRY_CODE.col().as(GeoRestatement.FROM_COUNTRY_CODE.name()),
            Exposure.GEO_EDITION.col().as(GeoRestatement.FROM_GEO_EDITION.name()));
    Dataset<Row> after =
        relocated.select(
            col(key[0]),
            col(key[1]),
            Exposure.COUNTRY_CODE.col().as(GeoRestatement.TO_COUNTRY_CODE.name()),
            Exposure.GEO_EDITION.col().as(GeoRestatement.TO_GEO_EDITION.name()),
            when(not(Exposure.IMPLAUSIBLE_SIZE.col()), Exposure.SIZE_BYTES.col()).as(BYTES));
    return GeoRestatement.TABLE.conform(
        after
            .join(before, key, "left")
            .groupBy(
                GeoRestatement.SNAPSHOT_DATE.col(),
                GeoRestatement.FROM_GEO_EDITION.col(),
                GeoRestatement.TO_GEO_EDITION.col(),
                GeoRestatement.FROM_COUNTRY_CODE.col(),
                GeoRestatement.TO_COUNTRY_CODE.col())
            .agg(
                GeoRestatement.EXPOSURE_COUNT.from(count(lit(1))),
                GeoRestatement.DEDUPLICATED_BYTES.from(coalesce(sum(BYTES), lit(0L)))));
  }
}

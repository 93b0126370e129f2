package org.exposureatlas.country;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.CountryServiceExposure;

/**
 * Which rows a snapshot gets: every country, and country with service, that had an exposure in it
 * or in the days before, so that a country that closed everything shows as zero and does not
 * vanish.
 */
public final class Cells {

  private static final String SEEN_DATE = "seen_date";

  private Cells() {}

  /**
   * One row per snapshot, country and service type, with the edition of the snapshot.
   *
   * @param snapshots snapshot_date and geo_edition of the snapshots wanted
   * @param sights snapshot_date, country_code and service_type of exposures, of the wanted
   *     snapshots and of the days before them
   * @param days how many days before a snapshot a sight counts for
   */
  public static Dataset<Row> byCountryAndService(
      Dataset<Row> snapshots, Dataset<Row> sights, int days) {
    Column snapshot = CountryServiceExposure.SNAPSHOT_DATE.col();
    Column seen = col(SEEN_DATE);
    return snapshots
        .join(
            sights
                .distinct()
                .withColumnRenamed(CountryServiceExposure.SNAPSHOT_DATE.name(), SEEN_DATE),
            seen.leq(snapshot).and(seen.gt(date_sub(snapshot, days))))
        .drop(SEEN_DATE)
        .distinct();
  }

  /** One row per snapshot and country of {@code cells}. */
  public static Dataset<Row> byCountry(Dataset<Row> cells) {
    return cells.drop(CountryServiceExposure.SERVICE_TYPE.name()).distinct();
  }
}

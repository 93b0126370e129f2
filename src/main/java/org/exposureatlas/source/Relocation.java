package org.exposureatlas.source;

import static org.apache.spark.sql.functions.array_append;
import static org.apache.spark.sql.functions.array_remove;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.geoip.GeoColumns;
import org.exposureatlas.geoip.GeoLocator;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;

/** Stored snapshots located anew, with another geo-IP edition. */
public final class Relocation {

  private static final String PLACE = "place";

  private Relocation() {}

  /**
   * In and out: {@link Observation}. Country, edition and the flags that follow from them are those
   * of {@code geo}, and so is the autonomous system where it gives one. Cluster keys stay: which
   * records are one store does not depend on where it stands.
   */
  public static Dataset<Row> observations(Dataset<Row> stored, GeoColumns geo) {
    Column place = col(PLACE);
    Column date = Observation.SNAPSHOT_DATE.col();
    Dataset<Row> located =
        stored
            .withColumn(PLACE, geo.place(Observation.IP.col(), date))
            .withColumn(Observation.COUNTRY_CODE.name(), geo.countryCode(place))
            .withColumn(Observation.GEO_EDITION.name(), geo.geoEdition(date))
            .withColumn(
                Observation.AS_NAME.name(),
                when(geo.asn(place).isNotNull(), geo.asName(place))
                    .otherwise(Observation.AS_NAME.col()))
            .withColumn(Observation.ASN.name(), coalesce(geo.asn(place), Observation.ASN.col()));
    Column disagrees =
        coalesce(
            Observation.SOURCE_COUNTRY_CODE.col().notEqual(Observation.COUNTRY_CODE.col()),
            lit(false));
    return Observation.TABLE.conform(
        located.withColumn(
            Observation.QUALITY_FLAGS.name(),
            array_sort(
                flagged(
                    flagged(
                        Observation.QUALITY_FLAGS.col(),
                        Ingestion.EDITION_AFTER_SNAPSHOT,
                        geo.isEditionAfterSnapshot(date)),
                    Ingestion.COUNTRY_DISAGREES,
                    disagrees))));
  }

  /** The flags with this one where a condition holds, and without it elsewhere. */
  private static Column flagged(Column flags, String flag, Column condition) {
    Column others = array_remove(flags, flag);
    return when(condition, array_append(others, lit(flag))).otherwise(others);
  }

  /**
   * In and out: {@link SnapshotQuality}, with the edition and the number of unlocated records of
   * relocated observations.
   *
   * @param cells {@code snapshot_cell} of the relocated observations
   */
  public static Dataset<Row> quality(Dataset<Row> stored, Dataset<Row> cells, GeoColumns geo) {
    String[] key = {SnapshotQuality.SNAPSHOT_DATE.name(), SnapshotQuality.SOURCE.name()};
    Dataset<Row> unlocated =
        cells
            .where(SnapshotCell.COUNTRY_CODE.col().equalTo(GeoLocator.UNKNOWN_COUNTRY))
            .groupBy(SnapshotCell.SNAPSHOT_DATE.col(), SnapshotCell.SOURCE.col())
            .agg(SnapshotQuality.UNLOCATED_COUNT.from(sum(SnapshotCell.OBSERVATION_COUNT.col())));
    return SnapshotQuality.TABLE.conform(
        stored
            .drop(SnapshotQuality.UNLOCATED_COUNT.name())
            .join(unlocated, key, "left")
            .withColumn(
                SnapshotQuality.UNLOCATED_COUNT.name(),
                SnapshotCounts.orZero(SnapshotQuality.UNLOCATED_COUNT))
            .withColumn(
                SnapshotQuality.GEO_EDITION.name(),
                geo.geoEdition(SnapshotQuality.SNAPSHOT_DATE.col())));
  }
}

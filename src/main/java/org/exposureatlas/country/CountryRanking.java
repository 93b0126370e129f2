package org.exposureatlas.country;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.RowGroups;

/** Countries in order of their figures. {@code ZZ} counts in the world but is not ranked. */
public final class CountryRanking {

  private static final List<Field> MEASURES =
      List.of(
          CountryExposure.CLEAN_BYTES,
          CountryExposure.DEDUPLICATED_BYTES,
          CountryExposure.REPORTED_BYTES,
          CountryExposure.ROBUST_BYTES,
          CountryExposure.EXPOSURE_COUNT,
          CountryExposure.HOST_COUNT);

  private static final String WORLD = "world";
  private static final String UNKNOWN_COUNTRY = "ZZ";

  private CountryRanking() {}

  /**
   * One row per snapshot, measure and country.
   *
   * @param byCountry {@link CountryExposure}
   * @param addresses {@link Bases#ADDRESSES} of the editions used
   * @param economies {@link Bases#ECONOMIES} of the years of the snapshots
   * @param resamples {@link CountryAggregation#resamples} of the countries; ranks have no bounds
   *     where they have no replicates
   */
  public static Dataset<Row> ranked(
      Dataset<Row> byCountry,
      Dataset<Row> addresses,
      Dataset<Row> economies,
      Dataset<Row> resamples) {
    Column[] measures =
        MEASURES.stream()
            .map(
                field ->
                    struct(
                        lit(field.name()).as(CountryRank.MEASURE.name()),
                        field.col().as(CountryRank.VALUE.name())))
            .toArray(Column[]::new);
    WindowSpec world =
        Window.partitionBy(CountryRank.SNAPSHOT_DATE.col(), CountryRank.MEASURE.col());
    Dataset<Row> values =
        byCountry
            .select(
                CountryRank.SNAPSHOT_DATE.col(),
                CountryRank.COUNTRY_CODE.col(),
                CountryExposure.GEO_EDITION.col(),
                explode(array(measures)).as(WORLD))
            .select(
                CountryRank.SNAPSHOT_DATE.col(),
                CountryRank.COUNTRY_CODE.col(),
                CountryExposure.GEO_EDITION.col(),
                col(WORLD).getField(CountryRank.MEASURE.name()).as(CountryRank.MEASURE.name()),
                col(WORLD).getField(CountryRank.VALUE.name()).as(CountryRank.VALUE.name()))
            .withColumn(WORLD, sum(CountryRank.VALUE.col()).over(world))
            .where(CountryRank.COUNTRY_CODE.col().notEqual(UNKNOWN_COUNTRY));
    Dataset<Row> rated =
        Rates.added(values, addresses, economies)
            .withColumn(CountryRank.SHARE.name(), share(CountryRank.VALUE.col(), col(WORLD)))
            .to(Rates.WITH_BASES);
    String[] key = {CountryRank.SNAPSHOT_DATE.name(), CountryRank.COUNTRY_CODE.name()};
    return RowGroups.made(
        rated,
        RankCertainty.samples(byCountry.join(resamples, key)),
        List.of(CountryRank.SNAPSHOT_DATE),
        (rows, samples) -> RankCertainty.added(Rates.withShrunk(rows), samples),
        CountryRank.TABLE.relaxed());
  }

  /** {@code part} over {@code whole}; NULL where there is no whole. */
  private static Column share(Column part, Column whole) {
    return when(whole.gt(0), part.cast("double").divide(whole));
  }
}

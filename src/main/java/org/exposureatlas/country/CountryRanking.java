package org.exposureatlas.country;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.Field;

/** Countries in order of their figures. {@code ZZ} counts in the world but is not ranked. */
public final class CountryRanking {

  /** Addresses of a country in an edition: the denominator of rates. */
  public static final String ADDRESS_COUNT = "address_count";

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
  private static final double MILLION = 1e6;

  private CountryRanking() {}

  /**
   * One row per snapshot, measure and country.
   *
   * @param byCountry {@link CountryExposure}
   * @param addresses geo_edition, country_code and {@link #ADDRESS_COUNT}: IPv4 addresses of each
   *     country in the editions used
   */
  public static Dataset<Row> ranked(Dataset<Row> byCountry, Dataset<Row> addresses) {
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
    return CountryRank.TABLE.conform(
        values
            .join(
                addresses,
                new String[] {CountryExposure.GEO_EDITION.name(), CountryRank.COUNTRY_CODE.name()},
                "left")
            .withColumn(CountryRank.SHARE.name(), share(CountryRank.VALUE.col(), col(WORLD)))
            .withColumn(
                CountryRank.RANK.name(), rank().over(world.orderBy(CountryRank.VALUE.col().desc())))
            .withColumn(
                CountryRank.VALUE_PER_MILLION_IPV4.name(),
                share(CountryRank.VALUE.col(), col(ADDRESS_COUNT)).multiply(MILLION))
            .withColumns(
                Map.of(
                    CountryRank.RANK_LOW95.name(), unknown(CountryRank.RANK_LOW95),
                    CountryRank.RANK_HIGH95.name(), unknown(CountryRank.RANK_HIGH95),
                    CountryRank.FIRST_PROBABILITY.name(), unknown(CountryRank.FIRST_PROBABILITY),
                    CountryRank.VALUE_PER_MILLION_PEOPLE.name(),
                        unknown(CountryRank.VALUE_PER_MILLION_PEOPLE),
                    CountryRank.VALUE_PER_BILLION_GDP.name(),
                        unknown(CountryRank.VALUE_PER_BILLION_GDP))));
  }

  /** {@code part} over {@code whole}; NULL where there is no whole. */
  private static Column share(Column part, Column whole) {
    return when(whole.gt(0), part.cast("double").divide(whole));
  }

  private static Column unknown(Field field) {
    return lit(null).cast(field.type());
  }
}

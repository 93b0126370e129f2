package org.exposureatlas.country;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.hll_sketch_agg;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;

/**
 * Exposed volume per country, and per country and service type.
 *
 * <p>A host is counted once in each cell it appears in, so host counts do not add up over service
 * types; exposure counts and volumes do. A cell without a single exposure is a row of zeros.
 */
public final class CountryAggregation {

  /** Standard error about 1.6 %: 2^12 registers. */
  private static final int SKETCH_LG_CONFIG_K = 12;

  private static final double WINSOR_QUANTILE = 0.999;
  private static final String CAP = "cap_bytes";
  private static final String CLEAN_SIZE = "clean_size_bytes";
  private static final String ROBUST_SIZE = "robust_size_bytes";
  private static final String SIZES = "sizes";
  private static final String ENTRY = "entry";
  private static final String HOST = "host";

  private CountryAggregation() {}

  /**
   * Per snapshot and country.
   *
   * @param exposures {@link Exposure} of one or more snapshots
   * @param cells snapshot_date, country_code and geo_edition of every row wanted; cells that no
   *     exposure falls into become zeros
   */
  public static Dataset<Row> byCountry(Dataset<Row> exposures, Dataset<Row> cells) {
    return aggregate(
        CountryExposure.TABLE,
        exposures,
        cells,
        CountryExposure.SNAPSHOT_DATE,
        CountryExposure.COUNTRY_CODE);
  }

  /** Per snapshot, country and service type; as {@link #byCountry}, with service_type. */
  public static Dataset<Row> byCountryAndService(Dataset<Row> exposures, Dataset<Row> cells) {
    return aggregate(
        CountryServiceExposure.TABLE,
        exposures,
        cells,
        CountryServiceExposure.SNAPSHOT_DATE,
        CountryServiceExposure.COUNTRY_CODE,
        CountryServiceExposure.SERVICE_TYPE);
  }

  private static Dataset<Row> aggregate(
      TableSchema table, Dataset<Row> exposures, Dataset<Row> cells, Field... key) {
    String[] names = Arrays.stream(key).map(Field::name).toArray(String[]::new);
    Column[] columns = Arrays.stream(key).map(Field::col).toArray(Column[]::new);
    Dataset<Row> sized = withCleanAndRobustSize(exposures);
    Dataset<Row> joined =
        cells
            .join(figures(sized, columns), names, "left")
            .join(hosts(exposures, columns), names, "left")
            .join(semantics(sized, columns, names), names, "left");
    return table.conform(withZeros(joined));
  }

  private static Dataset<Row> withCleanAndRobustSize(Dataset<Row> exposures) {
    Column clean = when(Exposure.IS_CLEAN.col(), Exposure.SIZE_BYTES.col());
    Dataset<Row> sized = exposures.withColumn(CLEAN_SIZE, clean);
    String[] scope = {Exposure.SNAPSHOT_DATE.name(), Exposure.SERVICE_TYPE.name()};
    Dataset<Row> caps =
        sized
            .groupBy(Exposure.SNAPSHOT_DATE.col(), Exposure.SERVICE_TYPE.col())
            .agg(percentile(col(CLEAN_SIZE), lit(WINSOR_QUANTILE)).cast("long").as(CAP));
    return sized
        .join(functions.broadcast(caps), scope)
        .withColumn(
            ROBUST_SIZE, when(col(CLEAN_SIZE).isNotNull(), least(col(CLEAN_SIZE), col(CAP))));
  }

  private static Dataset<Row> figures(Dataset<Row> sized, Column... key) {
    Column sizes = array_sort(collect_list(col(CLEAN_SIZE)));
    return sized
        .groupBy(key)
        .agg(
            CountryExposure.ENDPOINT_COUNT.from(sum(Exposure.MEMBER_COUNT.col())),
            CountryExposure.EXPOSURE_COUNT.from(count(lit(1))),
            CountryExposure.REPORTED_BYTES.from(sum(Exposure.REPORTED_BYTES.col())),
            CountryExposure.DEDUPLICATED_BYTES.from(sum(Exposure.SIZE_BYTES.col())),
            CountryExposure.CLEAN_BYTES.from(sum(CLEAN_SIZE)),
            CountryExposure.ROBUST_BYTES.from(sum(ROBUST_SIZE)),
            CountryExposure.UNKNOWN_SIZE_COUNT.from(count_if(Exposure.SIZE_BYTES.col().isNull())),
            CountryExposure.INFECTED_COUNT.from(count_if(Exposure.INFECTED.col())),
            CountryExposure.HONEYPOT_COUNT.from(count_if(Exposure.IS_HONEYPOT.col())),
            CountryExposure.RECORD_COUNT.from(
                sum(when(Exposure.IS_CLEAN.col(), Exposure.RECORD_COUNT.col()))),
            sizes.as(SIZES))
        .withColumn(CountryExposure.MEDIAN_SIZE_BYTES.name(), Concentration.median(col(SIZES)))
        .withColumn(CountryExposure.TOP1_SHARE.name(), Concentration.topShare(col(SIZES), 1))
        .withColumn(CountryExposure.TOP10_SHARE.name(), Concentration.topShare(col(SIZES), 10))
        .withColumn(CountryExposure.GINI.name(), Concentration.gini(col(SIZES)))
        .drop(SIZES);
  }

  /** Sketched in address order, because the bytes of a sketch depend on the order. */
  private static Dataset<Row> hosts(Dataset<Row> exposures, Column... key) {
    Column[] keyAndHost = Arrays.copyOf(key, key.length + 1);
    keyAndHost[key.length] = explode(Exposure.HOSTS.col()).as(HOST);
    Dataset<Row> distinct = exposures.select(keyAndHost).repartition(key).distinct();
    keyAndHost[key.length] = col(HOST);
    return distinct
        .sortWithinPartitions(keyAndHost)
        .groupBy(key)
        .agg(
            CountryExposure.HOST_COUNT.from(count(col(HOST))),
            hll_sketch_agg(col(HOST), SKETCH_LG_CONFIG_K).as(CountryExposure.HOST_SKETCH.name()));
  }

  private static Dataset<Row> semantics(Dataset<Row> sized, Column[] key, String... names) {
    Column[] keyAndKind = Arrays.copyOf(key, key.length + 1);
    keyAndKind[key.length] = Exposure.SIZE_SEMANTICS.col();
    return sized
        .where(col(CLEAN_SIZE).isNotNull())
        .groupBy(keyAndKind)
        .agg(sum(CLEAN_SIZE).as(ENTRY))
        .groupBy(Arrays.stream(names).map(functions::col).toArray(Column[]::new))
        .agg(
            map_from_entries(
                    array_sort(collect_list(struct(Exposure.SIZE_SEMANTICS.col(), col(ENTRY)))))
                .as(CountryExposure.BYTES_BY_SEMANTICS.name()));
  }

  private static Dataset<Row> withZeros(Dataset<Row> rows) {
    List<Field> counts =
        List.of(
            CountryExposure.HOST_COUNT,
            CountryExposure.ENDPOINT_COUNT,
            CountryExposure.EXPOSURE_COUNT,
            CountryExposure.REPORTED_BYTES,
            CountryExposure.DEDUPLICATED_BYTES,
            CountryExposure.CLEAN_BYTES,
            CountryExposure.ROBUST_BYTES,
            CountryExposure.UNKNOWN_SIZE_COUNT,
            CountryExposure.INFECTED_COUNT,
            CountryExposure.HONEYPOT_COUNT,
            CountryExposure.RECORD_COUNT);
    Dataset<Row> filled = rows;
    for (Field count : counts) {
      filled = filled.withColumn(count.name(), coalesce(count.col(), lit(0L)));
    }
    return filled
        .withColumn(
            CountryExposure.BYTES_BY_SEMANTICS.name(),
            coalesce(
                CountryExposure.BYTES_BY_SEMANTICS.col(),
                functions.map().cast(CountryExposure.BYTES_BY_SEMANTICS.type())))
        .withColumn(CountryExposure.CLEAN_BYTES_LOW95.name(), lit(null).cast("long"))
        .withColumn(CountryExposure.CLEAN_BYTES_HIGH95.name(), lit(null).cast("long"))
        .withColumn(CountryExposure.SUPPRESSED.name(), lit(false));
  }
}

package org.exposureatlas.country;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
 * types; exposure counts and volumes do, and so do the replicates that intervals are made of. A
 * cell without a single exposure is a row of zeros.
 */
public final class CountryAggregation {

  private static final double WINSOR_QUANTILE = 0.999;
  private static final String CAP = "cap_bytes";
  private static final String CLEAN_SIZE = "clean_size_bytes";
  private static final String ROBUST_SIZE = "robust_size_bytes";
  private static final String SAMPLE = "sample";
  private static final String DESCRIPTION = "description";
  private static final String BYTES = "bytes";
  private static final String HOST = "host";
  private static final String HOSTS = "distinct_hosts";

  private static final List<Field> ADDITIVE =
      List.of(
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

  private static final Field[] COUNTRY = {
    CountryExposure.SNAPSHOT_DATE, CountryExposure.COUNTRY_CODE
  };
  private static final Field[] SERVICE = {
    CountryServiceExposure.SNAPSHOT_DATE,
    CountryServiceExposure.COUNTRY_CODE,
    CountryServiceExposure.SERVICE_TYPE
  };

  private CountryAggregation() {}

  /**
   * What both tables are made of: per snapshot, country and service type the sums over its
   * exposures, and the sample that intervals and concentration are made of. Each table reads it, so
   * it is worth keeping.
   *
   * @param exposures {@link Exposure} of one or more snapshots
   * @param replicates number of bootstrap replicates; 0: no intervals
   */
  public static Dataset<Row> parts(Dataset<Row> exposures, int replicates) {
    Dataset<Row> cleaned =
        exposures.withColumn(CLEAN_SIZE, when(Exposure.IS_CLEAN.col(), Exposure.SIZE_BYTES.col()));
    return withSample(
            withRobustSize(cleaned)
                .groupBy(columns(SERVICE))
                .agg(
                    CellSampling.of(replicates, col(CLEAN_SIZE), col(ROBUST_SIZE)).as(SAMPLE),
                    sums()))
        .join(semantics(cleaned, col(CLEAN_SIZE), SERVICE), names(SERVICE), "left");
  }

  /**
   * Per snapshot and country.
   *
   * @param exposures {@link Exposure} of one or more snapshots
   * @param parts {@link #parts} of the exposures
   * @param cells snapshot_date, country_code and geo_edition of every row wanted; cells that no
   *     exposure falls into become zeros
   */
  public static Dataset<Row> byCountry(
      Dataset<Row> exposures, Dataset<Row> parts, Dataset<Row> cells) {
    Column[] sums =
        ADDITIVE.stream().map(field -> field.from(sum(field.col()))).toArray(Column[]::new);
    Dataset<Row> ofCountry =
        withSample(
            parts
                .groupBy(columns(COUNTRY))
                .agg(
                    CellMerging.of(col(CellSample.RESAMPLE), col(CellSample.SIZES)).as(SAMPLE),
                    sums));
    Dataset<Row> kinds =
        parts.select(
            Stream.concat(
                    Stream.of(columns(COUNTRY)),
                    Stream.of(
                        explode(CountryExposure.BYTES_BY_SEMANTICS.col())
                            .as(new String[] {Exposure.SIZE_SEMANTICS.name(), BYTES})))
                .toArray(Column[]::new));
    return described(
        CountryExposure.TABLE,
        ofCountry.join(semantics(kinds, col(BYTES), COUNTRY), names(COUNTRY), "left"),
        exposures,
        cells,
        COUNTRY);
  }

  /** Per snapshot, country and service type; as {@link #byCountry}, with service_type. */
  public static Dataset<Row> byCountryAndService(
      Dataset<Row> exposures, Dataset<Row> parts, Dataset<Row> cells) {
    return described(CountryServiceExposure.TABLE, parts, exposures, cells, SERVICE);
  }

  /**
   * The replicates of each country: snapshot_date, country_code and {@link CellSample#RESAMPLE}.
   *
   * @param parts {@link #parts} of the exposures
   */
  public static Dataset<Row> resamples(Dataset<Row> parts) {
    return parts
        .groupBy(columns(COUNTRY))
        .agg(CellMerging.of(col(CellSample.RESAMPLE), lit(null).cast("binary")).as(SAMPLE))
        .withColumn(CellSample.RESAMPLE, col(SAMPLE).getField(CellSample.RESAMPLE))
        .drop(SAMPLE);
  }

  private static Dataset<Row> described(
      TableSchema table,
      Dataset<Row> figures,
      Dataset<Row> exposures,
      Dataset<Row> cells,
      Field... key) {
    Dataset<Row> described =
        cells
            .join(figures, names(key), "left")
            .join(hosts(exposures, key), names(key), "left")
            .withColumn(
                DESCRIPTION,
                CellDescription.of(
                    col(CellSample.RESAMPLE),
                    col(CellSample.SIZES),
                    CountryExposure.HOST_COUNT.col()));
    Map<String, Column> filled = zeros();
    for (Field field : CellDescription.COLUMNS) {
      filled.put(field.name(), col(DESCRIPTION).getField(field.name()));
    }
    return table.conform(described.withColumns(filled));
  }

  private static Dataset<Row> withRobustSize(Dataset<Row> cleaned) {
    String[] scope = {Exposure.SNAPSHOT_DATE.name(), Exposure.SERVICE_TYPE.name()};
    Dataset<Row> caps =
        cleaned
            .groupBy(Exposure.SNAPSHOT_DATE.col(), Exposure.SERVICE_TYPE.col())
            .agg(percentile(col(CLEAN_SIZE), lit(WINSOR_QUANTILE)).cast("long").as(CAP));
    return cleaned
        .join(functions.broadcast(caps), scope)
        .withColumn(
            ROBUST_SIZE, when(col(CLEAN_SIZE).isNotNull(), least(col(CLEAN_SIZE), col(CAP))));
  }

  /** The {@link #ADDITIVE} figures, in their order. */
  private static Column[] sums() {
    return new Column[] {
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
          sum(when(Exposure.IS_CLEAN.col(), Exposure.RECORD_COUNT.col())))
    };
  }

  private static Dataset<Row> withSample(Dataset<Row> rows) {
    return rows.withColumns(
            Map.of(
                CellSample.RESAMPLE, col(SAMPLE).getField(CellSample.RESAMPLE),
                CellSample.SIZES, col(SAMPLE).getField(CellSample.SIZES)))
        .drop(SAMPLE);
  }

  private static Dataset<Row> hosts(Dataset<Row> exposures, Field... key) {
    return exposures
        .select(plus(key, explode(Exposure.HOSTS.col()).as(HOST)))
        .groupBy(columns(key))
        .agg(DistinctHosts.of(col(HOST)).as(HOSTS))
        .select(plus(key, col(HOSTS + ".*")));
  }

  /** The map bytes_by_semantics of {@code rows}, which have size_semantics and {@code bytes}. */
  private static Dataset<Row> semantics(Dataset<Row> rows, Column bytes, Field... key) {
    return rows.where(bytes.isNotNull())
        .groupBy(plus(key, Exposure.SIZE_SEMANTICS.col()))
        .agg(sum(bytes).as(BYTES))
        .groupBy(columns(key))
        .agg(
            map_from_entries(
                    array_sort(collect_list(struct(Exposure.SIZE_SEMANTICS.col(), col(BYTES)))))
                .as(CountryExposure.BYTES_BY_SEMANTICS.name()));
  }

  private static String[] names(Field... fields) {
    return Arrays.stream(fields).map(Field::name).toArray(String[]::new);
  }

  private static Column[] columns(Field... fields) {
    return Arrays.stream(fields).map(Field::col).toArray(Column[]::new);
  }

  private static Column[] plus(Field[] fields, Column column) {
    return Stream.concat(Stream.of(columns(fields)), Stream.of(column)).toArray(Column[]::new);
  }

  /** Counts of a cell that no exposure falls into. */
  private static Map<String, Column> zeros() {
    Map<String, Column> filled = new TreeMap<>();
    filled.put(
        CountryExposure.HOST_COUNT.name(), coalesce(CountryExposure.HOST_COUNT.col(), lit(0L)));
    for (Field count : ADDITIVE) {
      filled.put(count.name(), coalesce(count.col(), lit(0L)));
    }
    filled.put(
        CountryExposure.BYTES_BY_SEMANTICS.name(),
        coalesce(
            CountryExposure.BYTES_BY_SEMANTICS.col(),
            functions.map().cast(CountryExposure.BYTES_BY_SEMANTICS.type())));
    filled.put(CountryExposure.SUPPRESSED.name(), lit(false));
    return filled;
  }
}

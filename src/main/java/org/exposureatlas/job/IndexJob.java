package org.exposureatlas.job;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.country.ExposureIndexes;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureIndex;
import org.exposureatlas.store.Publication;

/**
 * Places countries by exposed hosts per allocated address; described in jobs/index.conf. The counts
 * are those measured, or those of a CSV file with a header: {@code country_code}, {@code
 * service_type} (all: hosts with any service), {@code count}, and if it is there {@code
 * address_count}; without it, the addresses are those of the edition in force.
 */
public final class IndexJob {

  private static final String COUNT = "count";
  private static final String ADDRESS_COUNT = "address_count";
  private static final String ANY_SERVICE = "all";

  private IndexJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("index", args, IndexJob::run);
  }

  /** About how many rows it reads: figures are no more than exposures, but for zeros. */
  static long rowsRead(JobContext context) {
    return context.rowCount(Exposure.TABLE, context.config().dates());
  }

  static void run(JobContext context) {
    SnapshotRange range = context.config().dates();
    Dataset<Row> counts =
        context
            .config()
            .index()
            .counts()
            .map(file -> told(context, file, range))
            .orElseGet(() -> measured(context, range));
    context.publish(
        range,
        Publication.of(
            ExposureIndex.TABLE, ExposureIndexes.of(counts, context.config().index().weights())));
  }

  private static Dataset<Row> measured(JobContext context, SnapshotRange range) {
    Inputs.requireSnapshots(context, range);
    return ExposureIndexes.counts(
        context.read(CountryExposure.TABLE, range),
        context.read(CountryServiceExposure.TABLE, range),
        Editions.ipv4Addresses(context, range));
  }

  private static Dataset<Row> told(JobContext context, String file, SnapshotRange range) {
    if (!range.from().equals(range.to())) {
      throw new ConfigException(
          "--from", range, "one day, because spark.atlas.index.counts is set");
    }
    context.input("counts " + file, "told by file");
    Dataset<Row> table = context.spark().read().option("header", "true").csv(file);
    List<String> columns = Arrays.asList(table.columns());
    String country = CountryExposure.COUNTRY_CODE.name();
    String service = CountryServiceExposure.SERVICE_TYPE.name();
    if (!columns.containsAll(List.of(country, service, COUNT))) {
      throw new DataContractException(
          file,
          List.of("found columns " + columns + ", expected country_code, service_type and count"));
    }
    Map<String, Long> addresses = new HashMap<>();
    if (!columns.contains(ADDRESS_COUNT)) {
      String edition = Editions.open(context).idFor(range.to());
      addresses.putAll(Editions.ipv4AddressCounts(context, edition));
    }
    List<Row> rows = new ArrayList<>();
    for (Row row : table.collectAsList()) {
      String code = code(file, row.getAs(country));
      rows.add(
          ExposureIndexes.count(
              Date.valueOf(range.to()),
              code,
              known(context, file, row.getAs(service)),
              number(file, COUNT, row.getAs(COUNT)),
              columns.contains(ADDRESS_COUNT)
                  ? (Long) number(file, ADDRESS_COUNT, row.getAs(ADDRESS_COUNT))
                  : addresses.get(code)));
    }
    return context.spark().createDataFrame(rows, ExposureIndexes.COUNTS);
  }

  private static String code(String file, String text) {
    if (text == null || !text.matches("[A-Z]{2}")) {
      throw new DataContractException(
          file, List.of("found country_code '" + text + "', expected a code such as CN"));
    }
    return text;
  }

  /** A service without a weight would be left out unseen. */
  private static String known(JobContext context, String file, String service) {
    Map<String, Integer> weights = context.config().index().weights();
    if (!ANY_SERVICE.equals(service) && (service == null || !weights.containsKey(service))) {
      throw new DataContractException(
          file,
          List.of(
              "found service_type '"
                  + service
                  + "', expected all or one of spark.atlas.index.weights: "
                  + String.join(", ", new TreeMap<>(weights).keySet())));
    }
    return service;
  }

  private static long number(String file, String column, String text) {
    if (text == null || !text.strip().matches("[0-9]{1,18}")) {
      throw new DataContractException(
          file, List.of("found " + column + " '" + text + "', expected a whole number"));
    }
    return Long.parseLong(text.strip());
  }
}

package org.exposureatlas.job;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.country.Bases;
import org.exposureatlas.country.Cells;
import org.exposureatlas.country.CountryAggregation;
import org.exposureatlas.country.CountryRanking;
import org.exposureatlas.country.UnmeasuredDays;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.store.Publication;

/** Measures and ranks every country; described in jobs/measure.conf. */
public final class MeasureJob {

  private MeasureJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("measure", args, MeasureJob::run);
  }

  /** About how many rows it reads. */
  static long rowsRead(JobContext context) {
    return context.rowCount(Exposure.TABLE, context.config().dates())
        + context.rowCount(CountryServiceExposure.TABLE, daysBefore(context));
  }

  static void run(JobContext context) {
    SnapshotRange range = context.config().dates();
    Dataset<Row> snapshots = Inputs.requireSnapshots(context, range);
    Dataset<Row> exposures = context.read(Exposure.TABLE, range);
    List<LocalDate> partial = Inputs.partialDays(context, range);
    if (!partial.isEmpty()) {
      context.console().progress("  partial snapshots on %s: figures are NULL, not low", partial);
    }
    Dataset<Row> addresses = Editions.ipv4Addresses(context, range);
    Dataset<Row> economies = economies(context, range);
    Dataset<Row> cells =
        kept(
            context,
            Cells.byCountryAndService(
                snapshots, sights(context, exposures), context.config().measure().presenceDays()));
    Dataset<Row> parts =
        kept(context, CountryAggregation.parts(exposures, context.config().measure().replicates()));
    try {
      context.publish(
          range,
          Publication.of(
              CountryServiceExposure.TABLE,
              UnmeasuredDays.blank(
                  CountryAggregation.byCountryAndService(exposures, parts, cells),
                  CountryServiceExposure.TABLE,
                  partial)),
          Publication.of(
              CountryExposure.TABLE,
              UnmeasuredDays.blank(
                  CountryAggregation.byCountry(exposures, parts, Cells.byCountry(cells)),
                  CountryExposure.TABLE,
                  partial)),
          new Publication(
              CountryRank.TABLE,
              staged ->
                  UnmeasuredDays.blank(
                      CountryRanking.ranked(
                          staged.read(CountryExposure.TABLE),
                          addresses,
                          economies,
                          CountryAggregation.resamples(parts)),
                      CountryRank.TABLE,
                      partial)));
    } finally {
      cells.unpersist();
      parts.unpersist();
    }
  }

  /**
   * Kept for several tables, in no more pieces than cores: adaptive execution joins none of them.
   */
  private static Dataset<Row> kept(JobContext context, Dataset<Row> rows) {
    return rows.coalesce(context.spark().sparkContext().defaultParallelism())
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Where exposures were seen: in the new snapshots, and in published figures before them. */
  private static Dataset<Row> sights(JobContext context, Dataset<Row> exposures) {
    Dataset<Row> earlier =
        context
            .read(CountryServiceExposure.TABLE, daysBefore(context))
            .where(CountryServiceExposure.EXPOSURE_COUNT.col().gt(0));
    return sight(exposures).union(sight(earlier));
  }

  /** In which a country or service that was seen gets a row still. */
  private static SnapshotRange daysBefore(JobContext context) {
    return context.config().dates().before(context.config().measure().presenceDays());
  }

  private static Dataset<Row> sight(Dataset<Row> rows) {
    return rows.select(
        CountryServiceExposure.SNAPSHOT_DATE.col(),
        CountryServiceExposure.COUNTRY_CODE.col(),
        CountryServiceExposure.SERVICE_TYPE.col());
  }

  private static Dataset<Row> economies(JobContext context, SnapshotRange range) {
    Set<Integer> years =
        IntStream.rangeClosed(range.from().getYear(), range.to().getYear())
            .boxed()
            .collect(Collectors.toSet());
    return context.spark().createDataFrame(Bases.economies(years), Bases.ECONOMIES);
  }
}

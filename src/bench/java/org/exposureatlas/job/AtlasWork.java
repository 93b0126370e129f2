package org.exposureatlas.job;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.country.DistinctHosts;
import org.exposureatlas.ndjson.FieldType;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Rejected;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.store.IcebergTableStore;
import org.exposureatlas.store.Publication;
import org.exposureatlas.store.TableStore;

/** The product's own jobs on one snapshot. */
final class AtlasWork {

  private final SparkSession spark;
  private final JobConfig config;

  /** Not touched by the settings of jobs. */
  private final SparkSession plain;

  AtlasWork(SparkSession spark, JobConfig config) {
    this.spark = spark;
    this.config = config;
    plain = spark.newSession();
  }

  /** Raw files to the observation table, distinct hosts per country and service, rejected. */
  long ingestAndCountHosts() {
    run(IngestJob::run);
    String hosts = config.releases() + "/atlas-hosts";
    run(context -> countHosts(context, hosts));
    long[] rejected = new long[1];
    run(context -> rejected[0] = context.read(Rejected.TABLE, config.dates()).count());
    return found(spark.read().parquet(hosts).count(), rejected[0]);
  }

  /** What every contestant must find: countries and services, and rejected records. */
  static long found(long cells, long rejected) {
    return rejected * 1_000_000 + cells;
  }

  /**
   * Compares the observations of a peer with our own, column by column, in any order of rows.
   *
   * @param peer its name
   * @param path folder or files of its Parquet table
   * @throws IllegalStateException where they differ
   */
  void checkObservations(String peer, String path) {
    run(
        context -> {
          Row ours = sums(context.read(Observation.TABLE, config.dates()));
          Row theirs = sums(spark.read().parquet(path));
          List<String> unlike =
              Stream.of(ours.schema().fieldNames())
                  .filter(column -> !ours.getAs(column).equals(theirs.getAs(column)))
                  .toList();
          if (!unlike.isEmpty()) {
            throw new IllegalStateException(
                peer + " found other observations in these columns: " + unlike);
          }
        });
  }

  /** Sum of the hashes of each column, and of rows; the peers cannot tell lines. */
  private static Row sums(Dataset<Row> observations) {
    Column[] sums =
        Observation.TABLE.fields().stream()
            .filter(field -> !field.equals(Observation.LINE))
            .map(field -> sum(xxhash64(field.col()).cast("decimal(20)")).as(field.name()))
            .toArray(Column[]::new);
    return observations.agg(count(lit(1)).as("rows"), sums).head();
  }

  private static void countHosts(JobContext context, String path) {
    context
        .read(Observation.TABLE, context.config().dates())
        .groupBy(Observation.COUNTRY_CODE.col(), Observation.SERVICE_TYPE.col())
        .agg(
            DistinctHosts.of(Observation.IP.col())
                .getField(CountryExposure.HOST_COUNT.name())
                .as("hosts"))
        .write()
        .mode("overwrite")
        .option("compression", "zstd")
        .parquet(path);
  }

  long nightly() {
    run(NightlyJob::run);
    return config.dates().to().toEpochDay();
  }

  /** A nightly run but for the trend, which looks at the history by its nature. */
  long nightlyWithoutTrend() {
    List<Step> steps =
        NightlyJob.AFTER_EXPOSE.stream().filter(step -> !step.name().equals("trend")).toList();
    run(context -> NightlyJob.runWith(steps, context));
    return config.dates().to().toEpochDay();
  }

  void ingestAndExpose() {
    run(IngestJob::run);
    run(ExposeJob::run);
  }

  /** The steps that look at exposures. */
  long exposeToSurvival() {
    for (Job step :
        List.<Job>of(ExposeJob::run, MeasureJob::run, ChurnJob::run, SurvivalJob::run)) {
      run(step);
    }
    return config.dates().to().toEpochDay();
  }

  /** Publishes days before the snapshot, each with all but 8 % of its exposures, others a day. */
  void publishBefore(int days) {
    for (LocalDate day : config.dates().before(days).days()) {
      Column chance = pmod(xxhash64(Exposure.STORE_KEY.col(), lit(day.toString())), lit(100));
      run(
          context ->
              context.publish(
                  SnapshotRange.day(day),
                  Publication.of(
                      SnapshotQuality.TABLE,
                      ofSnapshot(context, SnapshotQuality.TABLE)
                          .withColumns(on(day, SnapshotQuality.SNAPSHOT_DATE))),
                  Publication.of(
                      Exposure.TABLE,
                      ofSnapshot(context, Exposure.TABLE)
                          .where(chance.lt(92))
                          .withColumns(
                              on(
                                  day,
                                  Exposure.SNAPSHOT_DATE,
                                  Exposure.FIRST_SEEN_DATE,
                                  Exposure.LAST_SEEN_DATE)))));
    }
  }

  private Dataset<Row> ofSnapshot(JobContext context, TableSchema table) {
    return context.read(table, config.dates());
  }

  private static Map<String, Column> on(LocalDate day, Field... dates) {
    return Stream.of(dates).collect(Collectors.toMap(Field::name, date -> lit(Date.valueOf(day))));
  }

  /** What a night leaves for the next one. */
  void keepWhatIsRemembered() {
    run(context -> EarlierSights.remembered(context, config.expose().memoryDays()));
    run(SurvivalJob::run);
  }

  /** Sum of one field over all raw files. */
  long rawScan() {
    JsonField size = new JsonField("size", "leak.dataset.size", FieldType.LONG);
    return plain
        .read()
        .format("ndjson-paths")
        .option("fields", JsonField.encode(List.of(size)))
        .load(config.raw() + "/leakix/" + config.dates().to())
        .selectExpr("count(*)", "sum(cast(size as double))")
        .head()
        .getLong(0);
  }

  private void run(Job job) {
    SparkSession.setActiveSession(spark);
    Console quiet = new Console(System.err, System.err);
    try (TableStore store = IcebergTableStore.open(spark, config.warehouse())) {
      JobRunner.step("bench", new JobContext(spark, store, config, quiet), job);
    }
  }

  static JobConfig config(
      String raw, String geoip, String out, String from, String to, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.atlas.raw", raw);
    settings.put("spark.atlas.geoip", geoip);
    settings.put("spark.atlas.warehouse", out + "/warehouse");
    settings.put("spark.atlas.releases", out + "/releases");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return JobConfig.of(settings, "--from", from, "--to", to);
  }
}

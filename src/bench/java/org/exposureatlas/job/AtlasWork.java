package org.exposureatlas.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.country.DistinctHosts;
import org.exposureatlas.ndjson.FieldType;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Rejected;
import org.exposureatlas.store.IcebergTableStore;
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

  /** The steps of a nightly run but the trend, which looks at the history by its nature. */
  long nightlyWithoutTrend() {
    for (Job step :
        List.<Job>of(
            IngestJob::run,
            ExposeJob::run,
            MeasureJob::run,
            ChurnJob::run,
            SurvivalJob::run,
            ReleaseJob::run,
            ReportJob::run)) {
      run(step);
    }
    return config.dates().to().toEpochDay();
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

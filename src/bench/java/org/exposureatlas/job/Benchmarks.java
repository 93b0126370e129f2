package org.exposureatlas.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.geoip.EditionReader;
import org.exposureatlas.geoip.GeoEditions;

/** Every row of the table in src/bench/README.md; see there. */
public final class Benchmarks {

  private static final String DATE = "2022-07-21";

  private final Path folder = Path.of(System.getProperty("bench.folder", "target/bench"));
  private final String geoip = System.getProperty("bench.geoip", folder + "/geoip");
  private final long scale = Long.getLong("bench.scale", 6_000_000);
  private final Rounds rounds = new Rounds(Integer.getInteger("bench.rounds", 5));
  private final List<String> wanted =
      List.of(System.getProperty("bench.rows", "ingest,scan,nightly").split(","));

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    new Benchmarks().run();
  }

  private void run() throws Exception {
    JobConfig config = config("raw");
    Map<String, String> settings = sparkSettings();
    settings.forEach(System::setProperty);
    SparkSession spark = JobRunner.session("bench", settings, config);
    System.out.printf(
        Locale.ROOT,
        "%d cores, heap %d MB, Java %s, Spark %s%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        Runtime.version(),
        spark.version());
    simulate(spark, "raw", scale);
    AtlasWork atlas = new AtlasWork(spark, config);
    if (wanted.contains("ingest")) {
      ingest(spark, config, atlas);
    }
    if (wanted.contains("scan")) {
      scan(atlas);
    }
    if (wanted.contains("nightly")) {
      nightly(spark, atlas);
    }
    spark.stop();
  }

  private void ingest(SparkSession spark, JobConfig config, AtlasWork atlas) throws Exception {
    GeoEditions editions =
        GeoEditions.list(
            spark.sessionState().newHadoopConf(), config.geoip(), config.geoipProvider());
    Map<String, List<long[]>> ranges =
        EditionReader.load(
                spark.sessionState().newHadoopConf(), editions.asOf(LocalDate.parse(DATE)))
            .index()
            .ipv4Ranges();
    String files = folder.resolve("raw/leakix/" + DATE).toString();
    DuckDbWork duck = new DuckDbWork(files + "/*.gz", folder.resolve("duckdb"), ranges);
    SparkJsonWork json =
        new SparkJsonWork(spark, files, folder.resolve("spark").toString(), ranges);
    Map<String, Double> medians =
        rounds.medians(
            new Contestant("Exposure Atlas", atlas::ingestAndCountHosts),
            new Contestant("DuckDB", duck::ingestAndCountHosts),
            new Contestant("idiomatic Spark", json::ingestAndCountHosts));
    ratio("raw to observation and hosts", medians, "DuckDB", 0.7);
    ratio("raw to observation and hosts", medians, "idiomatic Spark", 0.33);
  }

  private void scan(AtlasWork atlas) throws Exception {
    Path files = folder.resolve("raw/leakix/" + DATE);
    Map<String, Double> medians =
        rounds.medians(
            new Contestant(
                "Exposure Atlas",
                () -> {
                  atlas.rawScan();
                  return 0;
                }),
            new Contestant(
                "gunzip",
                () -> {
                  Gunzip.bytesOfFolder(files);
                  return 0;
                }));
    ratio("raw scan", medians, "gunzip", 1.6);
  }

  private void nightly(SparkSession spark, AtlasWork atlas) throws Exception {
    simulate(spark, "raw-tenth", scale / 10);
    AtlasWork tenth = new AtlasWork(spark, config("raw-tenth"));
    Map<String, Double> medians =
        rounds.medians(
            new Contestant("Exposure Atlas", atlas::nightly),
            new Contestant("a tenth", tenth::nightly));
    ratio("nightly", medians, "a tenth", 10.5);
  }

  private static void ratio(String row, Map<String, Double> medians, String peer, double target) {
    double ours = medians.get("Exposure Atlas");
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f s | %s %.2f s | ratio %.2f | target %.2f |%n",
        row,
        ours,
        peer,
        medians.get(peer),
        ours / medians.get(peer),
        target);
  }

  private void simulate(SparkSession spark, String raw, long records) {
    Path there = folder.resolve(raw);
    if (Files.exists(there.resolve("leakix/" + DATE))) {
      return;
    }
    JobConfig config =
        AtlasWork.config(
            there.toString(),
            geoip,
            there.toString(),
            DATE,
            "spark.atlas.simulate.scale",
            "" + records);
    Console console = new Console(System.out, System.out);
    SimulateJob.run(new JobContext(spark, null, config, console));
  }

  private JobConfig config(String raw) {
    return AtlasWork.config(
        folder.resolve(raw).toString(), geoip, folder.resolve(raw + "-out").toString(), DATE);
  }

  /** The settings of the nightly job, as spark-submit hands them over. */
  private Map<String, String> sparkSettings() throws Exception {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(Path.of("jobs/nightly.conf"))) {
      properties.load(in);
    }
    Map<String, String> settings = new HashMap<>(Map.of("spark.master", "local[*]"));
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }
}

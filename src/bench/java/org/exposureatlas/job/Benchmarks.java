package org.exposureatlas.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.simulate.SyntheticEdition;
import org.exposureatlas.store.PosixFileSystem;

/** Every row of the table in src/bench/README.md; see there. */
public final class Benchmarks {

  private static final String DATE = "2022-07-21";
  private static final String ATLAS = "Exposure Atlas";
  private static final int YEAR = 365;
  private static final int MONTH = 30;
  private static final Set<String> ROWS_OF_ONE_SNAPSHOT =
      Set.of("ingest", "scan", "inflate", "nightly", "month", "fixed", "gzip");
  private static final long GZIP_BYTES = 4_000_000_000L;

  private final Path folder = Path.of(System.getProperty("bench.folder", "target/bench"));
  private final String geoip = System.getProperty("bench.geoip", folder + "/geoip");
  private final long scale = Long.getLong("bench.scale", 6_000_000);
  private final long historyScale = Long.getLong("bench.history-scale", 1_000);
  private final Rounds rounds = new Rounds(Integer.getInteger("bench.rounds", 5));
  private final List<String> wanted =
      List.of(
          System.getProperty(
                  "bench.rows",
                  "ingest,generic,scan,inflate,nightly,month,history,fixed,gzip,micro")
              .split(","));

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    Benchmarks benchmarks = new Benchmarks();
    if (List.of(args).contains(SparkJsonProcess.ARGUMENT)) {
      benchmarks.serveSparkJson();
    } else {
      benchmarks.run();
    }
  }

  private void serveSparkJson() throws Exception {
    JobConfig config = config("raw");
    SparkSession spark = session(config);
    SparkJsonWork work =
        new SparkJsonWork(
            spark, filesOfSnapshot(), sparkFolder(), EditionRanges.inForce(spark, config));
    SparkJsonProcess.serve(work::ingestAndCountHosts);
    spark.stop();
  }

  private void run() throws Exception {
    JobConfig config = config("raw");
    SparkSession spark = session(config);
    System.out.printf(
        Locale.ROOT,
        "%d cores, %s, heap %d MB, Java %s, Spark %s, DuckDB %s%n",
        Runtime.getRuntime().availableProcessors(),
        processor(),
        Runtime.getRuntime().maxMemory() >> 20,
        Runtime.version(),
        spark.version(),
        DuckDbWork.version());
    if (!Collections.disjoint(wanted, ROWS_OF_ONE_SNAPSHOT)) {
      simulate(spark, "raw", scale);
    }
    AtlasWork atlas = new AtlasWork(spark, config);
    if (wanted.contains("ingest")) {
      ingest(spark, config, atlas);
    }
    if (wanted.contains("generic")) {
      generic(spark, atlas);
    }
    if (wanted.contains("scan")) {
      scan(atlas);
    }
    if (wanted.contains("nightly")) {
      nightly(spark, atlas);
    }
    if (wanted.contains("month")) {
      month(spark);
    }
    if (wanted.contains("history")) {
      history(spark);
    }
    spark.stop();
    if (wanted.contains("inflate")) {
      rounds.medians(new InflateWork(rawFiles(), folder.resolve("raw-zstd")).contestants());
    }
    if (wanted.contains("fixed")) {
      fixed();
    }
    if (wanted.contains("gzip")) {
      gzip();
    }
    if (wanted.contains("micro")) {
      if (!Files.exists(Path.of(geoip))) {
        new SyntheticEdition().write(new Configuration(), geoip);
      }
      MicroBenchmarks.run(geoip);
    }
  }

  /** What Linux calls the processor; elsewhere its architecture. */
  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    String architecture = System.getProperty("os.arch");
    if (!Files.exists(info)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    }
  }

  private SparkSession session(JobConfig config) throws Exception {
    Map<String, String> settings = sparkSettings();
    settings.forEach(System::setProperty);
    return JobRunner.session("bench", settings, config);
  }

  private String filesOfSnapshot() {
    return folder.resolve("raw/leakix/" + DATE).toString();
  }

  private String sparkFolder() {
    return folder.resolve("spark").toString();
  }

  private void ingest(SparkSession spark, JobConfig config, AtlasWork atlas) throws Exception {
    DuckDbWork duck =
        new DuckDbWork(
            filesOfSnapshot() + "/*.gz",
            folder.resolve("duckdb"),
            EditionRanges.inForce(spark, config));
    try (SparkJsonProcess json = new SparkJsonProcess()) {
      Map<String, Double> medians =
          rounds.medians(
              new Contestant(ATLAS, atlas::ingestAndCountHosts),
              new Contestant("DuckDB", duck::ingestAndCountHosts),
              new Contestant("idiomatic Spark", json::run));
      atlas.checkObservations("DuckDB", duck.observations());
      atlas.checkObservations("idiomatic Spark", SparkJsonWork.observations(sparkFolder()));
      ratio("raw to observation and hosts", medians, "DuckDB", "0.70");
      ratio("raw to observation and hosts", medians, "idiomatic Spark", "0.33");
    }
  }

  /** The same files, as those of a source that only a mapping knows. */
  private void generic(SparkSession spark, AtlasWork atlas) throws Exception {
    Path link = folder.resolve("raw-mapped/mapped");
    if (!Files.exists(link)) {
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, folder.resolve("raw/leakix").toAbsolutePath());
    }
    AtlasWork mapped =
        new AtlasWork(
            spark, config("raw-mapped", "spark.atlas.ingest.mappings", "src/bench/mapped.json"));
    Map<String, Double> medians =
        rounds.medians(
            new Contestant("adapter", atlas::ingestAndCountHosts),
            new Contestant(ATLAS, mapped::ingestAndCountHosts));
    ratio("generic source", medians, "adapter", "1.20");
  }

  private void scan(AtlasWork atlas) throws Exception {
    Path files = Path.of(filesOfSnapshot());
    Map<String, Double> medians =
        rounds.medians(
            new Contestant(
                ATLAS,
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
    ratio("raw scan", medians, "gunzip", "1.60");
  }

  private void nightly(SparkSession spark, AtlasWork atlas) throws Exception {
    simulate(spark, "raw-tenth", scale / 10);
    AtlasWork tenth = new AtlasWork(spark, config("raw-tenth"));
    Map<String, Double> medians =
        rounds.medians(
            new Contestant(ATLAS, atlas::nightly), new Contestant("a tenth", tenth::nightly));
    ratio("nightly", medians, "a tenth", "10.5");
  }

  /** The steps that look at exposures, with a month of them before the day and with none. */
  private void month(SparkSession shared) throws Exception {
    Path raw = folder.resolve("raw");
    String out = folder.resolve("month").toString();
    boolean isThere = Files.exists(Path.of(out));
    SparkSession spark = session(shared, out);
    AtlasWork last = work(spark, raw, out, DATE, DATE);
    if (!isThere) {
      last.ingestAndExpose();
      last.publishBefore(MONTH);
    }
    String before = LocalDate.parse(DATE).minusDays(1).toString();
    work(spark, raw, out, before, before).keepWhatIsRemembered();
    String fresh = folder.resolve("alone").toString();
    AtlasWork alone = work(session(shared, fresh), raw, fresh, DATE, DATE);
    alone.ingestAndExpose();
    Map<String, Double> medians =
        rounds.medians(
            new Contestant(ATLAS, last::exposeToSurvival),
            new Contestant("none before", alone::exposeToSurvival));
    ratio("expose to survival after a month", medians, "none before", "none");
  }

  /** A night after a year of snapshots, and after a month of them. */
  private void history(SparkSession spark) throws Exception {
    Path raw = folder.resolve("raw-history-" + historyScale);
    LocalDate last = LocalDate.parse(DATE);
    simulate(spark, raw, last.minusDays(YEAR), historyScale);
    Map<String, Double> medians =
        rounds.medians(
            new Contestant(ATLAS, stored(spark, raw, YEAR)),
            new Contestant("30 stored", stored(spark, raw, MONTH)));
    ratio("nightly with 365 stored, trend apart", medians, "30 stored", "1.15");
  }

  /**
   * A night on a warehouse that holds so many days before the last one, made where it is missing.
   * It writes a new release every time, after the one of the time before.
   */
  private Contestant.Work stored(SparkSession shared, Path raw, int days) {
    String out = folder.resolve("history-" + historyScale + "-" + days).toString();
    LocalDate last = LocalDate.parse(DATE);
    boolean isThere = Files.exists(Path.of(out, "releases"));
    SparkSession spark = session(shared, out);
    LocalDate before = last.minusDays(1);
    // where all days are there, the last once more: other code does not go on from its lives
    LocalDate first = isThere ? before : last.minusDays(days);
    work(spark, raw, out, first.toString(), before.toString()).nightly();
    work(spark, raw, out, DATE, DATE).nightly();
    return () ->
        work(
                spark,
                raw,
                out,
                DATE,
                DATE,
                "spark.atlas.release.id",
                DATE + "-" + System.currentTimeMillis())
            .nightlyWithoutTrend();
  }

  /** A session for tables of their own. */
  private static SparkSession session(SparkSession shared, String out) {
    SparkSession spark = shared.newSession();
    spark.conf().set("spark.sql.catalog.atlas.warehouse", out + "/warehouse");
    return spark;
  }

  private AtlasWork work(
      SparkSession spark, Path raw, String out, String from, String to, String... more) {
    return new AtlasWork(spark, AtlasWork.config(raw.toString(), geoip, out, from, to, more));
  }

  /** What starting costs: a dry run, and a night with next to no records. */
  private void fixed() throws Exception {
    Path tiny = folder.resolve("fixed");
    SubmitWork work = new SubmitWork(tiny, Path.of(geoip), DATE);
    work.putOne(List.of(firstRecords(100)));
    rounds.medians(
        new Contestant("dry run, target 0.3 s", work::dryRun),
        new Contestant("empty nightly, target 12 s", () -> work.fresh("nightly")));
  }

  private Path firstRecords(int count) throws Exception {
    Path few = folder.resolve("few.ndjson.gz");
    try (var lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(rawFiles().get(0))),
                    StandardCharsets.UTF_8));
        var out =
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(few)), StandardCharsets.UTF_8)) {
      for (String line : lines.lines().limit(count).toList()) {
        out.write(line + "\n");
      }
    }
    return few;
  }

  /** One large gzip beside the same records in many files, both with the heap of submit.sh. */
  private void gzip() throws Exception {
    List<Path> files = new ArrayList<>();
    long bytes = 0;
    for (Path file : rawFiles()) {
      if (bytes < GZIP_BYTES) {
        files.add(file);
        bytes += Gunzip.bytes(file);
      }
    }
    System.out.printf(Locale.ROOT, "one gzip of %,d bytes of JSON%n", bytes);
    SubmitWork one = new SubmitWork(folder.resolve("one-gzip"), Path.of(geoip), DATE);
    one.putOne(files);
    SubmitWork many = new SubmitWork(folder.resolve("many-gzip"), Path.of(geoip), DATE);
    many.putAll(files);
    Map<String, Double> medians =
        rounds.medians(
            new Contestant(ATLAS, () -> one.fresh("ingest")),
            new Contestant("many files", () -> many.fresh("ingest")));
    ratio("ingest of one gzip", medians, "many files", "none");
  }

  private List<Path> rawFiles() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(filesOfSnapshot()))) {
      return files.filter(file -> file.toString().endsWith(".gz")).sorted().toList();
    }
  }

  private static void ratio(String row, Map<String, Double> medians, String peer, String target) {
    double ours = medians.get(ATLAS);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f s | %s %.2f s | ratio %.2f | target %s |%n",
        row,
        ours,
        peer,
        medians.get(peer),
        ours / medians.get(peer),
        target);
  }

  private void simulate(SparkSession spark, String raw, long records) {
    simulate(spark, folder.resolve(raw), LocalDate.parse(DATE), records);
  }

  private void simulate(SparkSession spark, Path there, LocalDate from, long records) {
    if (Files.exists(there.resolve("leakix/" + DATE))) {
      return;
    }
    JobConfig config =
        AtlasWork.config(
            there.toString(),
            geoip,
            there.toString(),
            from.toString(),
            DATE,
            "spark.atlas.simulate.scale",
            "" + records);
    Console console = new Console(System.out, System.out);
    SimulateJob.run(new JobContext(spark, null, config, console));
  }

  private JobConfig config(String raw, String... more) {
    return AtlasWork.config(
        folder.resolve(raw).toString(),
        geoip,
        folder.resolve(raw + "-out").toString(),
        DATE,
        DATE,
        more);
  }

  /** The settings of the nightly job, as submit.sh hands them over; system properties win. */
  private Map<String, String> sparkSettings() throws Exception {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(Path.of("jobs/nightly.conf"))) {
      properties.load(in);
    }
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "spark.master",
                "local[*]",
                "spark.hadoop.fs.file.impl",
                PosixFileSystem.class.getName()));
    properties
        .stringPropertyNames()
        .forEach(key -> settings.put(key, System.getProperty(key, properties.getProperty(key))));
    return settings;
  }
}

package org.exposureatlas.job;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.package$;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.ScalaReflection$;
import org.exposureatlas.config.AtlasException;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.exposure.ExposureFunctions;
import org.exposureatlas.schema.Run;
import org.exposureatlas.source.RecordFunctions;
import org.exposureatlas.store.IcebergTableStore;
import org.exposureatlas.store.TableStore;

/** Opens the session and the store, runs a job in them and reports what it did. */
public final class JobRunner {

  private static final String CATALOG = "spark.sql.catalog." + IcebergTableStore.CATALOG;

  /**
   * False: lower and upper case as Java has it. Spark's own table of the letters that differ costs
   * a second at its first use.
   */
  private static final String SPARKS_OWN_CASES = "spark.sql.icu.caseMappings.enabled";

  /** True: groups of rows that are sorted by group are made in one pass, without another sort. */
  private static final String SORTED_GROUPS = "spark.sql.execution.replaceHashWithSortAgg";

  private static final String SPARK_MINOR_VERSION = "4.1.";

  private static final long PROGRESS_EVERY_MS = 3_000;

  private final Clock clock;

  private JobRunner(Clock clock) {
    this.clock = clock;
  }

  /**
   * Runs {@code job} as the main class of an application.
   *
   * @throws SparkUserAppException after a failure that its message explains; spark-submit then
   *     exits with 1 and shows no trace
   */
  static void main(String name, String[] args, Job job) throws SparkUserAppException {
    main(name, args, JobRunner::ofDates, job);
  }

  /** The same for a job that settles some of its configuration itself. */
  static void main(String name, String[] args, Configurer configurer, Job job)
      throws SparkUserAppException {
    Console console = Console.standard();
    explained(
        name,
        console,
        () -> {
          Map<String, String> settings = sparkSettings();
          JobConfig config = configurer.configure(settings, args);
          new JobRunner(Clock.systemUTC()).run(name, settings, config, job, console);
        });
  }

  /** The same for what needs the configuration only, and neither session nor tables. */
  static void main(String name, String[] args, BiConsumer<JobConfig, Console> listing)
      throws SparkUserAppException {
    Console console = Console.standard();
    explained(name, console, () -> listing.accept(JobConfig.of(sparkSettings(), args), console));
  }

  private static void explained(String name, Console console, Runnable work)
      throws SparkUserAppException {
    try {
      work.run();
    } catch (AtlasException e) {
      console.progress("%s: %s", name, e.getMessage());
      throw new SparkUserAppException(1, null);
    }
  }

  private static JobConfig ofDates(Map<String, String> settings, String... args) {
    JobConfig config = JobConfig.of(settings, args);
    config.dates();
    return config;
  }

  /** The {@code spark.*} settings that spark-submit hands over. */
  private static Map<String, String> sparkSettings() {
    return Arrays.stream(new SparkConf().getAll())
        .collect(Collectors.toMap(pair -> pair._1(), pair -> pair._2()));
  }

  /** Makes the configuration of a run of Spark's settings and the command line. */
  @FunctionalInterface
  interface Configurer {
    JobConfig configure(Map<String, String> settings, String... args);
  }

  private void run(
      String name, Map<String, String> settings, JobConfig config, Job job, Console console) {
    checkSparkVersion(package$.MODULE$.SPARK_VERSION());
    beginReflection();
    SparkSession spark = session(name, settings, config);
    spark.sparkContext().addSparkListener(new ProgressListener(console, PROGRESS_EVERY_MS));
    try (TableStore store = IcebergTableStore.open(spark, config.warehouse())) {
      step(name, new JobContext(spark, store, config, console), job, clock);
    } finally {
      spark.stop();
    }
  }

  /**
   * Takes half a second that the first plan or task would wait for; the start of Spark leaves a
   * core for it.
   */
  private static void beginReflection() {
    Thread reflection = new Thread(() -> ScalaReflection$.MODULE$.universe(), "reflection");
    reflection.setDaemon(true);
    reflection.start();
  }

  /** Runs one step of a job: labels it, times it, and adds a row to the table of runs. */
  static void step(String name, JobContext context, Job job) {
    step(name, context, job, Clock.systemUTC());
  }

  private static void step(String name, JobContext context, Job job, Clock clock) {
    record(timed(name, context.step(), job, clock).stream().toList(), context);
  }

  /** Runs a step; what it returns is for {@link #record}. */
  static Optional<Row> timed(String name, JobContext context, Job job) {
    return timed(name, context, job, Clock.systemUTC());
  }

  private static Optional<Row> timed(String name, JobContext context, Job job, Clock clock) {
    Instant start = clock.instant();
    context.console().progress("%s ...", name);
    context.spark().sparkContext().setJobDescription(name);
    job.run(context);
    long millis = start.until(clock.instant(), ChronoUnit.MILLIS);
    context
        .console()
        .progress("%s done in %.1f s%s", name, millis / 1e3, rows(context.outputRows()));
    return context.outputRows().isEmpty()
        ? Optional.empty()
        : Optional.of(row(name, context, start, millis));
  }

  private static String rows(Map<String, Long> outputRows) {
    return outputRows.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, ", %,d %s", entry.getValue(), entry.getKey()))
        .collect(Collectors.joining());
  }

  private static Row row(String name, JobContext context, Instant start, long millis) {
    SnapshotRange range = context.config().dates();
    Instant second = start.truncatedTo(ChronoUnit.SECONDS);
    return RowFactory.create(
        name + "-" + range.to() + "-" + second.toString().replaceAll("[:-]", ""),
        name,
        java.sql.Date.valueOf(range.from()),
        java.sql.Date.valueOf(range.to()),
        Timestamp.from(second),
        millis,
        CodeVersion.text(),
        context.config().settings(),
        context.inputs(),
        context.outputRows());
  }

  /** Adds the rows of steps that are over to the table of runs. */
  static void record(List<Row> runs, JobContext context) {
    if (!runs.isEmpty()) {
      context.append(Run.TABLE, runs);
    }
  }

  static void checkSparkVersion(String found) {
    if (!found.startsWith(SPARK_MINOR_VERSION)) {
      throw new ConfigException("Spark", found, "version " + SPARK_MINOR_VERSION + "x");
    }
  }

  static SparkSession session(String name, Map<String, String> settings, JobConfig config) {
    // The builder of the API looks for this one by reflection.
    org.apache.spark.sql.classic.SparkSession.Builder builder =
        org.apache.spark.sql.classic.SparkSession.builder()
            .appName("exposure-atlas " + name)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", extensions(settings))
            .config(SPARKS_OWN_CASES, "false")
            .config(RecordFunctions.SETTING, RecordFunctions.class.getName())
            .config(ExposureFunctions.SETTING, ExposureFunctions.class.getName())
            .config(SORTED_GROUPS, "true");
    if (!settings.containsKey(CATALOG)) {
      defaultCatalog(config).forEach(builder::config);
    }
    return builder.getOrCreate();
  }

  private static String extensions(Map<String, String> settings) {
    String iceberg = "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions";
    String others = settings.getOrDefault("spark.sql.extensions", "");
    return others.isEmpty() || others.contains(iceberg) ? iceberg : others + "," + iceberg;
  }

  private static Map<String, String> defaultCatalog(JobConfig config) {
    Map<String, String> catalog = new HashMap<>();
    catalog.put(CATALOG, "org.apache.iceberg.spark.SparkCatalog");
    catalog.put(CATALOG + ".type", "hadoop");
    catalog.put(CATALOG + ".warehouse", config.warehouse());
    catalog.put(CATALOG + ".cache-enabled", "false");
    return catalog;
  }
}

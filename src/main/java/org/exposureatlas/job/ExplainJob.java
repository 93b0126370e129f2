package org.exposureatlas.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.country.Removals;
import org.exposureatlas.release.Pseudonyms;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Run;
import org.exposureatlas.schema.SnapshotQuality;

/** Prints how the figures of a country and a day came about; described in jobs/explain.conf. */
public final class ExplainJob {

  private static final String SECRET_VARIABLE = "EXPOSURE_ATLAS_KEY";
  private static final double TERABYTE = 1e12;
  private static final int LARGEST = 10;
  private static final String RECORDS = "records";
  private static final String OPEN = "open";
  private static final String PLACE = "place";

  private final JobContext context;
  private final String country;
  private final SnapshotRange day;

  private ExplainJob(JobContext context, String country) {
    this.context = context;
    this.country = country;
    day = SnapshotRange.day(context.config().dates().to());
  }

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("explain", args, ExplainJob::run);
  }

  static void run(JobContext context) {
    String country =
        context
            .config()
            .country()
            .orElseThrow(() -> new ConfigException("--country", "nothing", "a code such as CN"));
    new ExplainJob(context, country).explain();
  }

  private void explain() {
    Dataset<Row> exposures =
        context.read(Exposure.TABLE, day).where(Exposure.COUNTRY_CODE.col().equalTo(country));
    headline();
    volumes(Removals.of(exposures).head());
    largest(exposures);
    files();
    snapshots();
    runs();
  }

  private void say(String format, Object... values) {
    context.console().result(format, values);
  }

  private void headline() {
    List<Row> figures =
        context
            .read(CountryExposure.TABLE, day)
            .where(CountryExposure.COUNTRY_CODE.col().equalTo(country))
            .collectAsList();
    if (figures.isEmpty()) {
      throw new MissingInputException(
          "figure of country", country + " on " + day, context.config().warehouse());
    }
    Row row = figures.get(0);
    Long clean = row.getAs(CountryExposure.CLEAN_BYTES.name());
    if (clean == null) {
      say("%n%s on %s: not measured, because a snapshot of the day is partial", country, day);
      return;
    }
    say(
        "%n%s on %s: %.3f TB clean, in %,d exposures on %,d hosts; TB = 10^12 bytes",
        country,
        day,
        clean / TERABYTE,
        row.<Long>getAs(CountryExposure.EXPOSURE_COUNT.name()),
        row.<Long>getAs(CountryExposure.HOST_COUNT.name()));
    certainty(row);
    place();
  }

  private void certainty(Row row) {
    Long low = row.getAs(CountryExposure.CLEAN_BYTES_LOW95.name());
    Long high = row.getAs(CountryExposure.CLEAN_BYTES_HIGH95.name());
    if (low == null || high == null) {
      say("  95 %% interval: not known");
    } else {
      say(
          "  95 %% interval %.3f to %.3f TB (%s), by which stores happened to be seen",
          low / TERABYTE,
          high / TERABYTE,
          row.<String>getAs(CountryExposure.INTERVAL_METHOD.name()));
    }
  }

  private void place() {
    context
        .read(CountryRank.TABLE, day)
        .where(CountryRank.COUNTRY_CODE.col().equalTo(country))
        .where(CountryRank.MEASURE.col().equalTo(CountryExposure.CLEAN_BYTES.name()))
        .where(CountryRank.FIRST_PROBABILITY.col().isNotNull())
        .collectAsList()
        .forEach(
            rank ->
                say(
                    "  place %d, with 95 %% from %d to %d; first in %.1f %% of resampled worlds",
                    rank.<Integer>getAs(CountryRank.RANK.name()),
                    rank.<Integer>getAs(CountryRank.RANK_LOW95.name()),
                    rank.<Integer>getAs(CountryRank.RANK_HIGH95.name()),
                    100 * rank.<Double>getAs(CountryRank.FIRST_PROBABILITY.name())));
  }

  private void volumes(Row row) {
    long reported = row.getAs(Removals.REPORTED);
    long deduplicated = row.getAs(Removals.DEDUPLICATED);
    long endpoints = row.getAs(Removals.ENDPOINTS);
    long exposures = row.getAs(Removals.EXPOSURES);
    say("%nHow the volume came about");
    say("  %-34s %,14.3f TB  %,8d endpoints", "reported", reported / TERABYTE, endpoints);
    removed("seen more than once", reported - deduplicated, endpoints - exposures, "endpoints");
    say("  %-34s %,14.3f TB  %,8d exposures", "deduplicated", deduplicated / TERABYTE, exposures);
    for (Removals.Reason reason : Removals.Reason.values()) {
      removed(
          words(reason),
          row.getAs(Removals.bytesOf(reason)),
          row.getAs(Removals.countOf(reason)),
          "exposures");
    }
    say("  %-34s %,14.3f TB", "clean", row.<Long>getAs(Removals.CLEAN) / TERABYTE);
  }

  private void removed(String what, long bytes, long number, String unit) {
    say("  %-34s %,14.3f TB  %,8d %s", "- " + what, -bytes / TERABYTE, number, unit);
  }

  private static String words(Removals.Reason reason) {
    return switch (reason) {
      case DECOY -> "decoys (honeypots)";
      case PSEUDO_SERVICE -> "pseudo-services";
      case IMPLAUSIBLE_SIZE -> "implausible sizes, no figure left";
    };
  }

  private void largest(Dataset<Row> exposures) {
    Secret secret = secret();
    say("%nLargest clean exposures, by pseudonym (HMAC-SHA-256, %s)", secret.origin());
    exposures
        .where(Exposure.IS_CLEAN.col().and(Exposure.SIZE_BYTES.col().isNotNull()))
        .orderBy(Exposure.SIZE_BYTES.col().desc(), Exposure.EXPOSURE_KEY.col())
        .limit(LARGEST)
        .collectAsList()
        .forEach(row -> exposure(row, secret.pseudonyms()));
  }

  private void exposure(Row row, Pseudonyms pseudonyms) {
    say(
        "  %s  %-16s %,12.3f TB  %-16s %d endpoints, %s, first seen %s",
        pseudonyms.of(row.getAs(Exposure.EXPOSURE_KEY.name())),
        row.<String>getAs(Exposure.SERVICE_TYPE.name()),
        row.<Long>getAs(Exposure.SIZE_BYTES.name()) / TERABYTE,
        row.<String>getAs(Exposure.SIZE_SEMANTICS.name()),
        row.<Long>getAs(Exposure.MEMBER_COUNT.name()),
        String.join("+", row.<String>getList(row.fieldIndex(Exposure.SOURCES.name()))),
        row.<Date>getAs(Exposure.FIRST_SEEN_DATE.name()));
  }

  private record Secret(Pseudonyms pseudonyms, String origin) {}

  /** From the file named by a setting, else from the environment, else a new one for this run. */
  private Secret secret() {
    if (context.config().explainKeyFile().isPresent()) {
      Path file = new Path(context.config().explainKeyFile().get());
      return new Secret(Pseudonyms.of(read(file), file.toString()), "key of " + file);
    }
    String variable = System.getenv(SECRET_VARIABLE);
    if (variable != null && !variable.isEmpty()) {
      return new Secret(
          Pseudonyms.of(variable.getBytes(StandardCharsets.UTF_8), SECRET_VARIABLE),
          "key of " + SECRET_VARIABLE);
    }
    return new Secret(Pseudonyms.ofThisRun(), "key of this run only");
  }

  private byte[] read(Path file) {
    try (InputStream in = file.getFileSystem(context.hadoop()).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the key file " + file, e);
    }
  }

  private void files() {
    say("%nFiles with records of %s", country);
    context
        .read(Observation.TABLE, day)
        .where(Observation.COUNTRY_CODE.col().equalTo(country))
        .groupBy(Observation.SOURCE.col(), Observation.FILE.col())
        .agg(
            count(lit(1)).as(RECORDS),
            count_if(Observation.ACCESS.col().isin("open", "weak_credentials")).as(OPEN))
        .orderBy(Observation.SOURCE.col(), Observation.FILE.col())
        .collectAsList()
        .forEach(
            row ->
                say(
                    "  %s  %s: %,d records, %,d of them of open stores",
                    row.getString(0), row.getString(1), row.getLong(2), row.getLong(3)));
  }

  private void snapshots() {
    say("%nSnapshots of the day, all countries");
    context
        .read(SnapshotQuality.TABLE, day)
        .orderBy(SnapshotQuality.SOURCE.col())
        .collectAsList()
        .forEach(
            row ->
                say(
                    "  %s: %s, %,d observations, %,d rejected, located by %s, read by version %s",
                    row.<String>getAs(SnapshotQuality.SOURCE.name()),
                    row.<String>getAs(SnapshotQuality.VERDICT.name()),
                    row.<Long>getAs(SnapshotQuality.OBSERVATION_COUNT.name()),
                    row.<Long>getAs(SnapshotQuality.REJECTED_COUNT.name()),
                    row.<String>getAs(SnapshotQuality.GEO_EDITION.name()),
                    row.<String>getAs(SnapshotQuality.CODE_VERSION.name())));
  }

  /** The latest run of each job that the figures went through, with what it read. */
  private void runs() {
    say("%nRuns");
    Object[] jobs = {"ingest", "expose", "measure"};
    Date date = Date.valueOf(day.to());
    context
        .read(Run.TABLE)
        .where(Run.JOB.col().isin(jobs))
        .where(Run.FROM_DATE.col().leq(date).and(Run.TO_DATE.col().geq(date)))
        .withColumn(
            PLACE,
            row_number()
                .over(
                    Window.partitionBy(Run.JOB.col())
                        .orderBy(Run.STARTED_AT.col().desc(), Run.RUN_ID.col().desc())))
        .where(col(PLACE).equalTo(1))
        .orderBy(Run.STARTED_AT.col(), coalesce(Run.RUN_ID.col(), lit("")))
        .collectAsList()
        .forEach(this::ran);
  }

  private void ran(Row row) {
    say("  %s, version %s", text(row, Run.RUN_ID), text(row, Run.CODE_VERSION));
    Map<String, String> inputs =
        new TreeMap<>(row.<String, String>getJavaMap(row.fieldIndex(Run.INPUTS.name())));
    inputs.forEach((name, identity) -> say("    %s: %s", name, identity));
  }

  private static String text(Row row, Field field) {
    return row.getAs(field.name());
  }
}

package org.exposureatlas.job;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.store.IcebergTableStore;
import org.exposureatlas.store.TableStore;
import org.exposureatlas.testing.SparkExtension;

/** Runs jobs in the tests' session on one folder of raw files, editions, tables and releases. */
final class Atlas {

  private final SparkSession spark = SparkExtension.session();
  private final Map<String, String> settings = new HashMap<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Path folder;

  Atlas(Path folder) {
    this.folder = folder;
    for (String part : List.of("raw", "geoip", "warehouse", "releases")) {
      with("spark.atlas." + part, folder.resolve(part));
    }
    with("spark.atlas.simulate.scale", "600");
  }

  Atlas with(String key, Object value) {
    settings.put(key, value.toString());
    return this;
  }

  Path folder() {
    return folder;
  }

  SparkSession spark() {
    return spark;
  }

  /** Everything that the jobs printed. */
  String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  /** Runs a job for the dates {@code from} to {@code to}. */
  Atlas run(Job job, String from, String to) {
    List<String> args = new ArrayList<>(List.of("--from", from, "--to", to));
    inStore(
        context -> JobRunner.step("test", context, job),
        JobConfig.of(settings, args.toArray(String[]::new)));
    return this;
  }

  Atlas run(Job job, String day) {
    return run(job, day, day);
  }

  /** Prints how the figures of a country came about; {@link #said} tells. */
  Atlas explain(String country, String day) {
    inStore(ExplainJob::run, JobConfig.of(settings, "--country", country, "--snapshot-date", day));
    return this;
  }

  Dataset<Row> table(TableSchema table) {
    catalog();
    return spark.table("atlas.exposure_atlas." + table.name());
  }

  /** The rows of a table as JSON, sorted. */
  List<String> rows(TableSchema table) {
    return sorted(table(table));
  }

  /** Rows as JSON, sorted. */
  static List<String> sorted(Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream().sorted().toList();
  }

  /** The different days in a column of rows. */
  static Set<LocalDate> days(Dataset<Row> rows, Field column) {
    return new TreeSet<>(
        rows.select(column.col()).distinct().as(Encoders.LOCALDATE()).collectAsList());
  }

  private void inStore(Job job, JobConfig config) {
    catalog();
    PrintStream printer = new PrintStream(said, true, StandardCharsets.UTF_8);
    try (TableStore store = IcebergTableStore.open(spark, config.warehouse())) {
      job.run(new JobContext(spark, store, config, new Console(printer, printer)));
    }
  }

  private void catalog() {
    SparkExtension.warehouse(spark, settings.get("spark.atlas.warehouse"));
    SparkSession.setActiveSession(spark);
  }
}

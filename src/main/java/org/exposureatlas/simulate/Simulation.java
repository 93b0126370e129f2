package org.exposureatlas.simulate;

import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;
import org.exposureatlas.schema.Truth;
import org.exposureatlas.schema.TruthLines;

/**
 * Writes a simulated world as {@code <raw>/leakix/<date>/part-*.ndjson.gz}, and what is true of it
 * as Parquet below {@code <raw>/_simulated}: {@link Truth} and {@link TruthLines}.
 *
 * <p>The same configuration gives the same files, byte for byte, however many tasks write them.
 */
public final class Simulation {

  private static final String MARK = "_simulated";
  private static final String SOURCE = "leakix";
  private static final String STAGING = "_writing";

  /**
   * What was written.
   *
   * @param snapshots days with a snapshot
   * @param files raw files
   * @param lines lines in them
   * @param bytes size of the files, compressed
   */
  public record Written(int snapshots, long files, long lines, long bytes) {}

  /** One file to write: the numbers of one share of the world on one day. */
  private record Share(LocalDate day, int number, int of) implements Serializable {}

  private static final StructType PART =
      new StructType()
          .add(Truth.SNAPSHOT_DATE.name(), DataTypes.DateType)
          .add(Truth.COUNTRY_CODE.name(), DataTypes.StringType)
          .add(Truth.SERVICE_TYPE.name(), DataTypes.StringType)
          .add(Truth.HOST_COUNT.name(), DataTypes.LongType)
          .add(Truth.ENDPOINT_COUNT.name(), DataTypes.LongType)
          .add(Truth.EXPOSURE_COUNT.name(), DataTypes.LongType)
          .add(Truth.REPORTED_BYTES.name(), DataTypes.LongType)
          .add(Truth.DEDUPLICATED_BYTES.name(), DataTypes.LongType)
          .add(Truth.CLEAN_BYTES.name(), DataTypes.LongType)
          .add(Truth.INFECTED_COUNT.name(), DataTypes.LongType)
          .add(Truth.HONEYPOT_COUNT.name(), DataTypes.LongType)
          .add(Truth.UNKNOWN_SIZE_COUNT.name(), DataTypes.LongType)
          .add(TruthLines.LINE_COUNT.name(), DataTypes.LongType)
          .add(TruthLines.REJECTED_COUNT.name(), DataTypes.LongType)
          .add(TruthLines.BLANK_COUNT.name(), DataTypes.LongType);

  private final SparkSession spark;
  private final SerializableConfiguration hadoop;
  private final Path raw;
  private final WorldConfig config;

  private Simulation(SparkSession spark, Path raw, WorldConfig config) {
    this.spark = spark;
    hadoop = new SerializableConfiguration(spark.sessionState().newHadoopConf());
    this.raw = raw;
    this.config = config;
  }

  /** Whether the raw files below {@code raw} are those of a simulated world. */
  public static boolean isSimulated(Configuration hadoop, String raw) {
    Path mark = new Path(raw, MARK);
    try {
      return mark.getFileSystem(hadoop).exists(mark);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + mark, e);
    }
  }

  /**
   * Writes the world, in place of an earlier one.
   *
   * @param raw root of raw scan files; may hold nothing or a simulated world
   * @param space where the stores live
   * @param countries the geo-IP editions that the truth is told by
   * @throws ConfigException when {@code raw} holds snapshots that were not simulated
   */
  public static Written write(
      SparkSession spark,
      String raw,
      WorldConfig config,
      AddressSpace space,
      CountryLookup countries) {
    Simulation simulation = new Simulation(spark, new Path(raw), config);
    try {
      simulation.clear();
      return simulation.write(new World(config, space), countries);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a simulated world below " + raw, e);
    }
  }

  private void clear() throws IOException {
    FileSystem files = raw.getFileSystem(hadoop.value());
    Path snapshots = new Path(raw, SOURCE);
    if (!isSimulated(hadoop.value(), raw.toString()) && files.exists(snapshots)) {
      throw new ConfigException(
          "spark.atlas.raw",
          raw,
          "a folder without snapshots, or with simulated ones: real ones are never overwritten");
    }
    files.delete(new Path(raw, MARK), true);
    try (OutputStream out = files.create(new Path(raw, MARK + "/README"))) {
      out.write(
          "The snapshots beside this folder are simulated; this is the truth about them.\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    files.delete(snapshots, true);
  }

  private Written write(World world, CountryLookup countries) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<World> everywhere = context.broadcast(world);
    Broadcast<CountryLookup> lookup = context.broadcast(countries);
    List<Share> shares = shares();
    SerializableConfiguration configuration = hadoop;
    String staging = new Path(raw, SOURCE + "/" + STAGING).toString();
    JavaRDD<Row> parts =
        context
            .parallelize(shares, shares.size())
            .flatMap(
                share ->
                    writeShare(
                            share,
                            everywhere.value(),
                            lookup.value(),
                            configuration.value(),
                            staging)
                        .iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> rows = spark.createDataFrame(parts, PART);
    long lines = writeTruth(rows);
    parts.unpersist();
    return publish(lines);
  }

  private List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    for (LocalDate day : config.snapshotDates()) {
      for (int number = 0; number < config.filesPerSnapshot(); number++) {
        shares.add(new Share(day, number, config.filesPerSnapshot()));
      }
    }
    return shares;
  }

  /** Written under another name and renamed, so that a task that runs twice does no harm. */
  private static List<Row> writeShare(
      Share share, World world, CountryLookup countries, Configuration hadoop, String staging)
      throws IOException {
    Path folder = new Path(staging, share.day.toString());
    String name = String.format(Locale.ROOT, "part-%05d.ndjson.gz", share.number);
    Path unfinished = new Path(folder, "_" + name + "." + Thread.currentThread().getId());
    FileSystem files = folder.getFileSystem(hadoop);
    SnapshotFile file = new SnapshotFile(world, share.day, countries);
    try (FSDataOutputStream out = files.create(unfinished, true);
        OutputStream zipped = new FastGzip(out)) {
      file.write(
          zipped,
          world.size() * share.number / share.of,
          world.size() * (share.number + 1) / share.of);
    }
    Path finished = new Path(folder, name);
    files.delete(finished, false);
    if (!files.rename(unfinished, finished)) {
      throw new IOException("cannot rename " + unfinished + " to " + finished);
    }
    return rows(share.day, file);
  }

  private static List<Row> rows(LocalDate day, SnapshotFile file) {
    Date date = Date.valueOf(day);
    List<Row> rows = new ArrayList<>();
    file.truth()
        .forEach(
            (cell, sums) ->
                rows.add(
                    RowFactory.create(
                        date,
                        cell.countryCode(),
                        cell.serviceType(),
                        sums.hosts,
                        sums.endpoints,
                        sums.exposures,
                        sums.reportedBytes,
                        sums.deduplicatedBytes,
                        sums.cleanBytes,
                        sums.infected,
                        sums.honeypots,
                        sums.unknownSize,
                        0L,
                        0L,
                        0L)));
    rows.add(
        RowFactory.create(
            date,
            null,
            null,
            0L,
            0L,
            0L,
            0L,
            0L,
            0L,
            0L,
            0L,
            0L,
            file.lines(),
            file.rejected(),
            file.blank()));
    return rows;
  }

  /** Writes both tables of truth; returns the number of lines in all files. */
  private long writeTruth(Dataset<Row> parts) {
    Dataset<Row> cells =
        summed(
            parts.where(Truth.COUNTRY_CODE.col().isNotNull()),
            Truth.TABLE,
            Truth.SNAPSHOT_DATE,
            Truth.COUNTRY_CODE,
            Truth.SERVICE_TYPE);
    Dataset<Row> lines = summed(parts, TruthLines.TABLE, TruthLines.SNAPSHOT_DATE);
    save(cells, Truth.TABLE);
    save(lines, TruthLines.TABLE);
    return lines.agg(sum(TruthLines.LINE_COUNT.col())).head().getLong(0);
  }

  private static Dataset<Row> summed(Dataset<Row> parts, TableSchema table, Field... keys) {
    List<String> names = Arrays.stream(keys).map(Field::name).toList();
    Column[] sums =
        Arrays.stream(table.structType().fieldNames())
            .filter(name -> !names.contains(name))
            .map(name -> sum(name).as(name))
            .toArray(Column[]::new);
    Column[] by = Arrays.stream(keys).map(Field::col).toArray(Column[]::new);
    return table.conform(
        parts.groupBy(by).agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length)).orderBy(by));
  }

  private void save(Dataset<Row> rows, TableSchema table) {
    rows.coalesce(1).write().parquet(new Path(raw, MARK + "/" + table.name()).toString());
  }

  private Written publish(long lines) throws IOException {
    FileSystem files = raw.getFileSystem(hadoop.value());
    Path source = new Path(raw, SOURCE);
    Path staging = new Path(source, STAGING);
    long fileCount = 0;
    long bytes = 0;
    for (LocalDate day : config.snapshotDates()) {
      Path folder = new Path(staging, day.toString());
      for (FileStatus file : files.listStatus(folder)) {
        fileCount++;
        bytes += file.getLen();
      }
      if (!files.rename(folder, new Path(source, day.toString()))) {
        throw new IOException("cannot rename " + folder);
      }
    }
    files.delete(staging, true);
    return new Written(config.snapshotDates().size(), fileCount, lines, bytes);
  }
}

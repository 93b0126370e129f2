package org.exposureatlas.job;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.geoip.GeoLocator;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Rejected;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.simulate.Simulation;
import org.exposureatlas.source.CellHistory;
import org.exposureatlas.source.Drift;
import org.exposureatlas.source.Ingestion;
import org.exposureatlas.source.RawInput;
import org.exposureatlas.source.RawSnapshot;
import org.exposureatlas.source.ScanSource;
import org.exposureatlas.source.SnapshotCounts;
import org.exposureatlas.source.SnapshotVerdicts;
import org.exposureatlas.store.Publication;

/** Reads and locates raw scan files, and counts every line; described in jobs/ingest.conf. */
public final class IngestJob {

  /** The input that says that snapshots were simulated. */
  static final String SIMULATED = "simulated world";

  private IngestJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("ingest", args, IngestJob::run);
  }

  static void run(JobContext context) {
    SnapshotRange range = context.config().dates();
    List<ScanSource> sources = KnownSources.of(context.config(), context.hadoop());
    List<RawSnapshot> snapshots =
        RawSnapshot.list(context.hadoop(), context.config().raw(), sources, range);
    tell(context, range, snapshots);
    tellPassedOver(context, sources);
    context.workingOnFiles(files(snapshots) - emptyFiles(snapshots).size(), bytes(snapshots));
    Editions editions = Editions.open(context);
    RawReading reading = new RawReading(records(context, snapshots, editions));
    CellCounts cellCounts = CellCounts.register(context.spark());
    context.publish(
        range,
        List.of(
            Publication.ordered(
                    Observation.TABLE,
                    Ingestion.observations(reading.usable()),
                    Ingestion.readingOrder())
                .counted(cellCounts.counting()),
            new Publication(Rejected.TABLE, staged -> reading.rejected()),
            new Publication(SnapshotCell.TABLE, cellCounts::of),
            new Publication(
                SnapshotQuality.TABLE,
                staged -> {
                  context.workingOnTables();
                  CellHistory cells = cells(context, staged.read(SnapshotCell.TABLE));
                  List<Row> counted =
                      SnapshotCounts.quality(
                          listing(snapshots, editions, reading), cells, reading.unusableCounts());
                  return withinLimits(
                      context, judged(context, counted, cells), drifts(context, cells), reading);
                })),
        written -> reconcile(written, reading));
  }

  private static Dataset<Row> records(
      JobContext context, List<RawSnapshot> snapshots, Editions editions) {
    GeoLocator locator = editions.locator(snapshots.stream().map(RawSnapshot::date).toList());
    List<Dataset<Row>> records = new ArrayList<>();
    for (ScanSource source : snapshots.stream().map(RawSnapshot::source).distinct().toList()) {
      for (RawInput input : source.inputs()) {
        List<String> folders = folders(snapshots, source, input);
        if (!folders.isEmpty()) {
          records.add(Ingestion.records(read(context, input, folders), source.name(), locator));
        }
      }
    }
    return records.stream().reduce(Dataset::unionByName).orElseThrow();
  }

  private static Dataset<Row> read(JobContext context, RawInput input, List<String> folders) {
    return input.read(
        context.spark().read(),
        context.config().raw(),
        context.config().ingest().maxLineBytes(),
        folders);
  }

  /** The days of {@code source} with a file that {@code input} takes. */
  private static List<String> folders(
      List<RawSnapshot> snapshots, ScanSource source, RawInput input) {
    return snapshots.stream()
        .filter(snapshot -> snapshot.source() == source && snapshot.holds(input))
        .map(snapshot -> snapshot.folder().toString())
        .toList();
  }

  /** The new cells, and those that they are compared with. */
  private static CellHistory cells(JobContext context, Dataset<Row> cells) {
    SnapshotRange trailing = trailing(context);
    return CellHistory.of(
        cells.unionByName(context.read(SnapshotCell.TABLE, trailing)),
        new SnapshotRange(trailing.from(), context.config().dates().to()));
  }

  private static SnapshotRange trailing(JobContext context) {
    return context.config().dates().before(SnapshotVerdicts.TRAILING_DAYS);
  }

  private static List<Row> judged(JobContext context, List<Row> counted, CellHistory cells) {
    List<Row> earlier =
        context.rows(SnapshotQuality.TABLE, trailing(context)).stream()
            .map(SnapshotCounts::counted)
            .toList();
    return SnapshotVerdicts.judge(counted, earlier, cells);
  }

  /** Fields that are gone, a sentence each. */
  private static List<String> drifts(JobContext context, CellHistory cells) {
    return Drift.findings(
        cells.byService(),
        context.config().dates(),
        context.config().ingest().maxAbsentShare()::of);
  }

  private static List<SnapshotCounts.Listing> listing(
      List<RawSnapshot> snapshots, Editions editions, RawReading reading) {
    return snapshots.stream()
        .map(
            snapshot -> {
              Date date = Date.valueOf(snapshot.date());
              String source = snapshot.source().name();
              return new SnapshotCounts.Listing(
                  new SnapshotCounts.Snapshot(date, source),
                  snapshot.files().size(),
                  editions.idFor(snapshot.date()),
                  CodeVersion.text(),
                  reading.unknownVersions(date, source));
            })
        .toList();
  }

  private static void tell(JobContext context, SnapshotRange range, List<RawSnapshot> snapshots) {
    long files = files(snapshots);
    long bytes = bytes(snapshots);
    if (Simulation.isSimulated(context.hadoop(), context.config().raw())) {
      context.input(SIMULATED, context.config().raw());
    }
    context.input("raw", files + " files, " + bytes + " bytes below " + context.config().raw());
    context
        .console()
        .progress("  %d snapshots, %,d files, %,.1f MB", snapshots.size(), files, bytes / 1e6);
    List<String> empty = emptyFiles(snapshots);
    if (!empty.isEmpty()) {
      context.console().progress("  empty files: %s", Console.listed(empty));
    }
    Set<LocalDate> found = snapshots.stream().map(RawSnapshot::date).collect(Collectors.toSet());
    List<LocalDate> missing = range.days().stream().filter(day -> !found.contains(day)).toList();
    if (!missing.isEmpty()) {
      context.console().progress("  no snapshot on %s: missing, not zero", Console.listed(missing));
    }
  }

  private static void tellPassedOver(JobContext context, List<ScanSource> sources) {
    List<String> folders =
        RawSnapshot.foldersOfNoSource(context.hadoop(), context.config().raw(), sources);
    if (!folders.isEmpty()) {
      context.input("raw folders of no known source", String.join(", ", folders));
      context
          .console()
          .progress(
              "  passed over: %s below %s, of no known source; known are %s, and those of"
                  + " spark.atlas.ingest.mappings",
              Console.listed(folders),
              context.config().raw(),
              sources.stream().map(ScanSource::name).collect(Collectors.joining(", ")));
    }
  }

  private static long files(List<RawSnapshot> snapshots) {
    return snapshots.stream().mapToLong(snapshot -> snapshot.files().size()).sum();
  }

  private static List<String> emptyFiles(List<RawSnapshot> snapshots) {
    return snapshots.stream().flatMap(snapshot -> snapshot.emptyFiles().stream()).toList();
  }

  private static long bytes(List<RawSnapshot> snapshots) {
    return snapshots.stream().mapToLong(RawSnapshot::bytes).sum();
  }

  /** The snapshots as a table, when every one may be published. */
  private static Dataset<Row> withinLimits(
      JobContext context, List<Row> judged, List<String> drifts, RawReading reading) {
    Dataset<Row> quality = context.spark().createDataFrame(judged, SnapshotQuality.TABLE.relaxed());
    List<Row> snapshots = quality.collectAsList();
    List<String> findings =
        new ArrayList<>(SnapshotLimits.findings(snapshots, context.config().ingest()));
    findings.addAll(drifts);
    if (!findings.isEmpty()) {
      List<String> withSample = new ArrayList<>(findings);
      withSample.add(
          "rejected records are such as " + reading.rejected().limit(5).toJSON().collectAsList());
      throw new DataContractException("ingest", withSample);
    }
    tellRejected(context, snapshots);
    tellUnknownVersions(context, snapshots);
    return quality;
  }

  private static void tellRejected(JobContext context, List<Row> snapshots) {
    Map<String, Long> reasons = new TreeMap<>();
    for (Row snapshot : snapshots) {
      snapshot
          .<String, Long>getJavaMap(snapshot.fieldIndex(SnapshotQuality.REJECTED_BY_REASON.name()))
          .forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    }
    if (!reasons.isEmpty()) {
      context.console().progress("  rejected: %s", reasons);
    }
  }

  private static void tellUnknownVersions(JobContext context, List<Row> snapshots) {
    List<String> unknown =
        snapshots.stream()
            .flatMap(
                snapshot ->
                    snapshot
                        .<String>getList(
                            snapshot.fieldIndex(SnapshotQuality.UNKNOWN_VERSIONS.name()))
                        .stream()
                        .map(name -> snapshot.getAs(SnapshotQuality.SOURCE.name()) + " " + name))
            .distinct()
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      context.console().progress("  read, though not known: %s", Console.listed(unknown));
    }
  }

  /** Every record read is an observation, rejected, blank or a port that is not open. */
  private static void reconcile(Map<String, Long> written, RawReading reading) {
    long observations = written.get(Observation.TABLE.name());
    long rejected = written.get(Rejected.TABLE.name());
    long passedOver = reading.passedOverCount();
    long read = reading.recordCount();
    if (read != observations + rejected + passedOver) {
      throw new DataContractException(
          "ingest",
          List.of(
              String.format(
                  Locale.ROOT,
                  "read %d records, but %d observations + %d rejected + %d blank or"
                      + " not open = %d",
                  read,
                  observations,
                  rejected,
                  passedOver,
                  observations + rejected + passedOver)));
    }
  }
}

package org.exposureatlas.release;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.schema.Field;

/**
 * Writes releases below one root: Parquet in folders by month, data dictionary, data package,
 * checksums and, last of all, the manifest. A folder without manifest is no release.
 *
 * <p>Equal rows give equal files, byte for byte. A release that is there is never changed: the same
 * rows leave it alone, other rows make a revision beside it that names what changed. Files that are
 * made of the same as those of an earlier release are copied from there.
 */
public final class ReleaseWriter {

  /** The manifest, whose presence makes a folder a release. */
  public static final String MANIFEST = "release.json";

  /** SHA-256 checksums of all files but this, the inputs and the manifest. */
  static final String CHECKSUMS = "SHA256SUMS";

  /** What each data file was made of; see {@link Inputs}. */
  static final String INPUTS = "INPUTS";

  /** Column, while a table is written: the name of the file of a row. */
  private static final String FILE = "file";

  private static final String PARTS = "spark.sql.shuffle.partitions";
  private static final int TABLES_AT_A_TIME = 2;

  private final FileSystem files;
  private final Path root;

  private ReleaseWriter(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /**
   * Writes {@code content} as a release below {@code root}.
   *
   * @throws DataContractException when a table has no row that must have one
   */
  public static Release write(Configuration hadoop, String root, ReleaseContent content) {
    try {
      Path folder = new Path(root);
      return new ReleaseWriter(PlainFiles.of(folder, hadoop), folder).write(content, Set.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the release " + content.id(), e);
    }
  }

  /**
   * Copies the files that are taken over while it makes the others; where one turns out not to be
   * as it was published, begins again without it.
   *
   * @param damaged paths of files known not to be as they were published
   */
  private Release write(ReleaseContent content, Set<String> damaged) throws IOException {
    Path staging = new Path(root, "_writing-" + content.id());
    files.delete(staging, true);
    Path folder = new Path(staging, "release");
    Map<PublicTables.PublicTable, NavigableMap<LocalDate, String>> days = new HashMap<>();
    PublicTables.ALL.forEach(table -> days.put(table, content.days(table)));
    Map<String, String> inputs = Inputs.of(content, days);
    Path earlier =
        PublishedRelease.newestUpTo(files, root, content.id())
            .map(name -> new Path(root, name))
            .orElse(folder);
    Map<String, String> takenOver = TakenOver.among(files, earlier, inputs);
    takenOver.keySet().removeAll(damaged);
    List<Callable<Map<String, String>>> work =
        List.of(
            () -> TakenOver.copy(files, earlier, folder, takenOver),
            () -> writeOthers(content, days, staging, folder, earlier, takenOver.keySet()));
    List<Map<String, String>> made = SideBySide.run(work.size(), work);
    List<String> notAsPublished = changed(made.get(0), takenOver);
    if (!notAsPublished.isEmpty()) {
      Set<String> all = new TreeSet<>(damaged);
      all.addAll(notAsPublished);
      return write(content, all);
    }
    Map<String, String> checksums = new TreeMap<>(takenOver);
    checksums.putAll(made.get(1));
    String before = PublishedRelease.newest(files, root, content.id()).orElse(null);
    Map<String, String> checksumsBefore = before == null ? Map.of() : dataChecksums(before);
    if (checksums.equals(checksumsBefore)) {
      files.delete(staging, true);
      return new Release(
          before, new Path(root, before), Release.Outcome.UNCHANGED, takenOver.size());
    }
    String name = before == null ? content.id() : next(content.id(), before);
    Digests.writeList(files, new Path(folder, INPUTS), inputs);
    Path finished =
        publish(content, name, folder, checksums, before, changed(checksums, checksumsBefore));
    files.delete(staging, true);
    Release.Outcome outcome = before == null ? Release.Outcome.NEW : Release.Outcome.REVISED;
    return new Release(name, finished, outcome, takenOver.size());
  }

  /**
   * Makes all data files but those taken over, a few tables at a time: planning one is one thread's
   * work and takes as long as writing it. What no hidden cell decides need not wait for them.
   *
   * @return checksums, by path
   */
  private Map<String, String> writeOthers(
      ReleaseContent content,
      Map<PublicTables.PublicTable, NavigableMap<LocalDate, String>> daysOfTables,
      Path staging,
      Path folder,
      Path earlier,
      Set<String> takenOver)
      throws IOException {
    Map<PublicTables.PublicTable, Set<LocalDate>> done = new HashMap<>();
    List<PublicTables.PublicTable> unfinished = new ArrayList<>();
    for (PublicTables.PublicTable table : PublicTables.ALL) {
      Set<LocalDate> known = daysOfTables.get(table).keySet();
      Set<LocalDate> days = new TreeSet<>(known);
      days.removeIf(day -> !takenOver.contains(DataFiles.path(table, day, content.lastDate())));
      done.put(table, days);
      if (known.isEmpty() || days.size() < known.size()) {
        unfinished.add(table);
      }
    }
    Set<LocalDate> same = new TreeSet<>(done.get(PublicTables.COUNTRY_EXPOSURE));
    same.retainAll(done.get(PublicTables.COUNTRY_SERVICE_EXPOSURE));
    CompletableFuture<Hiding> hiding = new CompletableFuture<>();
    List<Callable<Map<String, String>>> work = new ArrayList<>();
    work.add(
        () -> {
          try {
            hiding.complete(hide(content, folder, earlier, same));
            return Map.of();
          } finally {
            // unless it is known now, nobody is to wait for it
            hiding.cancel(false);
          }
        });
    unfinished.sort(Comparator.comparing(PublicTables.PublicTable::hiddenBy));
    for (PublicTables.PublicTable table : unfinished) {
      work.add(
          () -> {
            Dataset<Row> rows = content.rows(table, hiding::join, done.get(table));
            return writeTable(staging, folder, table, rows, content.lastDate());
          });
    }
    Map<String, String> checksums = new TreeMap<>();
    SideBySide.run(TABLES_AT_A_TIME, work).forEach(checksums::putAll);
    return checksums;
  }

  /**
   * Finds the cells to hide and lists them in the release.
   *
   * @param same days whose hidden cells are those of the earlier release
   */
  private Hiding hide(ReleaseContent content, Path folder, Path earlier, Set<LocalDate> same)
      throws IOException {
    Optional<HiddenList> known = HiddenList.read(files, earlier, same);
    Dataset<Row> cells = content.cells(known.isPresent() ? same : Set.of());
    HiddenList hidden =
        known.orElseGet(HiddenList::empty).with(Suppression.hiddenCells(cells, content.minHosts()));
    hidden.write(files, folder);
    return Hiding.of(cells.sparkSession(), hidden);
  }

  /** Spark names files anew each time; each is copied to a name that is the same every time. */
  private Map<String, String> writeTable(
      Path staging, Path folder, PublicTables.PublicTable table, Dataset<Row> rows, LocalDate last)
      throws IOException {
    String name = table.table().name();
    Path written = new Path(staging, "spark/" + name);
    Column[] order =
        Stream.concat(Stream.of(col(FILE)), table.key().stream().map(Field::col))
            .toArray(Column[]::new);
    together(rows.withColumn(FILE, DataFiles.names(table.date().col(), last)), col(FILE))
        .sortWithinPartitions(order)
        .write()
        .partitionBy(FILE)
        .option("compression", "zstd")
        .parquet(written.toString());
    Map<String, String> checksums = new HashMap<>();
    for (FileStatus file : parquetFiles(written)) {
      String path =
          DataFiles.path(table, file.getPath().getParent().getName().substring(FILE.length() + 1));
      Path target = new Path(folder, path);
      StableParquet.copy(files, file.getPath(), target);
      checksums.put(path, Digests.of(files, target));
    }
    if (checksums.isEmpty() && !PublicTables.MAY_BE_EMPTY.contains(table)) {
      throw new DataContractException("release", List.of(name + ": found no row to release"));
    }
    return checksums;
  }

  /** Rows with equal values brought together; where a shuffle makes one part, none is needed. */
  static Dataset<Row> together(Dataset<Row> rows, Column value) {
    return rows.sparkSession().conf().get(PARTS).equals("1")
        ? rows.coalesce(1)
        : rows.repartition(value);
  }

  private Path publish(
      ReleaseContent content,
      String name,
      Path folder,
      Map<String, String> dataChecksums,
      String before,
      List<String> changed)
      throws IOException {
    ReleaseDocuments documents =
        new ReleaseDocuments(content, name, List.copyOf(dataChecksums.keySet()));
    Map<String, String> checksums = new TreeMap<>(dataChecksums);
    for (Map.Entry<String, String> document : documents.all().entrySet()) {
      PlainFiles.writeText(files, new Path(folder, document.getKey()), document.getValue());
      checksums.put(document.getKey(), Digests.of(document.getValue()));
    }
    checksums.put(HiddenList.FILE, Digests.of(files, new Path(folder, HiddenList.FILE)));
    Digests.writeList(files, new Path(folder, CHECKSUMS), checksums);
    Path target = new Path(root, name);
    files.delete(target, true);
    if (!files.rename(folder, target)) {
      throw new IOException("cannot rename " + folder + " to " + target);
    }
    PlainFiles.publishText(files, new Path(target, MANIFEST), documents.manifest(before, changed));
    return target;
  }

  private static String next(String id, String before) {
    int revision = before.equals(id) ? 1 : Integer.parseInt(before.substring(id.length() + 1));
    return PublishedRelease.name(id, revision + 1);
  }

  /** Files that differ, by path. */
  private static List<String> changed(Map<String, String> now, Map<String, String> before) {
    if (before.isEmpty()) {
      return List.of();
    }
    Map<String, String> all = new TreeMap<>(before);
    all.putAll(now);
    return all.keySet().stream()
        .filter(path -> !now.getOrDefault(path, "").equals(before.getOrDefault(path, "")))
        .toList();
  }

  private Map<String, String> dataChecksums(String release) throws IOException {
    Map<String, String> checksums =
        Digests.readList(files, new Path(root, release + "/" + CHECKSUMS));
    checksums.keySet().removeIf(path -> !DataFiles.isOne(path));
    return checksums;
  }

  private List<FileStatus> parquetFiles(Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus part : files.listStatus(folder)) {
      if (part.isDirectory()) {
        Arrays.stream(files.listStatus(part.getPath()))
            .filter(file -> DataFiles.isOne(file.getPath().getName()))
            .forEach(found::add);
      }
    }
    return found;
  }
}

package org.exposureatlas.release;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.schema.Field;

/**
 * Writes releases below one root: Hive-partitioned Parquet, data dictionary, data package,
 * checksums and, last of all, the manifest. A folder without manifest is no release.
 *
 * <p>Equal rows give equal files, byte for byte. A release that is there is never changed: the same
 * rows leave it alone, other rows make a revision beside it that names what changed.
 */
public final class ReleaseWriter {

  /** The manifest, whose presence makes a folder a release. */
  public static final String MANIFEST = "release.json";

  private static final String CHECKSUMS = "SHA256SUMS";
  private static final String PARQUET = ".parquet";
  private static final int TABLES_AT_A_TIME = 2;
  private static final int BUFFER_BYTES = 1 << 16;

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
      return new ReleaseWriter(PlainFiles.of(folder, hadoop), folder).write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the release " + content.id(), e);
    }
  }

  private Release write(ReleaseContent content) throws IOException {
    Path staging = new Path(root, "_writing-" + content.id());
    files.delete(staging, true);
    Path folder = new Path(staging, "release");
    Suppression.Suppressed suppressed = content.suppressed();
    Dataset<Row> hiddenCells = suppressed.hiddenCells().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      writeTables(staging, folder, content.rows(suppressed));
    } finally {
      hiddenCells.unpersist();
    }
    Map<String, String> checksums = checksums(folder);
    String before = PublishedRelease.newest(files, root, content.id()).orElse(null);
    Map<String, String> checksumsBefore =
        before == null ? Map.of() : readChecksums(new Path(root, before));
    if (checksums.equals(parquetOf(checksumsBefore))) {
      files.delete(staging, true);
      return new Release(before, new Path(root, before), Release.Outcome.UNCHANGED);
    }
    String name = before == null ? content.id() : next(content.id(), before);
    Path finished = publish(content, name, folder, before, changed(checksums, checksumsBefore));
    files.delete(staging, true);
    return new Release(
        name, finished, before == null ? Release.Outcome.NEW : Release.Outcome.REVISED);
  }

  /** A few at a time: planning a table is one thread's work and takes as long as writing it. */
  private void writeTables(Path staging, Path folder, Map<String, Dataset<Row>> rows)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(TABLES_AT_A_TIME);
    try {
      List<Callable<Void>> tables = new ArrayList<>();
      for (PublicTables.PublicTable table : PublicTables.ALL) {
        tables.add(
            () -> {
              writeTable(staging, folder, table, rows.get(table.table().name()));
              return null;
            });
      }
      for (Future<Void> table : threads.invokeAll(tables)) {
        table.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing a release", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Spark writes a file per date; each is copied to a name that is the same every time. */
  private void writeTable(
      Path staging, Path folder, PublicTables.PublicTable table, Dataset<Row> rows)
      throws IOException {
    String name = table.table().name();
    Path written = new Path(staging, "spark/" + name);
    Column[] order = table.key().stream().map(Field::col).toArray(Column[]::new);
    rows.repartition(col(table.date().name()))
        .sortWithinPartitions(order)
        .write()
        .partitionBy(table.date().name())
        .option("compression", "zstd")
        .parquet(written.toString());
    for (FileStatus file : parquetFiles(written)) {
      Path date = new Path(folder, name + "/" + file.getPath().getParent().getName());
      files.mkdirs(date);
      Path target = new Path(date, "part-00000" + PARQUET);
      StableParquet.copy(files, file.getPath(), target);
    }
    if (!files.exists(new Path(folder, name)) && !PublicTables.MAY_BE_EMPTY.contains(table)) {
      throw new DataContractException("release", List.of(name + ": found no row to release"));
    }
  }

  private Path publish(
      ReleaseContent content, String name, Path folder, String before, List<String> changed)
      throws IOException {
    ReleaseDocuments documents = new ReleaseDocuments(content, name, paths(folder));
    for (Map.Entry<String, String> document : documents.all().entrySet()) {
      PlainFiles.writeText(files, new Path(folder, document.getKey()), document.getValue());
    }
    Map<String, String> checksums = checksums(folder);
    PlainFiles.writeText(
        files,
        new Path(folder, CHECKSUMS),
        checksums.entrySet().stream()
            .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
            .collect(Collectors.joining()));
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
    Map<String, String> all = new TreeMap<>(parquetOf(before));
    all.putAll(now);
    return all.keySet().stream()
        .filter(path -> !now.getOrDefault(path, "").equals(before.getOrDefault(path, "")))
        .toList();
  }

  private static Map<String, String> parquetOf(Map<String, String> checksums) {
    return checksums.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(PARQUET))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private List<FileStatus> parquetFiles(Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus date : files.listStatus(folder)) {
      if (date.isDirectory()) {
        Arrays.stream(files.listStatus(date.getPath()))
            .filter(file -> file.getPath().getName().endsWith(PARQUET))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** Paths of all files below {@code folder}, relative to it, sorted. */
  private List<String> paths(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    collect(found, folder, "");
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private void collect(List<String> found, Path folder, String prefix) throws IOException {
    for (FileStatus entry : files.listStatus(folder)) {
      String path = prefix + entry.getPath().getName();
      if (entry.isDirectory()) {
        collect(found, entry.getPath(), path + "/");
      } else {
        found.add(path);
      }
    }
  }

  private Map<String, String> checksums(Path folder) throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    for (String path : paths(folder)) {
      checksums.put(path, sha256(new Path(folder, path)));
    }
    return checksums;
  }

  private String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      try (InputStream in = new DigestInputStream(files.open(file), digest)) {
        while (in.read(buffer) >= 0) {
          continue;
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Map<String, String> readChecksums(Path release) throws IOException {
    try (InputStream in = files.open(new Path(release, CHECKSUMS))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("  ", 2))
          .collect(Collectors.toMap(cells -> cells[1], cells -> cells[0]));
    }
  }
}

package org.exposureatlas.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.schema.TableSchema;

/** A complete release: one whose manifest is there. */
public final class PublishedRelease {

  private final FileSystem files;
  private final Path folder;

  private PublishedRelease(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /** The newest revision of a release below {@code root}. */
  public static Optional<PublishedRelease> latest(Configuration hadoop, String root, String id) {
    Path releases = new Path(root);
    try {
      FileSystem files = PlainFiles.of(releases, hadoop);
      return newest(files, releases, id)
          .map(name -> new PublishedRelease(files, new Path(releases, name)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for the release " + id, e);
    }
  }

  /** Name of the newest complete revision of an id: {@code <id>}, {@code <id>.2}, ... */
  static Optional<String> newest(FileSystem files, Path root, String id) throws IOException {
    Optional<String> found = Optional.empty();
    for (int revision = 1; ; revision++) {
      String name = name(id, revision);
      if (!isComplete(files, root, name)) {
        return found;
      }
      found = Optional.of(name);
    }
  }

  /** The newest complete revision of an id, else the complete release whose name comes before. */
  static Optional<String> newestUpTo(FileSystem files, Path root, String id) throws IOException {
    Optional<String> same = newest(files, root, id);
    if (same.isPresent() || !files.exists(root)) {
      return same;
    }
    List<String> before =
        Arrays.stream(files.listStatus(root))
            .map(folder -> folder.getPath().getName())
            .filter(name -> name.compareTo(id) < 0)
            .sorted(Comparator.reverseOrder())
            .toList();
    for (String name : before) {
      if (isComplete(files, root, name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private static boolean isComplete(FileSystem files, Path root, String name) throws IOException {
    return files.exists(new Path(root, name + "/" + ReleaseWriter.MANIFEST));
  }

  static String name(String id, int revision) {
    return revision == 1 ? id : id + "." + revision;
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** Text of {@code release.json}. */
  public String manifest() {
    try (InputStream in = files.open(new Path(folder, ReleaseWriter.MANIFEST))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the manifest of " + folder, e);
    }
  }

  /** All rows of one of its tables. */
  public Dataset<Row> table(SparkSession spark, TableSchema table) {
    return read(spark, table, table.name());
  }

  /**
   * The rows of its last day, by table name; no other day is looked at.
   *
   * @throws MissingInputException when the day has no countries, as in a release whose files were
   *     taken away or lie as those of earlier code
   */
  public Map<String, Dataset<Row>> lastDay(SparkSession spark) {
    LocalDate day = lastDate();
    requireCountries(day);
    return PublicTables.ALL.stream()
        .collect(
            Collectors.toMap(
                table -> table.table().name(),
                table -> read(spark, table.table(), DataFiles.path(table, day, day))));
  }

  private void requireCountries(LocalDate day) {
    Path countries = new Path(folder, DataFiles.path(PublicTables.COUNTRY_EXPOSURE, day, day));
    try {
      if (!files.exists(countries)) {
        throw new MissingInputException(
            PublicTables.COUNTRY_EXPOSURE.table().name(), day.toString(), countries);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + countries, e);
    }
  }

  private LocalDate lastDate() {
    try {
      return LocalDate.parse(
          new ObjectMapper().readTree(manifest()).get(ReleaseDocuments.LAST_DATE).asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the manifest of " + folder + " is no JSON", e);
    }
  }

  private Dataset<Row> read(SparkSession spark, TableSchema table, String path) {
    Path data = new Path(folder, path);
    try {
      return files.exists(data)
          ? spark
              .read()
              .schema(table.relaxed())
              // months are in the dates of rows, too
              .option("recursiveFileLookup", true)
              .parquet(data.toString())
          : table.empty(spark);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + data, e);
    }
  }

  /** Puts a page beside the data, in place of an earlier one; returns its path. */
  public Path addPage(String name, String html) {
    Path page = new Path(folder, name);
    try {
      PlainFiles.publishText(files, page, html);
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + page, e);
    }
  }
}

package org.exposureatlas.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The hidden cells of a release, and their file. The tables of a release say the same day by day; a
 * later release that takes days over learns here what is hidden in them.
 */
final class HiddenList {

  /** Its name in the folder of a release. */
  static final String FILE = "hidden-cells.csv";

  /** Between the date, the country and the service type of a cell. */
  static final String SEPARATOR = ",";

  private static final String HEADER = "snapshot_date,country_code,service_type\n";

  /** A line each. */
  private final NavigableSet<String> cells;

  private HiddenList(NavigableSet<String> cells) {
    this.cells = cells;
  }

  /** The list without a cell. */
  static HiddenList empty() {
    return new HiddenList(new TreeSet<>());
  }

  /**
   * The hidden cells of {@code days} in a release.
   *
   * @return empty when the list is not as it was published
   */
  static Optional<HiddenList> read(FileSystem files, Path release, Set<LocalDate> days)
      throws IOException {
    Path list = new Path(release, FILE);
    String published =
        Digests.readList(files, new Path(release, ReleaseWriter.CHECKSUMS)).get(FILE);
    if (published == null || !files.exists(list)) {
      return Optional.empty();
    }
    String text;
    try (InputStream in = files.open(list)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!Digests.of(text).equals(published)) {
      return Optional.empty();
    }
    Set<String> names = days.stream().map(LocalDate::toString).collect(Collectors.toSet());
    return Optional.of(
        new HiddenList(
            text.lines()
                .skip(1)
                .filter(cell -> names.contains(cell.substring(0, cell.indexOf(SEPARATOR))))
                .collect(Collectors.toCollection(TreeSet::new))));
  }

  /** The same and further cells, a line each as in {@link #cells}. */
  HiddenList with(Set<String> more) {
    NavigableSet<String> all = new TreeSet<>(cells);
    all.addAll(more);
    return new HiddenList(all);
  }

  /** A line each: date, country and service type, all for a hidden country. */
  Set<String> cells() {
    return cells;
  }

  /** Writes the file. */
  void write(FileSystem files, Path release) throws IOException {
    String lines = cells.stream().map(cell -> cell + "\n").collect(Collectors.joining());
    PlainFiles.writeText(files, new Path(release, FILE), HEADER + lines);
  }
}

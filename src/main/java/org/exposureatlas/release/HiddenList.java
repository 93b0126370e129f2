package org.exposureatlas.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The hidden cells of a release in one file, sorted. The tables of a release say the same day by
 * day; a later release that takes days over learns here what is hidden in them.
 */
final class HiddenList {

  /** Its name in the folder of a release. */
  static final String FILE = "hidden-cells.csv";

  private static final String HEADER = "snapshot_date,country_code,service_type\n";

  private HiddenList() {}

  /** Writes snapshot_date, country_code and service_type of {@code cells}. */
  static void write(FileSystem files, Path release, List<Row> cells) throws IOException {
    String lines =
        cells.stream()
            .map(cell -> cell.getDate(0) + "," + cell.getString(1) + "," + cell.getString(2) + "\n")
            .sorted()
            .collect(Collectors.joining());
    PlainFiles.writeText(files, new Path(release, FILE), HEADER + lines);
  }

  /**
   * The hidden cells of {@code days}, as of {@link Suppression.Suppressed}.
   *
   * @return empty when the list is not as it was published
   */
  static Optional<List<Row>> read(FileSystem files, Path release, Set<LocalDate> days)
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
    Set<String> names = days.stream().map(LocalDate::toString).collect(Collectors.toSet());
    return Digests.of(text).equals(published)
        ? Optional.of(
            text.lines()
                .skip(1)
                .map(line -> line.split(","))
                .filter(cells -> names.contains(cells[0]))
                .map(cells -> RowFactory.create(Date.valueOf(cells[0]), cells[1], cells[2], true))
                .toList())
        : Optional.empty();
  }
}

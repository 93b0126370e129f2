package org.exposureatlas.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.config.SnapshotRange;

/**
 * The raw files of one source and day.
 *
 * @param source the source
 * @param date UTC day of the snapshot
 * @param folder {@code <raw>/<source>/<date>}
 * @param files names of the files in it and below; those beginning with {@code _} or {@code .} do
 *     not count
 * @param bytes size of the files together
 * @param emptyFiles paths of the files of no byte, below the folder of the source
 */
public record RawSnapshot(
    ScanSource source,
    LocalDate date,
    Path folder,
    List<String> files,
    long bytes,
    List<String> emptyFiles) {

  public RawSnapshot {
    files = List.copyOf(files);
    emptyFiles = List.copyOf(emptyFiles);
  }

  /**
   * The snapshots of {@code range} that are there.
   *
   * @throws MissingInputException when there is none, or when a folder of a day has no files
   * @throws DataContractException for a file that no input of its source takes
   */
  public static List<RawSnapshot> list(
      Configuration hadoop, String raw, List<ScanSource> sources, SnapshotRange range) {
    Path root = new Path(raw);
    List<RawSnapshot> found = new ArrayList<>();
    try {
      FileSystem files = root.getFileSystem(hadoop);
      for (ScanSource source : sources) {
        for (LocalDate date : range.days()) {
          Path folder = files.makeQualified(new Path(root, source.name() + "/" + date));
          add(found, files, source, date, folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
    if (found.isEmpty()) {
      String names = sources.stream().map(ScanSource::name).collect(Collectors.joining(","));
      throw new MissingInputException(
          "raw snapshot", range.toString(), root + "/{" + names + "}/<date>");
    }
    return found;
  }

  /** Names of folders below the raw root that belong to no source, sorted. */
  public static List<String> foldersOfNoSource(
      Configuration hadoop, String raw, List<ScanSource> sources) {
    Set<String> known = sources.stream().map(ScanSource::name).collect(Collectors.toSet());
    Path root = new Path(raw);
    try {
      return Arrays.stream(root.getFileSystem(hadoop).listStatus(root, path -> !isHidden(path)))
          .filter(FileStatus::isDirectory)
          .map(folder -> folder.getPath().getName())
          .filter(name -> !known.contains(name))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
  }

  /** Whether there is a file that {@code input} takes. */
  public boolean holds(RawInput input) {
    return files.stream().anyMatch(input::takes);
  }

  private static void add(
      List<RawSnapshot> found, FileSystem system, ScanSource source, LocalDate date, Path folder)
      throws IOException {
    List<FileStatus> files = new ArrayList<>();
    try {
      list(system, folder, files);
    } catch (FileNotFoundException e) {
      return;
    }
    if (files.isEmpty()) {
      throw new MissingInputException("raw file", source.name() + " of " + date, folder);
    }
    files.forEach(file -> check(source, file.getPath()));
    long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
    List<String> names = files.stream().map(file -> file.getPath().getName()).toList();
    String above = folder.getParent() + "/";
    List<String> empty =
        files.stream()
            .filter(file -> file.getLen() == 0)
            .map(file -> file.getPath().toString().substring(above.length()))
            .toList();
    found.add(new RawSnapshot(source, date, folder, names, bytes, empty));
  }

  private static void list(FileSystem system, Path folder, List<FileStatus> files)
      throws IOException {
    for (FileStatus entry : system.listStatus(folder, path -> !isHidden(path))) {
      if (entry.isDirectory()) {
        list(system, entry.getPath(), files);
      } else {
        files.add(entry);
      }
    }
  }

  private static void check(ScanSource source, Path file) {
    if (source.inputs().stream().noneMatch(input -> input.takes(file.getName()))) {
      String endings =
          source.inputs().stream()
              .flatMap(input -> input.endings().stream())
              .distinct()
              .collect(Collectors.joining(", "));
      throw new DataContractException(
          "raw snapshot",
          List.of(
              file
                  + ": found another kind of file, expected a name ending in "
                  + endings
                  + ", perhaps with .gz or .zst; move it away, or let its name begin with '_'"));
    }
  }

  private static boolean isHidden(Path path) {
    return path.getName().startsWith("_") || path.getName().startsWith(".");
  }
}

package org.exposureatlas.raw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The files that a read was asked for.
 *
 * @param paths files, and folders with the files in them and below
 * @param endings endings of the names of the files to read in a folder, without .gz and .zst
 * @param root folder that the names of files are relative to; empty for none
 */
public record RawFiles(List<String> paths, List<String> endings, String root) {

  /** A smaller file is read sooner than a thread would pay. */
  private static final long LEAST_AHEAD_BYTES = 8 << 20;

  /**
   * From the options {@code path} or {@code paths}, {@code endings} and {@code root} of a read.
   *
   * @param defaultEndings endings, comma separated, where the option is not given
   */
  public static RawFiles of(CaseInsensitiveStringMap options, String defaultEndings) {
    String endings = options.getOrDefault("endings", defaultEndings);
    return new RawFiles(
        paths(options),
        Arrays.stream(endings.split(",")).filter(ending -> !ending.isBlank()).toList(),
        options.getOrDefault("root", ""));
  }

  private static List<String> paths(CaseInsensitiveStringMap options) {
    if (options.containsKey("path")) {
      return List.of(options.get("path"));
    }
    try {
      return List.of(
          new ObjectMapper().readValue(options.getOrDefault("paths", "[]"), String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("paths: found " + options.get("paths"), e);
    }
  }

  /**
   * The files that are there and not empty, the largest first.
   *
   * @param cores a file that is more than one of them has to read, were all bytes shared out, is
   *     read ahead
   */
  List<RawFilePartition> list(Configuration hadoop, int cores) {
    List<FileStatus> files = new ArrayList<>();
    try {
      for (String path : paths) {
        list(new Path(path), hadoop, files);
      }
      files.sort(
          Comparator.comparingLong(FileStatus::getLen)
              .reversed()
              .thenComparing(FileStatus::getPath));
      long share = files.stream().mapToLong(FileStatus::getLen).sum() / cores;
      String prefix = root.isEmpty() ? "" : qualified(new Path(root), hadoop) + "/";
      return files.stream()
          .filter(file -> file.getLen() > 0)
          .map(file -> partition(file, prefix, Math.max(share, LEAST_AHEAD_BYTES)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + paths, e);
    }
  }

  private void list(Path path, Configuration hadoop, List<FileStatus> files) throws IOException {
    FileSystem system = path.getFileSystem(hadoop);
    FileStatus status;
    try {
      status = system.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException("no such file or folder: " + path, e);
    }
    if (status.isFile()) {
      require(RawFile.isNamed(path, endings), path);
      files.add(status);
    } else {
      list(system, path, files);
    }
  }

  private void list(FileSystem system, Path folder, List<FileStatus> files) throws IOException {
    for (FileStatus entry : system.listStatus(folder, RawFiles::isVisible)) {
      if (entry.isDirectory()) {
        list(system, entry.getPath(), files);
      } else if (RawFile.isNamed(entry.getPath(), endings)) {
        files.add(entry);
      }
    }
  }

  private void require(boolean isNamed, Path path) {
    if (!isNamed) {
      throw new IllegalArgumentException(
          path
              + ": found another kind of file, expected a name ending in "
              + String.join(", ", endings)
              + ", perhaps with .gz or .zst");
    }
  }

  private static boolean isVisible(Path path) {
    return !path.getName().startsWith("_") && !path.getName().startsWith(".");
  }

  private static Path qualified(Path path, Configuration hadoop) throws IOException {
    return path.getFileSystem(hadoop).makeQualified(path);
  }

  private static RawFilePartition partition(FileStatus file, String prefix, long inlineBytes) {
    String path = file.getPath().toString();
    return new RawFilePartition(
        path,
        name(path, prefix),
        file.getLen() > inlineBytes
            ? RawFilePartition.Reading.AHEAD
            : RawFilePartition.Reading.INLINE);
  }

  private static String name(String path, String prefix) {
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }
}

package org.exposureatlas.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole processes, as a user starts them: {@code ./submit.sh} with the embedded engine. */
final class SubmitWork {

  private final Path folder;
  private final Path geoip;
  private final String date;

  /**
   * @param folder for raw files, tables and releases
   */
  SubmitWork(Path folder, Path geoip, String date) {
    this.folder = folder;
    this.geoip = geoip;
    this.date = date;
  }

  /** Prints the command of a nightly run and runs nothing. */
  long dryRun() throws Exception {
    return submit("--dry-run", "nightly", "--snapshot-date", date);
  }

  /** Runs a job on the raw files of {@link #folder}, with no tables there before it. */
  long fresh(String job) throws Exception {
    delete(folder.resolve("warehouse"));
    delete(folder.resolve("releases"));
    List<String> arguments = new ArrayList<>(List.of(job, "--snapshot-date", date));
    for (String part : List.of("raw", "warehouse", "releases")) {
      arguments.addAll(List.of("--conf", "spark.atlas." + part + "=" + folder.resolve(part)));
    }
    arguments.addAll(List.of("--conf", "spark.atlas.geoip=" + geoip));
    return submit(arguments.toArray(String[]::new));
  }

  /**
   * Puts these gzip files, one after the other, into one raw file; members of a gzip may be many.
   */
  void putOne(List<Path> files) throws IOException {
    Path target = raw("all.ndjson.gz");
    try (OutputStream out = Files.newOutputStream(target)) {
      for (Path file : files) {
        Files.copy(file, out);
      }
    }
  }

  /** Puts these files into the raw folder as they are. */
  void putAll(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.copy(file, raw(file.getFileName().toString()));
    }
  }

  private Path raw(String name) throws IOException {
    Path file = folder.resolve("raw/leakix/" + date).resolve(name);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    return file;
  }

  private static long submit(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "submit.sh"));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("submit", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int status = process.waitFor();
    String text = Files.readString(said);
    Files.delete(said);
    if (status != 0) {
      throw new IllegalStateException(command + " ended with " + status + ": " + text);
    }
    return status;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}

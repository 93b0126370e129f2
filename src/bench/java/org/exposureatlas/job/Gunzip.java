package org.exposureatlas.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What no reader of these files can be faster than: decompressing them on all cores. */
final class Gunzip {

  private static final int BUFFER = 1 << 18;

  private Gunzip() {}

  /** Bytes in all files of a folder, decompressed. */
  static long bytesOfFolder(Path folder) throws Exception {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> file.toString().endsWith(".gz")).sorted().toList();
    }
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Long>> counts = files.stream().map(f -> pool.submit(() -> bytes(f))).toList();
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum;
    } finally {
      pool.shutdown();
    }
  }

  static long bytes(Path file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return bytes;
  }
}

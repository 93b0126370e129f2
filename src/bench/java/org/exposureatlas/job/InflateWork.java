package org.exposureatlas.job;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import com.intel.gkl.compression.IntelInflater;
import com.ning.compress.gzip.OptimizedGZIPInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.GzipCodec;
import org.exposureatlas.raw.RawFile;
import org.exposureatlas.raw.RawFilePartition;

/**
 * Every way of decompressing the same files that is to be had from Maven Central, in one thread.
 */
final class InflateWork {

  private static final int WIDE = 1 << 17;
  private static final int CHUNK = 1 << 18;

  /** Bytes of a gzip header without a file name, which is what the simulator writes. */
  private static final int HEADER = 10;

  private static final int TRAILER = 8;

  /** A way of opening a file that gives its content. */
  @FunctionalInterface
  private interface Opening {
    InputStream open(Path file) throws IOException;
  }

  /** A way of counting the bytes of the content of a file. */
  @FunctionalInterface
  private interface Counting {
    long bytes(Path file) throws Exception;
  }

  private final List<Path> files;
  private final List<Path> zstd;

  /**
   * @param files gzip files
   * @param folder for the same content compressed by zstd
   */
  InflateWork(List<Path> files, Path folder) throws IOException {
    this.files = files;
    zstd = new ArrayList<>();
    for (Path file : files) {
      zstd.add(compressed(file, folder));
    }
  }

  private static Path compressed(Path file, Path folder) throws IOException {
    Path target = folder.resolve(file.getFileName().toString().replaceFirst("\\.gz$", ".zst"));
    if (!Files.exists(target)) {
      Files.createDirectories(folder);
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file), WIDE);
          OutputStream out = new ZstdOutputStream(Files.newOutputStream(target), 3)) {
        in.transferTo(out);
      }
    }
    return target;
  }

  /** The contestants; what they find is the number of bytes of JSON. */
  Contestant[] contestants() {
    Configuration narrow = new Configuration();
    Configuration wide = new Configuration();
    wide.setInt("io.file.buffer.size", WIDE);
    Opening ours = file -> RawFile.open(inline(file), narrow);
    return new Contestant[] {
      stream("Exposure Atlas, gzip", files, 1, ours),
      stream("GZIPInputStream 512 B", files, 32, file -> new GZIPInputStream(opened(file))),
      stream("GZIPInputStream 128 kB", files, 1, file -> new GZIPInputStream(opened(file), WIDE)),
      all("Inflater 128 kB", files, InflateWork::inflater),
      stream("Hadoop 4 kB", files, 1, file -> codec(narrow).createInputStream(opened(file))),
      stream("Hadoop 128 kB", files, 1, file -> codec(wide).createInputStream(opened(file))),
      stream("commons-compress", files, 1, InflateWork::commons),
      stream("compress-lzf", files, 1, file -> new OptimizedGZIPInputStream(opened(file))),
      stream(
          "jzlib",
          files,
          1,
          file -> new com.jcraft.jzlib.GZIPInputStream(opened(file), WIDE, true)),
      all("GKL, whole file", files, InflateWork::gkl),
      stream("Exposure Atlas, zstd", zstd, 1, ours),
      stream(
          "zstd-jni, buffered",
          zstd,
          1,
          file -> new ZstdInputStream(new BufferedInputStream(opened(file), WIDE)))
    };
  }

  private static Contestant stream(String name, List<Path> paths, int parts, Opening opening) {
    byte[] buffer = new byte[CHUNK / parts];
    return all(
        name,
        paths,
        file -> {
          long bytes = 0;
          try (InputStream in = opening.open(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
              bytes += read;
            }
          }
          return bytes;
        });
  }

  private static Contestant all(String name, List<Path> paths, Counting counting) {
    return new Contestant(
        name,
        () -> {
          long bytes = 0;
          for (Path path : paths) {
            bytes += counting.bytes(path);
          }
          return bytes;
        });
  }

  private static InputStream opened(Path file) throws IOException {
    return Files.newInputStream(file);
  }

  private static RawFilePartition inline(Path file) {
    return new RawFilePartition(file.toString(), "", RawFilePartition.Reading.INLINE);
  }

  private static GzipCodec codec(Configuration hadoop) {
    GzipCodec codec = new GzipCodec();
    codec.setConf(hadoop);
    return codec;
  }

  private static InputStream commons(Path file) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(new BufferedInputStream(opened(file), WIDE))
        .setDecompressConcatenated(true)
        .get();
  }

  /** The least that java.util.zip can do: one member, its checksum, nothing around it. */
  private static long inflater(Path file) throws IOException, DataFormatException {
    byte[] in = new byte[WIDE];
    byte[] out = new byte[CHUNK];
    CRC32 checksum = new CRC32();
    Inflater inflater = new Inflater(true);
    try (InputStream bytes = opened(file)) {
      bytes.skipNBytes(HEADER);
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int read = bytes.read(in);
          if (read < 0) {
            throw new EOFException(file.toString());
          }
          inflater.setInput(in, 0, read);
        }
        checksum.update(out, 0, inflater.inflate(out));
      }
      return inflater.getBytesWritten();
    } finally {
      inflater.end();
    }
  }

  /** Its inflater does not tell how much of its input it took, so all has to be done in one go. */
  private static long gkl(Path file) throws IOException {
    byte[] in = Files.readAllBytes(file);
    byte[] out = new byte[sizeByTrailer(in)];
    IntelInflater inflater = new IntelInflater(true);
    if (!inflater.load(null)) {
      throw new IOException("no native library of GKL for this machine");
    }
    inflater.reset();
    inflater.setInput(in, HEADER, in.length - HEADER - TRAILER);
    try {
      return inflater.inflate(out, 0, out.length);
    } finally {
      inflater.end();
    }
  }

  private static int sizeByTrailer(byte[] gzip) {
    return ByteBuffer.wrap(gzip).order(ByteOrder.LITTLE_ENDIAN).getInt(gzip.length - 4);
  }
}

package org.exposureatlas.raw;

import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.exposureatlas.gzip.GzipContent;

/** Opens raw files, decompressed by the ending of their name. */
public final class RawFile {

  private RawFile() {}

  /** Whether the name ends in one of {@code endings}, perhaps with .gz or .zst behind it. */
  static boolean isNamed(Path path, List<String> endings) {
    String name = path.getName().replaceFirst("\\.(gz|zst)$", "");
    return endings.stream().anyMatch(name::endsWith);
  }

  /**
   * The content of a file. Failures of the file system are {@link UncheckedIOException}; an
   * IOException means that the compressed data is damaged.
   */
  public static InputStream open(RawFilePartition raw, Configuration hadoop) throws IOException {
    Path path = new Path(raw.path());
    FileSystem files = path.getFileSystem(hadoop);
    FileContent file = new FileContent(files.open(path));
    InputStream content = decompressed(file, path);
    return raw.reading() == RawFilePartition.Reading.AHEAD
        ? new ReadAhead(content, file::count, statistics(files)::incrementBytesRead)
        : content;
  }

  /** Spark asks them how far a task is, and they are kept by thread. */
  @SuppressWarnings("deprecation") // what Spark looks at has no other way in
  private static FileSystem.Statistics statistics(FileSystem files) {
    return FileSystem.getStatistics(files.getUri().getScheme(), files.getClass());
  }

  private static InputStream decompressed(InputStream file, Path path) throws IOException {
    if (path.getName().endsWith(".zst")) {
      return new ZstdInputStream(file);
    }
    return path.getName().endsWith(".gz") ? new GzipContent(file) : file;
  }

  /** Tells failures of the file system from damaged data. */
  private static final class FileContent extends FilterInputStream {

    private long count;

    FileContent(InputStream in) {
      super(in);
    }

    /** Bytes read so far. */
    long count() {
      return count;
    }

    @Override
    public int read() {
      try {
        int value = in.read();
        count += value < 0 ? 0 : 1;
        return value;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        int read = in.read(bytes, offset, length);
        count += Math.max(read, 0);
        return read;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

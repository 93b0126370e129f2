package org.exposureatlas.raw;

import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.Decompressor;

/** Opens raw files, decompressed by the ending of their name. */
public final class RawFile {

  private static final int BUFFER_BYTES = 1 << 17;

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
  public static InputStream open(Path path, Configuration hadoop) throws IOException {
    InputStream file = new FileContent(path.getFileSystem(hadoop).open(path));
    if (path.getName().endsWith(".zst")) {
      return new ZstdInputStream(file);
    }
    CompressionCodec codec = new CompressionCodecFactory(wideBuffers(hadoop)).getCodec(path);
    if (codec == null) {
      return file;
    }
    Decompressor decompressor = CodecPool.getDecompressor(codec);
    InputStream content = codec.createInputStream(file, decompressor);
    return new FilterInputStream(content) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        super.close();
        CodecPool.returnDecompressor(decompressor);
      }
    };
  }

  /** Hadoop's 4 kB at a time cost a tenth of the speed of decompression. */
  private static Configuration wideBuffers(Configuration hadoop) {
    Configuration wide = new Configuration(hadoop);
    wide.setInt("io.file.buffer.size", BUFFER_BYTES);
    return wide;
  }

  /** Tells failures of the file system from damaged data. */
  private static final class FileContent extends FilterInputStream {

    FileContent(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      try {
        return in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package org.exposureatlas.geoip;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.exposureatlas.gzip.GzipContent;

/** Loads editions; their files, plain, gzip or zip, are told apart by what is in them. */
public final class EditionReader {

  private static final int BUFFER = 1 << 16;
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  private EditionReader() {}

  /**
   * An edition in memory.
   *
   * @param index its look-up
   * @param sha256 checksum over its files, in order of their names
   */
  public record Loaded(GeoIndex index, String sha256) {}

  /**
   * Reads all files of an edition, such as one of countries and one of autonomous systems.
   *
   * @throws BrokenEditionException when any of them cannot be trusted
   */
  public static Loaded load(Configuration hadoop, GeoEdition edition) {
    MessageDigest digest = sha256();
    GeoIndex.Builder index = new GeoIndex.Builder();
    try {
      FileSystem files = edition.folder().getFileSystem(hadoop);
      List<Path> found =
          Arrays.stream(files.listStatus(edition.folder(), path -> !path.getName().startsWith(".")))
              .filter(FileStatus::isFile)
              .map(FileStatus::getPath)
              .sorted(Comparator.naturalOrder())
              .toList();
      if (found.isEmpty()) {
        throw new BrokenEditionException(
            edition.folder().toString(), "found no file, expected at least one", null);
      }
      for (Path file : found) {
        try (FSDataInputStream bytes = files.open(file)) {
          read(hadoop, file, bytes, new DigestInputStream(bytes, digest), index);
        } catch (IOException e) {
          throw new BrokenEditionException(file.toString(), "cannot be opened", e);
        }
      }
    } catch (IOException e) {
      throw new BrokenEditionException(edition.folder().toString(), "cannot be listed", e);
    }
    return new Loaded(index.build(), HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * Reads a file to its end.
   *
   * @param bytes tells how far {@code in} has come
   */
  private static void read(
      Configuration hadoop,
      Path file,
      FSDataInputStream bytes,
      InputStream in,
      GeoIndex.Builder index)
      throws IOException {
    try {
      read(hadoop, file, new BufferedInputStream(in, BUFFER), index);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new BrokenEditionException(
          file + ", before byte " + bytes.getPos(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private static void read(Configuration hadoop, Path file, InputStream in, GeoIndex.Builder index)
      throws IOException {
    String place = file.toString();
    byte[] start = start(in);
    if (startsWith(start, PARQUET)) {
      ParquetEdition.read(hadoop, file, index);
    } else if (startsWith(start, ZIP)) {
      ZippedEdition.read(place, in.readAllBytes(), index);
    } else if (startsWith(start, GZIP)) {
      content(place, new BufferedInputStream(new GzipContent(in), BUFFER), index);
    } else {
      content(place, in, index);
    }
  }

  /**
   * Reads what is in a file or archive.
   *
   * @param in supports marks
   */
  static void content(String place, InputStream in, GeoIndex.Builder index) throws IOException {
    byte[] start = start(in);
    if (isBinary(start)) {
      MmdbEdition.read(place, in.readAllBytes(), index);
    } else if (start.length > 0 && start[0] == '{') {
      JsonLinesEdition.read(place, in, index);
    } else if (isDelegated(start)) {
      DelegatedFile.read(new SeparatedValues(place, in, '|'), index);
    } else {
      CsvEdition.read(new SeparatedValues(place, in, ','), index);
    }
  }

  private static byte[] start(InputStream in) throws IOException {
    in.mark(BUFFER);
    byte[] start = in.readNBytes(BUFFER);
    in.reset();
    return start;
  }

  private static boolean startsWith(byte[] start, byte[] mark) {
    return start.length >= mark.length
        && Arrays.equals(start, 0, mark.length, mark, 0, mark.length);
  }

  /** No text holds a zero byte; the search tree of every MMDB does. */
  private static boolean isBinary(byte[] start) {
    return indexOf(start, (byte) 0) < start.length;
  }

  /** The files of registries start with comments, or a line of values between bars. */
  private static boolean isDelegated(byte[] start) {
    int bar = indexOf(start, (byte) '|');
    return bar < start.length && (start[0] == '#' || bar < indexOf(start, (byte) '\n'));
  }

  /** Position of a byte; the length when it is not there. */
  private static int indexOf(byte[] bytes, byte wanted) {
    int at = 0;
    while (at < bytes.length && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

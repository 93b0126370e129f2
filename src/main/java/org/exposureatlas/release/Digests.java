package org.exposureatlas.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** SHA-256 digests, and files that list one for each path as {@code sha256sum} does. */
final class Digests {

  private static final int BUFFER_BYTES = 1 << 16;

  private Digests() {}

  static String of(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static String of(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return of(in);
    }
  }

  static String of(InputStream in) throws IOException {
    return copy(in, OutputStream.nullOutputStream());
  }

  /** Passes all bytes on; returns their digest. */
  static String copy(InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = sha256();
    InputStream digested = new DigestInputStream(in, digest);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = digested.read(buffer); read >= 0; read = digested.read(buffer)) {
      out.write(buffer, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static void writeList(FileSystem files, Path list, Map<String, String> digests)
      throws IOException {
    PlainFiles.writeText(
        files,
        list,
        digests.entrySet().stream()
            .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
            .collect(Collectors.joining()));
  }

  /** Digests by path; none where there is no such list, and none for a line that is no entry. */
  static Map<String, String> readList(FileSystem files, Path list) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    if (files.exists(list)) {
      try (InputStream in = files.open(list)) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split("  ", 2))
            .filter(cells -> cells.length == 2)
            .forEach(cells -> digests.put(cells[1], cells[0]));
      }
    }
    return digests;
  }
}

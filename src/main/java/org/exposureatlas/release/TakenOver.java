package org.exposureatlas.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Takes data files over from an earlier release: those whose inputs are the same. */
final class TakenOver {

  private static final int FILES_AT_A_TIME = 16;

  private TakenOver() {}

  /**
   * The files to take over.
   *
   * @param from folder of the earlier release
   * @param inputs digests of the inputs of the new files, by path
   * @return their checksums, by path
   */
  static Map<String, String> among(FileSystem files, Path from, Map<String, String> inputs)
      throws IOException {
    Map<String, String> inputsThere = Digests.readList(files, new Path(from, ReleaseWriter.INPUTS));
    Map<String, String> checksums =
        Digests.readList(files, new Path(from, ReleaseWriter.CHECKSUMS));
    checksums
        .keySet()
        .removeIf(
            path -> !inputs.containsKey(path) || !inputs.get(path).equals(inputsThere.get(path)));
    return checksums;
  }

  /**
   * Copies files from the folder of an earlier release to that of a new one.
   *
   * @param checksums of the files, by path
   * @return the same, of the copies
   */
  static Map<String, String> copy(
      FileSystem files, Path from, Path to, Map<String, String> checksums) throws IOException {
    Map<String, String> copied = new ConcurrentSkipListMap<>();
    List<Callable<Void>> copies = new ArrayList<>();
    for (String path : checksums.keySet()) {
      copies.add(
          () -> {
            copied.put(path, copy(files, new Path(from, path), new Path(to, path)));
            return null;
          });
    }
    SideBySide.run(FILES_AT_A_TIME, copies);
    return copied;
  }

  /** The checksum of what was copied; of a file that cannot be read, that it cannot. */
  private static String copy(FileSystem files, Path source, Path target) {
    try (InputStream in = files.open(source);
        OutputStream out = files.create(target, false)) {
      return Digests.copy(in, out);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

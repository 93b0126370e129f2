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

  private final FileSystem files;
  private final Path from;
  private final Path to;

  private TakenOver(FileSystem files, Path from, Path to) {
    this.files = files;
    this.from = from;
    this.to = to;
  }

  /**
   * Copies files from the folder of an earlier release to that of a new one.
   *
   * @param inputs digests of the inputs of the new files, by path
   * @return checksums of the files taken over, by path; without files that are not as they were
   *     published
   */
  static Map<String, String> copy(FileSystem files, Path from, Path to, Map<String, String> inputs)
      throws IOException {
    return new TakenOver(files, from, to).copy(inputs);
  }

  private Map<String, String> copy(Map<String, String> inputs) throws IOException {
    Map<String, String> inputsThere = Digests.readList(files, new Path(from, ReleaseWriter.INPUTS));
    Map<String, String> checksums =
        Digests.readList(files, new Path(from, ReleaseWriter.CHECKSUMS));
    Map<String, String> copied = new ConcurrentSkipListMap<>();
    List<Callable<Void>> copies = new ArrayList<>();
    checksums.forEach(
        (path, checksum) -> {
          if (inputs.containsKey(path) && inputs.get(path).equals(inputsThere.get(path))) {
            copies.add(
                () -> {
                  if (isCopied(path, checksum)) {
                    copied.put(path, checksum);
                  }
                  return null;
                });
          }
        });
    SideBySide.run(FILES_AT_A_TIME, copies);
    return copied;
  }

  /** False, and no copy, where the file is not as it was published. */
  private boolean isCopied(String path, String checksum) throws IOException {
    Path target = new Path(to, path);
    boolean isAsPublished = copy(new Path(from, path), target).equals(checksum);
    if (!isAsPublished) {
      files.delete(target, false);
    }
    return isAsPublished;
  }

  /** The checksum of what was copied; of a file that cannot be read, that it cannot. */
  private String copy(Path source, Path target) {
    try (InputStream in = files.open(source);
        OutputStream out = files.create(target, false)) {
      return Digests.copy(in, out);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

package org.exposureatlas.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Files without the hidden checksum files that Hadoop adds on local disks. */
final class PlainFiles {

  private PlainFiles() {}

  static FileSystem of(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    return files instanceof ChecksumFileSystem local ? local.getRawFileSystem() : files;
  }

  /** Writes a text under another name and renames it: readers see all of it or nothing. */
  static void publishText(FileSystem files, Path file, String text) throws IOException {
    Path unfinished = new Path(file.getParent(), "_" + file.getName());
    writeText(files, unfinished, text);
    files.delete(file, false);
    if (!files.rename(unfinished, file)) {
      throw new IOException("cannot rename " + unfinished + " to " + file);
    }
  }

  static void writeText(FileSystem files, Path file, String text) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}

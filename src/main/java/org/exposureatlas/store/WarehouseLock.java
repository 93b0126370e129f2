package org.exposureatlas.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.exposureatlas.config.AtlasException;

/** One writer at a time: a file in the warehouse that says who holds it. */
final class WarehouseLock implements AutoCloseable {

  /** Another run is writing to the warehouse. */
  static final class HeldException extends AtlasException {
    HeldException(Path lock, String holder) {
      super(
          "warehouse is being written by "
              + (holder.isEmpty() ? "a run that has just begun" : holder)
              + ": this run stops; if that run is gone, remove "
              + lock);
    }
  }

  private final FileSystem files;
  private final Path lock;

  private WarehouseLock(FileSystem files, Path lock) {
    this.files = files;
    this.lock = lock;
  }

  /**
   * Takes the lock for this process. A lock left by a process of this host that is gone is taken
   * over.
   *
   * @throws HeldException when another process holds it
   */
  static WarehouseLock take(Configuration hadoop, Path warehouse) {
    Path lock = new Path(warehouse, "_lock");
    try {
      FileSystem files = lock.getFileSystem(hadoop);
      files.mkdirs(warehouse);
      if (!write(files, lock)) {
        String holder = holder(files, lock);
        if (!isGone(holder)) {
          throw new HeldException(lock, holder);
        }
        files.delete(lock, false);
        if (!write(files, lock)) {
          throw new HeldException(lock, holder(files, lock));
        }
      }
      return new WarehouseLock(files, lock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + lock, e);
    }
  }

  private static boolean write(FileSystem files, Path lock) throws IOException {
    try (OutputStream out = files.create(lock, false)) {
      out.write(self().getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static String self() throws UnknownHostException {
    return "process "
        + ProcessHandle.current().pid()
        + " on "
        + InetAddress.getLocalHost().getHostName();
  }

  private static String holder(FileSystem files, Path lock) throws IOException {
    try (InputStream in = files.open(lock)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean isGone(String holder) throws UnknownHostException {
    String[] words = holder.split(" ");
    boolean here = words.length == 4 && words[3].equals(InetAddress.getLocalHost().getHostName());
    return here && ProcessHandle.of(Long.parseLong(words[1])).isEmpty();
  }

  @Override
  public void close() {
    try {
      files.delete(lock, false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + lock, e);
    }
  }
}

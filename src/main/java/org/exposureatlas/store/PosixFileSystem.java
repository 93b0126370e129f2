package org.exposureatlas.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's file system of {@code file:} paths, with one difference: permissions are set by a system
 * call. Without its native library Hadoop starts a {@code chmod} process for every file and folder
 * it makes.
 *
 * <p>For the embedded engine, by {@code spark.hadoop.fs.file.impl}; the class must be known to Java
 * before spark-submit starts.
 */
public final class PosixFileSystem extends LocalFileSystem {

  /** Called by Hadoop. */
  public PosixFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {

    private static final PosixFilePermission[] BITS = PosixFilePermission.values();

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      PosixFileAttributeView view =
          Files.getFileAttributeView(
              java.nio.file.Path.of(makeQualified(path).toUri()), PosixFileAttributeView.class);
      if (view == null || permission.getStickyBit()) {
        super.setPermission(path, permission);
      } else {
        view.setPermissions(permissions(permission.toShort()));
      }
    }

    /** The constants are declared from the owner's read, the highest bit, downwards. */
    private static Set<PosixFilePermission> permissions(int mode) {
      Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
      for (PosixFilePermission bit : BITS) {
        if ((mode >>> BITS.length - 1 - bit.ordinal() & 1) == 1) {
          set.add(bit);
        }
      }
      return set;
    }
  }
}

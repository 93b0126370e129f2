package org.exposureatlas.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosixFileSystemTest {

  @TempDir java.nio.file.Path folder;

  private FileSystem files(String umask) throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.file.impl", PosixFileSystem.class.getName());
    hadoop.set("fs.permissions.umask-mode", umask);
    return FileSystem.newInstance(URI.create("file:///"), hadoop);
  }

  @Test
  void newFilesAndFoldersGetThePermissionsThatTheMaskLeaves() throws IOException {
    try (FileSystem files = files("027")) {
      files.mkdirs(new Path(folder.toString(), "a/b"));
      try (FSDataOutputStream out = files.create(new Path(folder.toString(), "a/b/c"))) {
        out.write(1);
      }
    }
    assertThat(permissions("a")).isEqualTo("rwxr-x---");
    assertThat(permissions("a/b")).isEqualTo("rwxr-x---");
    assertThat(permissions("a/b/c")).isEqualTo("rw-r-----");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "r--------", "-wx-w--wx", "---------"})
  void everyBitIsSetWhereItBelongs(String permissions) throws IOException {
    Files.createFile(folder.resolve("file"));
    try (FileSystem files = files("022")) {
      files.setPermission(
          new Path(folder.toString(), "file"), FsPermission.valueOf("-" + permissions));
    }
    assertThat(permissions("file")).isEqualTo(permissions);
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}

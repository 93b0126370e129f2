package org.exposureatlas.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of Exposure Atlas that runs. */
final class CodeVersion {

  private CodeVersion() {}

  /** Such as {@code 0.1.0}. */
  static String text() {
    try (InputStream in = CodeVersion.class.getResourceAsStream("/exposure-atlas-version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version", e);
    }
  }
}

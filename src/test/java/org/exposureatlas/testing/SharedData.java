package org.exposureatlas.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The optional folder of real geo-IP editions and published sample records beside the project. */
public final class SharedData {

  private SharedData() {}

  /** {@code ../shared/data/<path>}; the calling test is skipped, with this reason, when absent. */
  public static Path require(String path) {
    Path found = Path.of("..", "shared", "data").resolve(path);
    assumeTrue(Files.exists(found), () -> found + " is not beside the project");
    return found;
  }
}

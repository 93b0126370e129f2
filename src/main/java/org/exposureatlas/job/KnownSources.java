package org.exposureatlas.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.source.ScanSource;
import org.exposureatlas.source.Sources;

/** The scan sources of a run: those with an adapter, and those of its mapping file. */
final class KnownSources {

  private KnownSources() {}

  /**
   * All sources.
   *
   * @throws MissingInputException when there is no such mapping file
   * @throws org.exposureatlas.config.ConfigException for a mapping that cannot be used
   */
  static List<ScanSource> of(JobConfig config, Configuration hadoop) {
    return config
        .ingest()
        .mappings()
        .map(file -> Sources.with(file, text(new Path(file), hadoop)))
        .orElseGet(Sources::all);
  }

  private static String text(Path file, Configuration hadoop) {
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw new MissingInputException("mapping file", "spark.atlas.ingest.mappings", file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}

package org.exposureatlas.source;

import java.util.List;

/** A source of raw scan files: what to read of them, and what it means. */
public interface ScanSource {

  /** Name of the folder below the raw root, and value of {@code observation.source}. */
  String name();

  /** Versions of its format that the adapter was written for. */
  String versions();

  /** The kinds of files it publishes; a file is read by the one input that takes its name. */
  List<RawInput> inputs();
}

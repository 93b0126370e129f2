package org.exposureatlas.release;

import org.apache.hadoop.fs.Path;

/**
 * A release that is there.
 *
 * @param name its id; a later state of the same id is {@code <id>.2}, {@code <id>.3}
 * @param folder {@code <releases>/<name>}
 * @param outcome whether it was written now
 * @param takenOverCount data files that were copied from an earlier release
 */
public record Release(String name, Path folder, Outcome outcome, int takenOverCount) {

  /** What became of a request to write a release. */
  public enum Outcome {
    /** There was none of this id. */
    NEW,
    /** Its data were there already, byte for byte. */
    UNCHANGED,
    /** Its data differ from those released under this id: a revision was added. */
    REVISED
  }
}

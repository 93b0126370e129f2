package org.exposureatlas.raw;

import java.io.Closeable;

/** The records of a raw file, one after the other; those that cannot be used say why. */
public interface RawRows extends Closeable {

  /** Advances to the next record; false after the last. */
  boolean next();

  /** What the record calls its file. */
  String file();

  /** Line on which the record begins, from 1. */
  long line();

  /** Why the record cannot be used; null: it can. */
  String reason();

  /** What was found and expected; null: usable. */
  String detail();

  /** Value of a wanted field of a usable record; null: it has none. */
  String value(int field);
}

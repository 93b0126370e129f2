package org.exposureatlas.config;

/** A snapshot, edition, table or release that is not there (yet). */
public final class MissingInputException extends AtlasException {

  /** Names the data set, what was asked for and the place looked at. */
  public MissingInputException(String dataset, String wanted, Object place) {
    super("no " + dataset + " for " + wanted + ": looked at " + place);
  }
}

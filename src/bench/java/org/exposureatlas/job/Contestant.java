package org.exposureatlas.job;

/** One way to do a piece of work that is timed. */
record Contestant(String name, Work work) {

  /** The work; returns a figure that must be the same for all contestants of a row. */
  @FunctionalInterface
  interface Work {
    long run() throws Exception;
  }
}

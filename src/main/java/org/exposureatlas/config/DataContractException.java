package org.exposureatlas.config;

import java.util.List;

/** Data that breaks a rule; nothing of the run is published. */
public final class DataContractException extends AtlasException {

  /** Names the data set and its broken rules, each with what was expected, found and samples. */
  public DataContractException(String dataset, List<String> findings) {
    super(dataset + ": not published: " + String.join("; ", findings));
  }
}

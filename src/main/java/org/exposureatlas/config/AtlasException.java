package org.exposureatlas.config;

/** A failure whose message says all that the person at the keyboard needs; no trace is shown. */
public abstract class AtlasException extends RuntimeException {

  protected AtlasException(String message) {
    super(message);
  }

  protected AtlasException(String message, Throwable cause) {
    super(message, cause);
  }
}

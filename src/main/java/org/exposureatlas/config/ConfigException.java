package org.exposureatlas.config;

/** A setting or argument that cannot be used; thrown before any Spark work. */
public final class ConfigException extends AtlasException {

  /** Names the key, the value found and the value expected. */
  public ConfigException(String key, Object found, String expected) {
    super(key + ": found '" + found + "', expected " + expected);
  }

  private ConfigException(String message) {
    super(message);
  }

  /** For a key or argument that is not there. */
  static ConfigException missing(String key, String expected) {
    return new ConfigException(key + ": found nothing, expected " + expected);
  }
}

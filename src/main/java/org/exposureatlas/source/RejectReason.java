package org.exposureatlas.source;

import java.util.Locale;

/** Why a source record cannot be used: the closed list of {@code rejected.reason}. */
public enum RejectReason {
  MALFORMED_JSON,
  MALFORMED_CSV,
  MALFORMED_XML,
  RAGGED_ROW,
  NO_HEADER,
  UNKNOWN_REPORT,
  LINE_TOO_LONG,
  INVALID_UTF8,
  WRONG_TYPE,
  INVALID_NUMBER,
  DAMAGED_FILE,
  MISSING_FIELD,
  INVALID_TIME,
  INVALID_PORT,
  INVALID_IP;

  /** As it stands in the table, such as {@code malformed_json}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

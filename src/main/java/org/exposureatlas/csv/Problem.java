package org.exposureatlas.csv;

/**
 * Why a row cannot be used.
 *
 * @param reason one of the constants
 * @param detail what was found and expected
 */
record Problem(String reason, String detail) {

  static final String BLANK = "blank";
  static final String MALFORMED = "malformed_csv";
  static final String RAGGED = "ragged_row";
  static final String NO_HEADER = "no_header";
  static final String TOO_LONG = "line_too_long";
  static final String INVALID_UTF8 = "invalid_utf8";
  static final String DAMAGED = "damaged_file";

  static Problem damaged(String said) {
    return new Problem(DAMAGED, "the rest of the file cannot be read: " + said);
  }
}

package org.exposureatlas.ndjson;

/** Why a record cannot be used; thrown and caught within the reader, without a stack trace. */
final class Reject extends Exception {

  static final String BLANK = "blank";
  static final String MALFORMED = "malformed_json";
  static final String TOO_LONG = "line_too_long";
  static final String INVALID_UTF8 = "invalid_utf8";
  static final String WRONG_TYPE = "wrong_type";
  static final String INVALID_NUMBER = "invalid_number";
  static final String DAMAGED = "damaged_file";

  private static final long serialVersionUID = 1L;

  private final String reason;

  Reject(String reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  String detail() {
    return getMessage();
  }
}

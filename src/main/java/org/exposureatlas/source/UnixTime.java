package org.exposureatlas.source;

import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Times that scanners write as whole seconds since 1970. */
final class UnixTime {

  /** What is expected where such a time should stand. */
  static final String FORM = "seconds since 1970";

  private static final String SECONDS = "^[1-9][0-9]{0,10}$";

  private UnixTime() {}

  /** The instant of seconds written as text; NULL for 0 and other texts. */
  static Column instant(Column seconds) {
    return timestamp_seconds(when(seconds.rlike(SECONDS), seconds).try_cast(DataTypes.LongType));
  }
}

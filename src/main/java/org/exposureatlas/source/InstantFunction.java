package org.exposureatlas.source;

import java.time.ZoneOffset;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Instant of a text; see {@link RawValues#instant}. */
public final class InstantFunction extends RecordFunction<Long> {

  static final String NAME = "instant";

  private static final long serialVersionUID = 1L;
  private static final int TIME_MARK = 10;
  private static final UTF8String YEAR_ONE = UTF8String.fromString("0001-");

  InstantFunction() {
    super(NAME, DataTypes.TimestampType, DataTypes.StringType);
  }

  /** Called by Spark: microseconds since 1970-01-01T00:00Z; null for any other text. */
  public static Long invoke(UTF8String text) {
    if (text == null
        || text.numBytes() <= TIME_MARK
        || text.getByte(TIME_MARK) != 'T'
        || text.startsWith(YEAR_ONE)) {
      return null;
    }
    long micros = UtcText.micros(text.getBytes());
    return micros == UtcText.OTHER ? byForm(text) : (Long) micros;
  }

  /** Other zones, and whatever else Spark reads. */
  private static Long byForm(UTF8String text) {
    var found = DateTimeUtils.stringToTimestamp(text, ZoneOffset.UTC);
    return found.isDefined() ? (Long) found.get() : null;
  }
}

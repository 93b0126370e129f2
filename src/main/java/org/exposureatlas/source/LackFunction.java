package org.exposureatlas.source;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** What a record lacks, as a reason and its detail; see {@link Essentials#check}. */
public final class LackFunction extends RecordFunction<InternalRow> {

  static final String NAME = "lack";

  private static final long serialVersionUID = 1L;

  LackFunction() {
    super(
        NAME,
        new StructType()
            .add(SourceRecord.REASON.name(), SourceRecord.REASON.type())
            .add(SourceRecord.DETAIL.name(), SourceRecord.DETAIL.type()),
        DataTypes.StringType,
        DataTypes.StringType,
        DataTypes.StringType,
        DataTypes.IntegerType,
        DataTypes.StringType,
        DataTypes.BooleanType,
        DataTypes.StringType,
        DataTypes.StringType);
  }

  /**
   * Called by Spark; null where nothing is lacking.
   *
   * @param other what else the record lacks; null: nothing
   * @param portNumber the port; negative where its text is no number
   * @param isInstant whether the time is an instant
   * @param timeName what the source calls the time
   * @param timeForm how the source writes times
   */
  public static InternalRow invoke(
      UTF8String other,
      UTF8String ip,
      UTF8String port,
      int portNumber,
      UTF8String time,
      boolean isInstant,
      UTF8String timeName,
      UTF8String timeForm) {
    if (other != null) {
      return row(RejectReason.MISSING_FIELD, other.toString());
    }
    if (ip == null) {
      return row(RejectReason.MISSING_FIELD, "ip: found nothing, expected an address");
    }
    if (port == null) {
      return row(
          RejectReason.MISSING_FIELD,
          "port: found nothing, expected 0 to " + Essentials.HIGHEST_PORT);
    }
    if (time == null) {
      return row(RejectReason.MISSING_FIELD, timeName + ": found nothing, expected " + timeForm);
    }
    if (!isInstant) {
      return row(RejectReason.INVALID_TIME, found(timeName, time, timeForm));
    }
    if (portNumber < 0 || portNumber > Essentials.HIGHEST_PORT) {
      return row(RejectReason.INVALID_PORT, found("port", port, "0 to " + Essentials.HIGHEST_PORT));
    }
    return null;
  }

  private static String found(Object what, UTF8String text, Object expected) {
    return what + ": found '" + text.substring(0, Essentials.SHOWN) + "', expected " + expected;
  }

  private static InternalRow row(RejectReason reason, String detail) {
    return new GenericInternalRow(
        new Object[] {UTF8String.fromString(reason.label()), UTF8String.fromString(detail)});
  }
}

package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Address, port and time, without any of which a record is no observation.
 *
 * @param ip address as the source writes it
 * @param port port number as text
 * @param time instant as the source writes it
 * @param observedAt that time as an instant; NULL where it is none
 * @param timeForm how the source writes times
 */
record Essentials(Column ip, Column port, Column time, Column observedAt, String timeForm) {

  private static final int HIGHEST_PORT = 65_535;
  private static final int SHOWN = 40;

  /** Of a source that writes RFC 3339 times. */
  Essentials(Column ip, Column port, Column time) {
    this(ip, port, time, RawValues.instant(time), "an RFC 3339 instant after year 1");
  }

  /** The port as a number; NULL where it is none. */
  Column portNumber() {
    return port.try_cast(DataTypes.IntegerType);
  }

  /** {@code raw} with the reason and detail of records that lack one of the three. */
  Dataset<Row> check(Dataset<Row> raw) {
    return check(raw, lit(null).cast(DataTypes.StringType));
  }

  /**
   * The same, where a record also lacks something else.
   *
   * @param lack what else is missing and was expected; NULL: nothing
   */
  Dataset<Row> check(Dataset<Row> raw, Column lack) {
    return raw.withColumn(
            SourceRecord.DETAIL.name(),
            when(SourceRecord.unreadable(), SourceRecord.DETAIL.col()).otherwise(detail(lack)))
        .withColumn(SourceRecord.REASON.name(), coalesce(SourceRecord.REASON.col(), reason(lack)));
  }

  private Column reason(Column lack) {
    return when(
            lack.isNotNull().or(ip.isNull()).or(port.isNull()).or(time.isNull()),
            RejectReason.MISSING_FIELD.label())
        .when(observedAt().isNull(), RejectReason.INVALID_TIME.label())
        .when(isNoPort(), RejectReason.INVALID_PORT.label());
  }

  private Column detail(Column lack) {
    return when(lack.isNotNull(), lack)
        .when(ip.isNull(), "ip: found nothing, expected an address")
        .when(port.isNull(), "port: found nothing, expected 0 to " + HIGHEST_PORT)
        .when(time.isNull(), "time: found nothing, expected " + timeForm)
        .when(observedAt().isNull(), found("time", time, timeForm))
        .when(isNoPort(), found("port", port, "0 to " + HIGHEST_PORT));
  }

  private Column isNoPort() {
    Column number = portNumber();
    return number.isNull().or(number.lt(0)).or(number.gt(HIGHEST_PORT));
  }

  private static Column found(String what, Column text, String expected) {
    return concat(lit(what + ": found '"), text.substr(1, SHOWN), lit("', expected " + expected));
  }
}

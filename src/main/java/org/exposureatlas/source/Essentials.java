package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.schema.Observation;

/**
 * Address, port and time, without any of which a record is no observation. Each is worked out once,
 * by {@link #check}; the columns that follow from them are those of the records checked.
 *
 * @param ip address as the source writes it
 * @param port port number as text
 * @param time instant as the source writes it
 * @param instant that time as an instant; NULL where it is none
 * @param timeName what the source calls the time
 * @param timeForm how the source writes times
 */
record Essentials(
    Column ip, Column port, Column time, Column instant, String timeName, String timeForm) {

  private static final int HIGHEST_PORT = 65_535;
  private static final int SHOWN = 40;

  private static final String IP = "essential_ip";
  private static final String PORT = "essential_port";
  private static final String TIME = "essential_time";
  private static final String INSTANT = "essential_instant";
  private static final String PORT_NUMBER = "essential_port_number";
  private static final String LACK = "essential_lack";

  /** Of a source that writes RFC 3339 times. */
  Essentials(Column ip, Column port, Column time) {
    this(ip, port, time, RawValues.instant(time), "an RFC 3339 instant after year 1");
  }

  /** Of a source that calls the time just that. */
  Essentials(Column ip, Column port, Column time, Column instant, String timeForm) {
    this(ip, port, time, instant, "time", timeForm);
  }

  /** The time as an instant, in records that were checked; NULL where it is none. */
  Column observedAt() {
    return functions.col(INSTANT);
  }

  /** The port as a number, in records that were checked; NULL where it is none. */
  Column portNumber() {
    return functions.col(PORT_NUMBER);
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
    Column known = SourceRecord.REASON.col();
    return raw.withColumns(Map.of(IP, ip, PORT, port, TIME, time, LACK, lack))
        .withColumns(
            Map.of(
                INSTANT, instant, PORT_NUMBER, functions.col(PORT).try_cast(DataTypes.IntegerType)))
        .withColumn(
            SourceRecord.DETAIL.name(),
            when(known.isNotNull(), SourceRecord.DETAIL.col()).otherwise(detail()))
        .withColumn(SourceRecord.REASON.name(), coalesce(known, reason()));
  }

  /**
   * A checked record: where it stands, why it cannot be used, address, port and time, then {@code
   * others}.
   */
  Dataset<Row> select(Dataset<Row> checked, Column... others) {
    Stream<Column> own =
        Stream.of(
            Observation.FILE.col().as(SourceRecord.PATH.name()),
            Observation.LINE.col(),
            SourceRecord.REASON.col(),
            SourceRecord.DETAIL.col(),
            SourceRecord.IP_TEXT.from(functions.col(IP)),
            Observation.OBSERVED_AT.from(observedAt()),
            Observation.PORT.from(portNumber()));
    return checked.select(Stream.concat(own, Stream.of(others)).toArray(Column[]::new));
  }

  private static Column reason() {
    return when(
            isGiven(LACK).or(functions.not(isGiven(IP).and(isGiven(PORT)).and(isGiven(TIME)))),
            RejectReason.MISSING_FIELD.label())
        .when(functions.not(isGiven(INSTANT)), RejectReason.INVALID_TIME.label())
        .when(isNoPort(), RejectReason.INVALID_PORT.label());
  }

  private Column detail() {
    return when(isGiven(LACK), functions.col(LACK))
        .when(functions.not(isGiven(IP)), "ip: found nothing, expected an address")
        .when(functions.not(isGiven(PORT)), "port: found nothing, expected 0 to " + HIGHEST_PORT)
        .when(functions.not(isGiven(TIME)), timeName + ": found nothing, expected " + timeForm)
        .when(functions.not(isGiven(INSTANT)), found(timeName, functions.col(TIME), timeForm))
        .when(isNoPort(), found("port", functions.col(PORT), "0 to " + HIGHEST_PORT));
  }

  private static Column isGiven(String column) {
    return functions.col(column).isNotNull();
  }

  private static Column isNoPort() {
    Column number = functions.col(PORT_NUMBER);
    return number.isNull().or(number.lt(0)).or(number.gt(HIGHEST_PORT));
  }

  /** What stands in a record where something else was expected. */
  static Column found(String what, Column text, String expected) {
    return concat(lit(what + ": found '"), text.substr(1, SHOWN), lit("', expected " + expected));
  }
}

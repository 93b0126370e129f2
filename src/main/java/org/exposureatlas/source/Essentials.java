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
import org.exposureatlas.schema.Field;
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

  static final int HIGHEST_PORT = 65_535;

  /** Characters of a text that are told of it. */
  static final int SHOWN = 40;

  private static final String IP = "essential_ip";
  private static final String PORT = "essential_port";
  private static final String TIME = "essential_time";
  private static final String INSTANT = "essential_instant";
  private static final String PORT_NUMBER = "essential_port_number";
  private static final String OTHER_LACK = "essential_other_lack";
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
    return raw.withColumns(Map.of(IP, ip, PORT, port, TIME, time, OTHER_LACK, lack))
        .withColumns(
            Map.of(
                INSTANT, instant, PORT_NUMBER, functions.col(PORT).try_cast(DataTypes.IntegerType)))
        .withColumn(LACK, lack())
        .withColumns(
            Map.of(
                SourceRecord.DETAIL.name(),
                when(known.isNotNull(), SourceRecord.DETAIL.col())
                    .otherwise(ofLack(SourceRecord.DETAIL)),
                SourceRecord.REASON.name(),
                coalesce(known, ofLack(SourceRecord.REASON))));
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

  /** What {@link LackFunction} gives. */
  private Column lack() {
    return RecordFunctions.call(
        LackFunction.NAME,
        functions.col(OTHER_LACK),
        functions.col(IP),
        functions.col(PORT),
        coalesce(portNumber(), lit(-1)),
        functions.col(TIME),
        observedAt().isNotNull(),
        lit(timeName),
        lit(timeForm));
  }

  private static Column ofLack(Field field) {
    return functions.col(LACK).getField(field.name());
  }

  /** What stands in a record where something else was expected. */
  static Column found(String what, Column text, String expected) {
    return concat(lit(what + ": found '"), text.substr(1, SHOWN), lit("', expected " + expected));
  }
}

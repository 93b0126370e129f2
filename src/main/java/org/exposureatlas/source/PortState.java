package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a port scanner says of a port.
 *
 * @param state {@code open}, or whatever else it found; NULL: not given
 * @param transport name of the transport protocol; NULL: not given
 */
record PortState(Column state, Column transport) {

  private static final int SHOWN = 20;

  /** {@code read} with the reason of ports that are not open, or of another transport. */
  Dataset<Row> check(Dataset<Row> read) {
    Column isUsable = SourceRecord.REASON.col().isNull();
    Column isOpen = state.equalTo("open");
    Column isOurs = coalesce(transport.isin("tcp", "udp"), lit(false));
    Column found =
        concat(
            lit("protocol: found '"),
            coalesce(transport.substr(1, SHOWN), lit("")),
            lit("', expected tcp or udp"));
    return read.withColumn(
            SourceRecord.DETAIL.name(),
            when(isUsable.and(isOpen).and(not(isOurs)), found).otherwise(SourceRecord.DETAIL.col()))
        .withColumn(
            SourceRecord.REASON.name(),
            when(isUsable.and(not(isOpen)), SourceRecord.NOT_OPEN)
                .when(isUsable.and(not(isOurs)), RejectReason.WRONG_TYPE.label())
                .otherwise(SourceRecord.REASON.col()));
  }

  /** What is missing where a scanner gives no state; NULL where it does. */
  Column lack() {
    return when(state.isNull(), "state: found nothing, expected open, closed or another state");
  }
}

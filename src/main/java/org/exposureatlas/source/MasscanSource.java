package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.csv.CsvColumn;
import org.exposureatlas.ndjson.FieldType;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.schema.Observation;

/**
 * Masscan's output as JSON ({@code -oJ}), JSON lines ({@code -oD}) and list ({@code -oL}): one
 * record is one answer of one port.
 *
 * <p>Answers carry no volume, and whether what is behind the port is open to all is unknown. A
 * record with a banner names its service; all others are of type {@code other}, since a port number
 * is no service. Answers to pings are of no port and are counted as not open. Source:
 * robertdavidgraham/masscan, out-json.c, out-ndjson.c and out-text.c.
 */
public final class MasscanSource implements ScanSource {

  private static final JsonField IP = JsonField.inherited("raw_ip", "ip", FieldType.STRING);
  private static final JsonField TIME =
      JsonField.inherited("raw_time", "timestamp", FieldType.TEXT);
  private static final JsonField PORT = field("raw_port", "port");
  private static final JsonField PROTOCOL = field("raw_protocol", "proto");
  private static final JsonField STATUS = field("raw_status", "status");
  private static final JsonField SERVICE = field("raw_service", "service.name");
  private static final JsonField LINE_STATUS = field("raw_line_status", "data.status");
  private static final JsonField LINE_SERVICE = field("raw_line_service", "data.service_name");

  private static final List<JsonField> FIELDS =
      List.of(IP, TIME, PORT, PROTOCOL, STATUS, SERVICE, LINE_STATUS, LINE_SERVICE);

  private static final CsvColumn LIST_LINE = CsvColumn.required("raw_line", "line");

  /** No line of a list holds it, so that a line is one value. */
  private static final String NO_SEPARATOR = "\u0001";

  private static final int LIST_VALUES = 7;

  @Override
  public String name() {
    return "masscan";
  }

  @Override
  public String versions() {
    return "-oJ, -oD and -oL of 1.0 to 1.3";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(
        RawInput.ndjson(FIELDS, List.of("ports"), MasscanSource::ofJson),
        new RawInput(
            "csv-columns",
            Map.of(
                "columns",
                CsvColumn.encode(List.of(LIST_LINE)),
                "headers",
                "{\"\": [\"line\"]}",
                "separator",
                NO_SEPARATOR),
            List.of(".txt", ".list"),
            MasscanSource::ofList));
  }

  private static Dataset<Row> ofJson(Dataset<Row> raw) {
    return normalise(
        raw,
        new Answer(
            RawValues.text(IP),
            RawValues.text(PORT),
            RawValues.text(PROTOCOL),
            coalesce(RawValues.text(STATUS), RawValues.text(LINE_STATUS)),
            coalesce(RawValues.text(SERVICE), RawValues.text(LINE_SERVICE)),
            RawValues.text(TIME)));
  }

  /** Lines such as {@code open tcp 80 192.0.2.1 1390380064}; comments are no records. */
  private static Dataset<Row> ofList(Dataset<Row> raw) {
    Column line = col(LIST_LINE.name());
    Dataset<Row> read =
        raw.withColumn(
            SourceRecord.REASON.name(),
            when(SourceRecord.REASON.col().isNull().and(line.startsWith("#")), SourceRecord.BLANK)
                .otherwise(SourceRecord.REASON.col()));
    Column isBanner = listed(0).equalTo("banner");
    return normalise(
        read,
        new Answer(
            listed(3),
            listed(2),
            listed(1),
            when(isBanner.equalTo(false), listed(0)),
            when(isBanner, listed(5)),
            listed(4)));
  }

  private static Column listed(int position) {
    return try_element_at(split(col(LIST_LINE.name()), " ", LIST_VALUES), lit(position + 1));
  }

  /**
   * An answer, each part as text.
   *
   * @param status state of the port; NULL for a banner
   * @param service name of the service; NULL without a banner
   */
  private record Answer(
      Column ip, Column port, Column protocol, Column status, Column service, Column time) {

    /** A banner comes from an open port, an answer to a ping from none. */
    PortState state() {
      return new PortState(
          when(protocol.isin("icmp", "arp"), "up")
              .otherwise(coalesce(status, when(service.isNotNull(), "open"))),
          protocol);
    }
  }

  private static Dataset<Row> normalise(Dataset<Row> raw, Answer answer) {
    Essentials essentials =
        new Essentials(
            answer.ip(),
            answer.port(),
            answer.time(),
            UnixTime.instant(answer.time()),
            UnixTime.FORM);
    PortState state = answer.state();
    return essentials.select(
        state.check(essentials.check(raw, state.lack())),
        Observation.TRANSPORT.from(answer.protocol()),
        Observation.SERVICE_TYPE.from(ServiceType.ofProtocol(answer.service())),
        Observation.ACCESS.from(lit("unknown")),
        Observation.SIZE_SEMANTICS.from(lit("absent")));
  }

  private static JsonField field(String name, String path) {
    return new JsonField(name, path, FieldType.TEXT);
  }
}

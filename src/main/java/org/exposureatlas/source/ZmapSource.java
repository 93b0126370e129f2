package org.exposureatlas.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;
import static org.exposureatlas.source.RawValues.text;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.csv.CsvColumn;
import org.exposureatlas.schema.Observation;

/**
 * ZMap's CSV: one record is one answer of one address.
 *
 * <p>By default a file has one column of addresses and no header. The port is that of the column
 * {@code sport}; without one, the number behind {@code port-} in the name of the file, such as
 * {@code port-9200.csv}. A record without a time is of the day of its snapshot, 00:00 UTC, and is
 * marked. Answers carry no volume. Source: zmap/zmap, output fields of its probe modules.
 */
public final class ZmapSource implements ScanSource {

  private static final CsvColumn IP = CsvColumn.required("raw_ip", "saddr");
  private static final CsvColumn PORT = CsvColumn.optional("raw_port", "sport");
  private static final CsvColumn CLASS = CsvColumn.optional("raw_class", "classification");
  private static final CsvColumn SUCCESS = CsvColumn.optional("raw_success", "success");
  private static final CsvColumn TIME = CsvColumn.optional("raw_time", "timestamp-str");
  private static final CsvColumn SECONDS = CsvColumn.optional("raw_seconds", "timestamp-ts");

  private static final String TIME_FORM = "an instant with a zone or " + UnixTime.FORM;
  private static final String DATE_IN_PATH = "^[^/]+/(\\d{4}-\\d{2}-\\d{2})/";
  private static final String PORT_IN_PATH = "(?:^|[/_.-])port-(\\d{1,5})(?![0-9])[^/]*$";
  private static final String ZONE_WITHOUT_COLON = "([+-]\\d{2})(\\d{2})$";

  @Override
  public String name() {
    return "zmap";
  }

  @Override
  public String versions() {
    return "CSV of ZMap 1 to 4";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(
        new RawInput(
            "csv-columns",
            Map.of(
                "columns",
                CsvColumn.encode(List.of(IP, PORT, CLASS, SUCCESS, TIME, SECONDS)),
                "headers",
                "{\"\": [\"saddr\"]}"),
            List.of(".csv"),
            ZmapSource::normalise));
  }

  private static Dataset<Row> normalise(Dataset<Row> raw) {
    Essentials essentials =
        new Essentials(text(IP), port(), coalesce(time(), day()), observedAt(), TIME_FORM);
    PortState state = new PortState(state(), transport());
    return essentials.select(
        state.check(essentials.check(raw)),
        Observation.TRANSPORT.from(transport()),
        Observation.SERVICE_TYPE.from(lit(ServiceType.OTHER)),
        Observation.ACCESS.from(lit("unknown")),
        Observation.SIZE_SEMANTICS.from(lit("absent")),
        SourceRecord.FLAGS.from(array(when(time().isNull(), SourceRecord.TIME_ASSUMED))));
  }

  private static Column port() {
    return coalesce(text(PORT), inPath(PORT_IN_PATH));
  }

  /** Every answer that is no success, and a reset connection, is of a port that is not open. */
  private static Column state() {
    return when(text(SUCCESS).isin("0", "false"), "closed")
        .when(text(CLASS).equalTo("rst"), "closed")
        .when(text(CLASS).startsWith("icmp").or(text(CLASS).equalTo("echoreply")), "up")
        .otherwise("open");
  }

  private static Column transport() {
    return when(text(CLASS).startsWith("udp"), "udp").otherwise("tcp");
  }

  /** A time with a zone, else seconds since 1970, else the beginning of the day. */
  private static Column observedAt() {
    Column zoned = regexp_replace(text(TIME), ZONE_WITHOUT_COLON, "$1:$2");
    Column whole = regexp_replace(text(SECONDS), "\\..*", "");
    return when(text(TIME).isNotNull(), RawValues.instant(zoned))
        .when(text(SECONDS).isNotNull(), UnixTime.instant(whole))
        .otherwise(RawValues.instant(concat(day(), lit("T00:00:00Z"))));
  }

  private static Column time() {
    return coalesce(text(TIME), text(SECONDS));
  }

  private static Column day() {
    return inPath(DATE_IN_PATH);
  }

  private static Column inPath(String pattern) {
    return nullif(regexp_extract(Observation.FILE.col(), pattern, 1), lit(""));
  }
}

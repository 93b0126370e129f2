package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.try_multiply;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.csv.CsvColumn;
import org.exposureatlas.ndjson.FieldType;
import org.exposureatlas.ndjson.JsonField;
import org.exposureatlas.schema.Observation;

/**
 * A source without an adapter of its own: a mapping file says where its values stand.
 *
 * <p>It is read by the readers that the adapters use. Addresses, ports and times are checked as
 * theirs; a size or count that is no whole number rejects the record; a service nobody knows is
 * {@code other}, an access nobody knows {@code unknown}. Times are RFC 3339, or {@code 2022-07-21
 * 03:04:05}, or seconds since 1970; UTC where they name no zone.
 */
final class GenericSource implements ScanSource {

  private static final String PREFIX = "raw_";
  private static final String TEXT_PREFIX = "text_";
  private static final String FIGURE_PREFIX = "figure_";

  /** Of numbers with at most eleven digits: the year 5138. */
  private static final long LAST_SECOND = 99_999_999_999L;

  private static final List<String> FIGURES =
      List.of(
          "size_bytes",
          "system_bytes",
          "capacity_bytes",
          "record_count",
          "container_count",
          "file_count");

  private final GenericMapping mapping;

  GenericSource(GenericMapping mapping) {
    this.mapping = mapping;
  }

  @Override
  public String name() {
    return mapping.name();
  }

  @Override
  public String versions() {
    return "as the mapping file says";
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(
        switch (mapping.format()) {
          case NDJSON -> RawInput.ndjson(jsonFields(), mapping.explode(), this::normalise);
          case CSV -> RawInput.csv(csvColumns(), mapping.separator(), Map.of(), this::normalise);
          case PARQUET -> RawInput.parquet(raw -> normalise(named(raw)));
        });
  }

  /** Where the values of the columns stand that are no constant. */
  private Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    mapping
        .columns()
        .forEach((column, value) -> value.from().ifPresent(place -> places.put(column, place)));
    return places;
  }

  private List<JsonField> jsonFields() {
    return places().entrySet().stream()
        .map(
            place -> new JsonField(PREFIX + place.getKey(), place.getValue(), type(place.getKey())))
        .toList();
  }

  /** Figures are read as numbers, as adapters do, unless they have to be scaled. */
  private FieldType type(String column) {
    boolean isNumber = FIGURES.contains(column) && !mapping.columns().get(column).isScaled();
    return isNumber ? FieldType.LONG : FieldType.TEXT;
  }

  private List<CsvColumn> csvColumns() {
    return places().entrySet().stream()
        .map(place -> csvColumn(place.getKey(), place.getValue()))
        .toList();
  }

  private static CsvColumn csvColumn(String column, String header) {
    return column.equals("ip")
        ? CsvColumn.required(PREFIX + column, header)
        : CsvColumn.optional(PREFIX + column, header);
  }

  /** Rows of Parquet files, in the shape that the raw readers give. */
  private Dataset<Row> named(Dataset<Row> raw) {
    List<Column> columns = new ArrayList<>();
    places()
        .forEach(
            (column, name) ->
                columns.add(col(name).cast(DataTypes.StringType).as(PREFIX + column)));
    String below = "^.*/(" + mapping.name() + "/[0-9]{4}-[0-9]{2}-[0-9]{2}/.*)$";
    columns.add(Observation.FILE.from(regexp_extract(col("_metadata.file_path"), below, 1)));
    columns.add(Observation.LINE.from(col("_metadata.row_index").plus(1)));
    columns.add(SourceRecord.REASON.from(lit(null)));
    columns.add(SourceRecord.DETAIL.from(lit(null)));
    return raw.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> normalise(Dataset<Row> raw) {
    Essentials essentials =
        new Essentials(
            text("ip"),
            text("port"),
            text("observed_at"),
            observedAt(),
            "observed_at",
            "a time after year 1");
    Column size = figure("size_bytes");
    Column uuid = text("cluster_uuid");
    Column runId = text("run_id");
    return essentials.select(
        SourceRecord.reject(
            essentials.check(figures(texts(raw))),
            isNoFigure(),
            RejectReason.INVALID_NUMBER,
            noFigure()),
        Observation.TRANSPORT.from(
            when(lower(text("transport")).equalTo("udp"), "udp").otherwise("tcp")),
        Observation.SERVICE_TYPE.from(ServiceType.ofProtocol(text("service_type"))),
        Observation.PRODUCT.from(text("product")),
        Observation.PRODUCT_VERSION.from(text("product_version")),
        Observation.ACCESS.from(among("access", "unknown")),
        Observation.SIZE_BYTES.from(size),
        Observation.SIZE_SEMANTICS.from(
            when(size.isNull(), "absent").otherwise(among("size_semantics", "estimated"))),
        Observation.SYSTEM_BYTES.from(figure("system_bytes")),
        Observation.CAPACITY_BYTES.from(figure("capacity_bytes")),
        Observation.RECORD_COUNT.from(figure("record_count")),
        Observation.CONTAINER_COUNT.from(figure("container_count")),
        Observation.FILE_COUNT.from(figure("file_count")),
        Observation.INFECTED.from(mark("infected")),
        Observation.HONEYPOT_HINT.from(coalesce(mark("honeypot_hint"), lit(false))),
        Observation.SEVERITY.from(lower(text("severity"))),
        Observation.SOURCE_COUNTRY_CODE.from(upper(text("source_country_code"))),
        SourceRecord.SOURCE_ASN.from(systemNumber()),
        SourceRecord.SOURCE_AS_NAME.from(text("as_name")),
        SourceRecord.CLUSTER_ID.from(coalesce(uuid, runId)),
        SourceRecord.CLUSTER_ID_QUALITY.from(
            when(uuid.isNotNull(), "uuid").when(runId.isNotNull(), "run_id")));
  }

  /** {@code raw} with the text of every value of the record but figures, worked out once. */
  private Dataset<Row> texts(Dataset<Row> raw) {
    Map<String, Column> texts = new LinkedHashMap<>();
    places().keySet().stream()
        .filter(column -> !FIGURES.contains(column))
        .forEach(column -> texts.put(TEXT_PREFIX + column, said(column)));
    return raw.withColumns(texts);
  }

  /** What stands in the record, or what the mapping writes for it. */
  private Column said(String column) {
    Column text = RawValues.text(col(PREFIX + column));
    Column said = null;
    for (Map.Entry<String, String> name : mapping.columns().get(column).values().entrySet()) {
      Column isNamed = text.equalTo(name.getKey());
      said = said == null ? when(isNamed, name.getValue()) : said.when(isNamed, name.getValue());
    }
    return said == null ? text : said.otherwise(text);
  }

  /** {@code raw} with every figure of the mapping as a number, worked out once. */
  private Dataset<Row> figures(Dataset<Row> raw) {
    Map<String, Column> figures = new LinkedHashMap<>();
    mappedFigures().forEach(column -> figures.put(FIGURE_PREFIX + column, number(column)));
    return raw.withColumns(figures);
  }

  private List<String> mappedFigures() {
    return FIGURES.stream().filter(mapping.columns()::containsKey).toList();
  }

  /** What stands in the record, or the constant. */
  private Column raw(String column) {
    return mapping
        .columns()
        .get(column)
        .constant()
        .map(functions::lit)
        .orElse(col(PREFIX + column));
  }

  private Column number(String column) {
    Column raw = raw(column);
    GenericMapping.Value value = mapping.columns().get(column);
    if (!value.isScaled()) {
      return raw.try_cast(DataTypes.LongType);
    }
    Column number = raw.try_cast(DataTypes.createDecimalType(28, 6));
    Column factor = lit(value.factor()).cast(DataTypes.createDecimalType(20, 4));
    return functions.round(try_multiply(number, factor)).try_cast(DataTypes.LongType);
  }

  /** What the record says, or the constant; NULL where the mapping has neither. */
  private Column text(String column) {
    GenericMapping.Value value = mapping.columns().get(column);
    if (value == null) {
      return lit(null).cast(DataTypes.StringType);
    }
    return value.constant().map(functions::lit).orElseGet(() -> col(TEXT_PREFIX + column));
  }

  private Column figure(String column) {
    return mapping.columns().containsKey(column)
        ? col(FIGURE_PREFIX + column)
        : lit(null).cast(DataTypes.LongType);
  }

  private Column among(String column, String otherwise) {
    Object[] known = GenericMapping.closed(column).toArray();
    return when(text(column).isin(known), text(column)).otherwise(otherwise);
  }

  private Column mark(String column) {
    Column text = lower(text(column));
    return when(text.isin("true", "yes", "y", "1"), true)
        .when(text.isin("false", "no", "n", "0"), false);
  }

  /** AS number, with or without the letters before it. */
  private Column systemNumber() {
    Column text = text("asn");
    Column isNamed = upper(text.substr(1, 2)).equalTo("AS");
    return RawValues.whole(when(isNamed, text.substr(3, Integer.MAX_VALUE)).otherwise(text));
  }

  /** Most times are RFC 3339, and then no other form is looked for. */
  private Column observedAt() {
    Column text = text("observed_at");
    Column seconds = text.try_cast(DataTypes.LongType);
    return coalesce(
        RawValues.instant(text),
        when(seconds.between(0, LAST_SECOND), timestamp_seconds(seconds))
            .when(text.substr(1, 5).notEqual("0001-"), try_to_timestamp(text)));
  }

  private Column isNoFigure() {
    return mappedFigures().stream().map(this::isNoFigure).reduce(lit(false), Column::or);
  }

  private Column isNoFigure(String column) {
    return raw(column).isNotNull().and(figure(column).isNull());
  }

  private Column noFigure() {
    return mappedFigures().stream()
        .map(
            column ->
                when(
                    isNoFigure(column),
                    Essentials.found(
                        column, col(PREFIX + column).cast(DataTypes.StringType), "a whole number")))
        .reduce(lit(null).cast(DataTypes.StringType), functions::coalesce);
  }
}

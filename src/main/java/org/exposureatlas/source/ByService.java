package org.exposureatlas.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;

/** Columns that a source fills in another way for each service type. */
final class ByService {

  /** What adapters fill by service; access and semantics are never NULL. */
  private static final List<Field> FILLED =
      List.of(
          Observation.PRODUCT_VERSION,
          Observation.SIZE_BYTES,
          Observation.SYSTEM_BYTES,
          Observation.CAPACITY_BYTES,
          Observation.RECORD_COUNT,
          Observation.CONTAINER_COUNT,
          Observation.FILE_COUNT,
          Observation.INFECTED,
          SourceRecord.CLUSTER_ID,
          SourceRecord.CLUSTER_ID_QUALITY);

  private final Map<String, Map<Field, Column>> columns = new LinkedHashMap<>();
  private final Map<Field, Column> everywhere = new HashMap<>();

  /** Fills {@code field} for records of {@code service}. */
  ByService with(String service, Field field, Column value) {
    columns.computeIfAbsent(service, key -> new LinkedHashMap<>()).put(field, value);
    return this;
  }

  /** Fills {@code field} for records of every service, instead of what services say. */
  ByService everywhere(Field field, Column value) {
    everywhere.put(field, value);
    return this;
  }

  /** Fills the size of {@code service}, and what it counts. */
  ByService size(String service, Column size, String semantics) {
    return with(service, Observation.SIZE_BYTES, size)
        .with(service, Observation.SIZE_SEMANTICS, when(size.isNotNull(), semantics));
  }

  /** The identity that a store of {@code service} gives itself, if it does. */
  ByService identity(String service, Column text, String quality) {
    Column identity = RawValues.identity(text);
    return with(service, SourceRecord.CLUSTER_ID, identity)
        .with(service, SourceRecord.CLUSTER_ID_QUALITY, when(identity.isNotNull(), quality));
  }

  /** Marks figures of {@code service} that were given and are none. */
  ByService flags(String service, Column sizeUnreadable, Column figureUnreadable) {
    return with(
        service,
        SourceRecord.FLAGS,
        array(
            when(sizeUnreadable, SourceRecord.SIZE_UNREADABLE),
            when(figureUnreadable, SourceRecord.FIGURE_UNREADABLE)));
  }

  /**
   * The columns that are filled by service, and those that the source fills in one way.
   *
   * @param flags remarks on any record, NULL where one does not apply
   * @param others the columns of the source
   */
  Column[] columns(List<Column> flags, Column... others) {
    Stream<Column> filled =
        Stream.of(
                FILLED.stream().map(this::column),
                Stream.of(
                    Observation.SERVICE_TYPE.col(),
                    column(Observation.ACCESS, lit("unknown")),
                    sizeSemantics(),
                    flags(flags.toArray(Column[]::new))),
                Stream.of(others))
            .flatMap(columns -> columns);
    return filled.toArray(Column[]::new);
  }

  /** The flags of the service, and {@code others}, NULL where one does not apply. */
  Column flags(Column... others) {
    Column none = array().cast(SourceRecord.FLAGS.type());
    return SourceRecord.FLAGS.from(
        concat(others.length == 0 ? none : array(others), coalesce(of(SourceRecord.FLAGS), none)));
  }

  /** What the size counts; {@code absent} where there is none. */
  Column sizeSemantics() {
    return column(Observation.SIZE_SEMANTICS, lit("absent"));
  }

  /** The value of {@code field}; NULL for services that do not fill it. */
  Column of(Field field) {
    Column service = Observation.SERVICE_TYPE.col();
    Column value = everywhere.get(field);
    if (value != null) {
      return value;
    }
    for (Map.Entry<String, Map<Field, Column>> entry : columns.entrySet()) {
      Column filled = entry.getValue().get(field);
      if (filled != null) {
        Column applies = service.equalTo(entry.getKey());
        value = value == null ? when(applies, filled) : value.when(applies, filled);
      }
    }
    return value == null ? lit(null) : value;
  }

  /** The same, or {@code otherwise} where it is NULL, as the declared column. */
  Column column(Field field, Column otherwise) {
    return field.from(coalesce(of(field), otherwise));
  }

  /** The same as the declared column. */
  Column column(Field field) {
    return field.from(of(field));
  }
}

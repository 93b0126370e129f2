package org.exposureatlas.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;

/**
 * Columns that an adapter adds to those of {@code observation} it can fill by itself: what is
 * needed to locate a record, and why it cannot be used.
 *
 * <p>An adapter fills what its source gives; {@link #complete} adds the rest.
 */
final class SourceRecord {

  /** Path of the raw file below the raw root. */
  static final Field PATH = field("path", DataTypes.StringType);

  /** Address as the source writes it. */
  static final Field IP_TEXT = field("ip_text", DataTypes.StringType);

  /** AS number as the source gives it; NULL: not given. */
  static final Field SOURCE_ASN = field("source_asn", DataTypes.LongType);

  /** AS name as the source gives it; NULL: not given. */
  static final Field SOURCE_AS_NAME = field("source_as_name", DataTypes.StringType);

  /** Identity of the data store as it names itself, such as a cluster UUID; NULL: not given. */
  static final Field CLUSTER_ID = field("cluster_id", DataTypes.StringType);

  /** What {@link #CLUSTER_ID} is: {@code uuid} or {@code run_id}; NULL without one. */
  static final Field CLUSTER_ID_QUALITY = field("cluster_id_quality", DataTypes.StringType);

  /** Remarks of the adapter for {@code quality_flags}; NULL elements say nothing. */
  static final Field FLAGS = field("source_flags", DataTypes.createArrayType(DataTypes.StringType));

  /** What the record names that the adapter was not written for: {@link KnownVersions}. */
  static final Field UNKNOWN_VERSION = field("unknown_version", DataTypes.StringType);

  /** Label of a {@link RejectReason}, {@code blank} or {@code not_open}; NULL: usable. */
  static final Field REASON = field("reason", DataTypes.StringType);

  /** What was found and expected; NULL: usable. */
  static final Field DETAIL = field("detail", DataTypes.StringType);

  /** A blank line: neither observation nor rejected. */
  static final String BLANK = "blank";

  /** A port that did not answer as open: neither observation nor rejected. */
  static final String NOT_OPEN = "not_open";

  /** A remark: a size was given that is no whole number, and is NULL. */
  static final String SIZE_UNREADABLE = "size_unreadable";

  /** A remark: a count or capacity was given that is no whole number, and is NULL. */
  static final String FIGURE_UNREADABLE = "figure_unreadable";

  /** A remark: the total of a store and the sum of its parts differ by more than 1 %. */
  static final String SIZES_DISAGREE = "sizes_disagree";

  /** A remark: the source names no port; that of the protocol was taken. */
  static final String PORT_ASSUMED = "port_assumed";

  /** A remark: the source names no time; the first moment of the snapshot's day was taken. */
  static final String TIME_ASSUMED = "time_assumed";

  /** A remark: the source stopped listing the services of a host that answers on every port. */
  static final String TRUNCATED_HOST = "truncated_host";

  private static final List<Field> ADDED =
      List.of(SOURCE_ASN, SOURCE_AS_NAME, CLUSTER_ID, CLUSTER_ID_QUALITY, FLAGS, UNKNOWN_VERSION);

  private SourceRecord() {}

  /**
   * {@code normalised} with every column; those that the adapter does not fill are NULL, and no
   * host is a honeypot.
   */
  static Dataset<Row> complete(Dataset<Row> normalised) {
    Set<String> filled = Set.of(normalised.columns());
    Map<String, Column> missing = new LinkedHashMap<>();
    Stream.concat(Observation.TABLE.fields().stream(), ADDED.stream())
        .filter(field -> !filled.contains(field.name()))
        .forEach(field -> missing.put(field.name(), lit(null).cast(field.type())));
    missing.computeIfPresent(Observation.HONEYPOT_HINT.name(), (name, isNull) -> lit(false));
    return normalised.withColumns(missing);
  }

  /** {@code read} with a reason and detail for those of its usable records that it applies to. */
  static Dataset<Row> reject(
      Dataset<Row> read, Column applies, RejectReason reason, Column detail) {
    Column isHit = REASON.col().isNull().and(applies);
    return read.withColumns(
        Map.of(
            DETAIL.name(), when(isHit, detail).otherwise(DETAIL.col()),
            REASON.name(), when(isHit, reason.label()).otherwise(REASON.col())));
  }

  /** True for a record that the raw reader itself could not use. */
  static Column unreadable() {
    return col(REASON.name()).isNotNull();
  }

  /** True for a blank line or a shut port; NULL for a usable record. */
  static Column isPassedOver() {
    return REASON.col().isin(BLANK, NOT_OPEN);
  }

  private static Field field(String name, DataType type) {
    return new Field(name, type);
  }
}

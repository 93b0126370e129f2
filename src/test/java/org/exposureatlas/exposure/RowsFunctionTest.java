package org.exposureatlas.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Observation;
import org.junit.jupiter.api.Test;

class RowsFunctionTest {

  private static final List<InternalRow> RECORDS =
      List.of(
          record(Map.of("size_bytes", 5L, "observed_at", 3L, "infected", true)),
          record(Map.of("size_bytes", 7L, "observed_at", 1L, "honeypot_hint", false)),
          record(Map.of("observed_at", 9L, "cluster_key", "uuid:b", "source", "shodan")),
          record(Map.of("port", 5601, "service_type", "kibana", "is_open", false)));

  private static final List<InternalRow> MEMBERS =
      List.of(
          member(Map.of("ip", "192.0.2.1", "size_bytes", 5L, "country_code", "NL", "asn", 64500L)),
          member(Map.of("ip", "192.0.2.2", "size_bytes", 7L, "country_code", "DE", "asn", 64501L)),
          member(Map.of("ip", "192.0.2.2", "port", 1, "country_code", "DE", "infected", true)),
          member(Map.of("ip", "192.0.2.3", "observed_at", 1L, "round_size", true)));

  @Test
  void endpointsOfRecordsKeptInPartsAreThoseOfTheWhole() {
    assertPartsMakeTheWhole(new EndpointsFunction(), RECORDS);
  }

  @Test
  void clusterOfMembersKeptInPartsIsThatOfTheWhole() {
    assertPartsMakeTheWhole(new ClusterFunction(), MEMBERS);
  }

  @Test
  void clusterTellsWhatItsMembersTellTogether() {
    InternalRow cluster = result(new ClusterFunction(), MEMBERS);
    StructType type = (StructType) new ClusterFunction().resultType();

    assertThat(cluster.getUTF8String(type.fieldIndex(Exposure.COUNTRY_CODE.name())))
        .hasToString("DE");
    assertThat(cluster.getLong(type.fieldIndex(Exposure.COUNTRY_COUNT.name()))).isEqualTo(3);
    assertThat(cluster.getLong(type.fieldIndex(Exposure.REPORTED_BYTES.name()))).isEqualTo(12);
    assertThat(cluster.getLong(type.fieldIndex(ClusterFunction.NETWORKS))).isEqualTo(2);
    assertThat(cluster.getArray(type.fieldIndex(Exposure.HOSTS.name())).numElements()).isEqualTo(3);
    assertThat(cluster.getBoolean(type.fieldIndex(HoneypotRules.ROUND_SIZE))).isTrue();
    assertThat(cluster.getBoolean(type.fieldIndex(HoneypotRules.SAME_FIGURES))).isFalse();
  }

  @Test
  void otherColumnsThanThoseOfTheFormAreRefused() {
    assertThatThrownBy(() -> new ClusterFunction().bind(new StructType().add("ip", "string")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(
            "cluster: found struct<ip:string>, expected struct<ip:string,port:int");
  }

  private static <S extends RowsFunction.State<S>, R> void assertPartsMakeTheWhole(
      RowsFunction<S, R> function, List<InternalRow> rows) {
    R whole = result(function, rows);
    for (int parted = 0; parted <= rows.size(); parted++) {
      List<InternalRow> first = rows.subList(0, parted);
      List<InternalRow> second = rows.subList(parted, rows.size());
      assertThat(
              function.produceResult(function.merge(kept(function, first), kept(function, second))))
          .isEqualTo(whole);
      assertThat(
              function.produceResult(function.merge(kept(function, second), kept(function, first))))
          .isEqualTo(whole);
    }
  }

  private static <S extends RowsFunction.State<S>, R> R result(
      RowsFunction<S, R> function, List<InternalRow> rows) {
    return function.produceResult(kept(function, rows));
  }

  private static <S extends RowsFunction.State<S>, R> S kept(
      RowsFunction<S, R> function, List<InternalRow> rows) {
    S state = function.newAggregationState();
    for (InternalRow row : rows) {
      state = function.update(state, new GenericInternalRow(new Object[] {row}));
    }
    return state;
  }

  private static InternalRow record(Map<String, Object> values) {
    return row(EndpointsFunction.RECORD, values);
  }

  private static InternalRow member(Map<String, Object> values) {
    return row(ClusterFunction.MEMBER, values);
  }

  /** A row with these values; where none is given, of what must be known any, else NULL. */
  private static InternalRow row(StructType type, Map<String, Object> values) {
    Object[] row = new Object[type.size()];
    for (int i = 0; i < row.length; i++) {
      String column = type.fieldNames()[i];
      Object value = values.getOrDefault(column, any(column, type.fields()[i].dataType()));
      row[i] = value instanceof String text ? UTF8String.fromString(text) : value;
    }
    return new GenericInternalRow(row);
  }

  private static Object any(String column, DataType type) {
    if (column.equals(Observation.SIZE_BYTES.name())
        || column.equals(Observation.INFECTED.name())
        || column.equals(Observation.HONEYPOT_HINT.name())
        || column.equals(Observation.ASN.name())) {
      return null;
    }
    if (column.equals(EndpointsFunction.IS_OPEN)) {
      return true;
    }
    if (type.equals(DataTypes.StringType)) {
      return column.equals(Observation.SERVICE_TYPE.name()) ? "elasticsearch" : "a";
    }
    if (type.equals(DataTypes.LongType) || type.equals(DataTypes.TimestampType)) {
      return 2L;
    }
    if (type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType)) {
      return 9200;
    }
    return type.equals(DataTypes.BooleanType)
        ? (Object) false
        : new GenericArrayData(new Object[] {UTF8String.fromString("leakix")});
  }
}

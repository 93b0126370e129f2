package org.exposureatlas.exposure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.exposureatlas.schema.Observation;

/**
 * The open endpoints of one address in one snapshot, from all records about the address. Of records
 * that do not tell of access only the port counts.
 *
 * <p>The newest record that tells of access decides whether an endpoint stands open. Of its open
 * records the one that measured a size wins, then the preferred source, then the newest; a scanner
 * reports the stages of one visit as records of their own, which are one thing and never add up.
 * The cluster key is the strongest, then the newest.
 *
 * <p>A Kibana takes the key of the largest Elasticsearch on its address. Where a mongos answers,
 * all MongoDB endpoints of the address take one key: its figure is the sum over the shards behind
 * it.
 */
final class EndpointsFunction extends RowsFunction<EndpointsFunction.AddressEndpoints, ArrayData> {

  static final String NAME = "endpoints";

  /**
   * True for a record that states an exposure, false for one that found the endpoint closed; else
   * NULL.
   */
  static final String IS_OPEN = "is_open";

  /** How far the source of a record is trusted; more is better. */
  static final String TRUST = "trust";

  /** The record whose figures count, as {@link #RECORD}. */
  static final String BEST = "best";

  static final StructType RECORD =
      RowValues.type(
              Stream.concat(
                  Endpoints.FIGURES.stream(),
                  Stream.of(
                      Observation.SOURCE,
                      Observation.FILE,
                      Observation.LINE,
                      Observation.CLUSTER_KEY,
                      Observation.CLUSTER_KEY_QUALITY,
                      Observation.INFECTED,
                      Observation.HONEYPOT_HINT)))
          .add(Validity.RECORDED_DATE, DataTypes.DateType)
          .add(Endpoints.IMPLAUSIBLE, DataTypes.BooleanType)
          .add(TRUST, DataTypes.IntegerType)
          .add(IS_OPEN, DataTypes.BooleanType);

  private static final long serialVersionUID = 1L;

  private static final StructType ENDPOINT =
      new StructType()
          .add(BEST, RECORD)
          .add(Observation.CLUSTER_KEY.name(), DataTypes.StringType)
          .add(Observation.CLUSTER_KEY_QUALITY.name(), DataTypes.StringType)
          .add(Endpoints.SEEN_AT, DataTypes.TimestampType)
          .add(Endpoints.IMPLAUSIBLE, DataTypes.BooleanType)
          .add(Observation.INFECTED.name(), DataTypes.BooleanType)
          .add(Observation.HONEYPOT_HINT.name(), DataTypes.BooleanType)
          .add(Endpoints.SOURCES, DataTypes.createArrayType(DataTypes.StringType))
          .add(Endpoints.PORT_COUNT, DataTypes.IntegerType);

  private static final int PORT_AT = at(Observation.PORT.name());
  private static final int TRANSPORT_AT = at(Observation.TRANSPORT.name());
  private static final int SERVICE_AT = at(Observation.SERVICE_TYPE.name());
  private static final int OBSERVED_AT = at(Observation.OBSERVED_AT.name());
  private static final int PRODUCT_AT = at(Observation.PRODUCT.name());
  private static final int SIZE_AT = at(Observation.SIZE_BYTES.name());
  private static final int SOURCE_AT = at(Observation.SOURCE.name());
  private static final int FILE_AT = at(Observation.FILE.name());
  private static final int LINE_AT = at(Observation.LINE.name());
  private static final int KEY_AT = at(Observation.CLUSTER_KEY.name());
  private static final int QUALITY_AT = at(Observation.CLUSTER_KEY_QUALITY.name());
  private static final int INFECTED_AT = at(Observation.INFECTED.name());
  private static final int HINT_AT = at(Observation.HONEYPOT_HINT.name());
  private static final int IMPLAUSIBLE_AT = at(Endpoints.IMPLAUSIBLE);
  private static final int TRUST_AT = at(TRUST);
  private static final int IS_OPEN_AT = at(IS_OPEN);

  private static final Comparator<InternalRow> BEST_FIRST =
      Comparator.comparing((InternalRow record) -> !record.isNullAt(SIZE_AT))
          .thenComparingInt(record -> record.getInt(TRUST_AT))
          .thenComparingLong(record -> record.getLong(OBSERVED_AT))
          .thenComparingLong(record -> RowValues.number(record, SIZE_AT))
          .thenComparing(record -> record.getUTF8String(SOURCE_AT))
          .thenComparing(record -> record.getUTF8String(FILE_AT))
          .thenComparingLong(record -> record.getLong(LINE_AT))
          .reversed();

  private static final Comparator<InternalRow> STRONGEST_FIRST =
      Comparator.comparingInt((InternalRow record) -> strength(record))
          .thenComparingLong(record -> record.getLong(OBSERVED_AT))
          .thenComparing(record -> record.getUTF8String(KEY_AT))
          .reversed();

  private static final Comparator<Endpoint> LARGEST_FIRST =
      Comparator.comparingLong(Endpoint::size).thenComparing(Endpoint::clusterKey).reversed();

  private static final Comparator<Endpoint> STRONGEST_KEY_FIRST =
      Comparator.comparingInt((Endpoint endpoint) -> strength(endpoint.key))
          .reversed()
          .thenComparing(LARGEST_FIRST);

  private static final UTF8String KIBANA = UTF8String.fromString("kibana");
  private static final UTF8String ELASTICSEARCH = UTF8String.fromString("elasticsearch");
  private static final UTF8String MONGODB = UTF8String.fromString("mongodb");
  private static final UTF8String MONGOS = UTF8String.fromString("mongos");

  EndpointsFunction() {
    super(NAME, RECORD, DataTypes.createArrayType(ENDPOINT, false));
  }

  @Override
  public AddressEndpoints newAggregationState() {
    return new AddressEndpoints();
  }

  /** Without streams, which take longer than all else: most addresses have one endpoint. */
  @Override
  public ArrayData produceResult(AddressEndpoints endpoints) {
    List<Endpoint> open = endpoints.open();
    Endpoint elastic = first(open, ELASTICSEARCH, LARGEST_FIRST);
    Endpoint mongo = hasMongos(open) ? first(open, MONGODB, STRONGEST_KEY_FIRST) : null;
    Object[] rows = new Object[open.size()];
    for (int i = 0; i < rows.length; i++) {
      Endpoint endpoint = open.get(i);
      UTF8String service = endpoint.service();
      Endpoint front = service.equals(KIBANA) ? elastic : service.equals(MONGODB) ? mongo : null;
      rows[i] = endpoint.row(front == null ? endpoint.key : front.key, endpoints.ports.size());
    }
    return new GenericArrayData(rows);
  }

  /** The first of a service in an order; null where there is none. */
  private static Endpoint first(
      List<Endpoint> endpoints, UTF8String service, Comparator<Endpoint> order) {
    Endpoint first = null;
    for (Endpoint endpoint : endpoints) {
      if (endpoint.service().equals(service)) {
        first = RowValues.first(first, endpoint, order);
      }
    }
    return first;
  }

  private static boolean hasMongos(List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      if (endpoint.isMongos()) {
        return true;
      }
    }
    return false;
  }

  private static int strength(InternalRow record) {
    return KeyQuality.strength(record.getUTF8String(QUALITY_AT));
  }

  private static int at(String column) {
    return RECORD.fieldIndex(column);
  }

  /** Endpoints of one address, by port, transport and service type. */
  static final class AddressEndpoints implements State<AddressEndpoints> {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<List<Object>, Endpoint> byKey = new LinkedHashMap<>(2);
    private final HashSet<Integer> ports = new HashSet<>(2);

    @Override
    public void add(InternalRow record) {
      int port = record.getInt(PORT_AT);
      ports.add(port);
      if (!record.isNullAt(IS_OPEN_AT)) {
        of(List.of(port, record.getUTF8String(TRANSPORT_AT), record.getUTF8String(SERVICE_AT)))
            .add(record);
      }
    }

    @Override
    public void add(AddressEndpoints others) {
      ports.addAll(others.ports);
      others.byKey.forEach((key, other) -> of(key).add(other));
    }

    private List<Endpoint> open() {
      List<Endpoint> open = new ArrayList<>(byKey.size());
      for (Endpoint endpoint : byKey.values()) {
        if (endpoint.isOpen()) {
          open.add(endpoint);
        }
      }
      return open;
    }

    private Endpoint of(List<Object> key) {
      return byKey.computeIfAbsent(key, k -> new Endpoint());
    }
  }

  /** What the records of an endpoint say together. */
  private static final class Endpoint implements Serializable {

    private static final long serialVersionUID = 1L;

    private InternalRow best;
    private InternalRow key;
    private long seenAt = Long.MIN_VALUE;
    private long closedAt = Long.MIN_VALUE;
    private boolean implausible;
    private Boolean infected;
    private Boolean hint;
    private final TreeSet<UTF8String> sources = new TreeSet<>();

    private void add(InternalRow record) {
      long at = record.getLong(OBSERVED_AT);
      if (!record.getBoolean(IS_OPEN_AT)) {
        closedAt = Math.max(closedAt, at);
        return;
      }
      seenAt = Math.max(seenAt, at);
      best = RowValues.first(best, record, BEST_FIRST);
      key = RowValues.first(key, record, STRONGEST_FIRST);
      implausible |= record.getBoolean(IMPLAUSIBLE_AT);
      infected = RowValues.or(infected, RowValues.truth(record, INFECTED_AT));
      hint = RowValues.or(hint, RowValues.truth(record, HINT_AT));
      sources.add(record.getUTF8String(SOURCE_AT));
    }

    private void add(Endpoint other) {
      seenAt = Math.max(seenAt, other.seenAt);
      closedAt = Math.max(closedAt, other.closedAt);
      best = RowValues.first(best, other.best, BEST_FIRST);
      key = RowValues.first(key, other.key, STRONGEST_FIRST);
      implausible |= other.implausible;
      infected = RowValues.or(infected, other.infected);
      hint = RowValues.or(hint, other.hint);
      sources.addAll(other.sources);
    }

    private boolean isOpen() {
      return best != null && seenAt >= closedAt;
    }

    private UTF8String service() {
      return best.getUTF8String(SERVICE_AT);
    }

    private boolean isMongos() {
      return service().equals(MONGODB)
          && !best.isNullAt(PRODUCT_AT)
          && best.getUTF8String(PRODUCT_AT).toLowerCase().contains(MONGOS);
    }

    private long size() {
      return RowValues.number(best, SIZE_AT);
    }

    private UTF8String clusterKey() {
      return key.getUTF8String(KEY_AT);
    }

    private InternalRow row(InternalRow clusterKey, int ports) {
      return new GenericInternalRow(
          new Object[] {
            best,
            clusterKey.getUTF8String(KEY_AT),
            clusterKey.getUTF8String(QUALITY_AT),
            seenAt,
            implausible,
            infected,
            hint,
            new GenericArrayData(sources.toArray()),
            ports
          });
    }
  }
}

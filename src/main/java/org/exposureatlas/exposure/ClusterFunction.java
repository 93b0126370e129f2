package org.exposureatlas.exposure;

import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Observation;

/**
 * One exposure of the member endpoints of a cluster: its volume is the maximum over its members,
 * its country that of most members, then of the one observed first, then the first in code order.
 */
final class ClusterFunction extends RowsFunction<ClusterFunction.Members, InternalRow> {

  static final String NAME = "cluster";

  /** The member with the largest size, as {@link #MEMBER}. */
  static final String LARGEST = "largest";

  /** The member observed first, as {@link #MEMBER}. */
  static final String FIRST = "first";

  /** The first member in order of service and address, as text. */
  static final String ADDRESS = "first_address";

  /** Number of autonomous systems. */
  static final String NETWORKS = "network_count";

  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);

  /** What holds for the cluster when it holds for one member. */
  private static final String[] SIGNS =
      Stream.concat(
              Stream.of(Exposure.IMPLAUSIBLE_SIZE.name(), Exposure.PSEUDO_SERVICE.name()),
              HoneypotRules.OF_MEMBERS.stream())
          .toArray(String[]::new);

  static final StructType MEMBER = memberType();

  private static final long serialVersionUID = 1L;

  private static final StructType CLUSTER = clusterType();

  private static final int IP_AT = at(Observation.IP.name());
  private static final int PORT_AT = at(Observation.PORT.name());
  private static final int TRANSPORT_AT = at(Observation.TRANSPORT.name());
  private static final int SERVICE_AT = at(Observation.SERVICE_TYPE.name());
  private static final int OBSERVED_AT = at(Observation.OBSERVED_AT.name());
  private static final int ACCESS_AT = at(Observation.ACCESS.name());
  private static final int SIZE_AT = at(Observation.SIZE_BYTES.name());
  private static final int COUNTRY_AT = at(Observation.COUNTRY_CODE.name());
  private static final int NETWORK_AT = at(Observation.ASN.name());
  private static final int QUALITY_AT = at(Observation.CLUSTER_KEY_QUALITY.name());
  private static final int INFECTED_AT = at(Observation.INFECTED.name());
  private static final int SEEN_AT = at(Endpoints.SEEN_AT);
  private static final int SOURCES_AT = at(Endpoints.SOURCES);
  private static final int SIGNS_AT = at(SIGNS[0]);

  private static final Comparator<InternalRow> BY_SIGHT =
      Comparator.<InternalRow>comparingLong(member -> member.getLong(OBSERVED_AT))
          .thenComparing(member -> member.getUTF8String(IP_AT))
          .thenComparingInt(member -> member.getInt(PORT_AT))
          .thenComparing(member -> member.getUTF8String(TRANSPORT_AT))
          .thenComparing(member -> member.getUTF8String(SERVICE_AT));

  private static final Comparator<InternalRow> LARGEST_FIRST =
      Comparator.<InternalRow>comparingLong(member -> RowValues.number(member, SIZE_AT))
          .thenComparing(BY_SIGHT)
          .reversed();

  private static final Comparator<UTF8String> STRONGEST_FIRST =
      Comparator.<UTF8String>comparingInt(KeyQuality::strength)
          .thenComparing(Comparator.naturalOrder())
          .reversed();

  private static final Comparator<Map.Entry<UTF8String, Country>> BY_MEMBERS =
      Comparator.<Map.Entry<UTF8String, Country>>comparingLong(
              country -> -country.getValue().members)
          .thenComparingLong(country -> country.getValue().first)
          .thenComparing(Map.Entry.comparingByKey());

  private static final UTF8String SLASH = UTF8String.fromString("/");

  ClusterFunction() {
    super(NAME, MEMBER, CLUSTER);
  }

  private static StructType memberType() {
    StructType type =
        RowValues.type(
                Stream.of(
                    Observation.IP,
                    Observation.PORT,
                    Observation.TRANSPORT,
                    Observation.SERVICE_TYPE,
                    Observation.OBSERVED_AT,
                    Observation.ACCESS,
                    Observation.SIZE_BYTES,
                    Observation.SIZE_SEMANTICS,
                    Observation.SYSTEM_BYTES,
                    Observation.CAPACITY_BYTES,
                    Observation.RECORD_COUNT,
                    Observation.CONTAINER_COUNT,
                    Observation.FILE_COUNT,
                    Observation.COUNTRY_CODE,
                    Observation.ASN,
                    Observation.AS_NAME,
                    Observation.GEO_EDITION,
                    Observation.CLUSTER_KEY_QUALITY,
                    Observation.INFECTED,
                    Exposure.CARRIED))
            .add(Endpoints.SEEN_AT, DataTypes.TimestampType)
            .add(Endpoints.SOURCES, TEXTS);
    for (String sign : SIGNS) {
      type = type.add(sign, DataTypes.BooleanType);
    }
    return type;
  }

  private static StructType clusterType() {
    StructType type =
        new StructType()
            .add(LARGEST, MEMBER)
            .add(FIRST, MEMBER)
            .add(ADDRESS, DataTypes.StringType)
            .add(NETWORKS, DataTypes.LongType)
            .add(Exposure.CLUSTER_KEY_QUALITY.name(), DataTypes.StringType)
            .add(Exposure.SERVICE_TYPE.name(), DataTypes.StringType)
            .add(Exposure.COUNTRY_CODE.name(), DataTypes.StringType)
            .add(Exposure.COUNTRY_COUNT.name(), DataTypes.LongType)
            .add(Exposure.ACCESS.name(), DataTypes.StringType)
            .add(Exposure.REPORTED_BYTES.name(), DataTypes.LongType)
            .add(Exposure.MEMBER_COUNT.name(), DataTypes.LongType)
            .add(Exposure.HOSTS.name(), TEXTS)
            .add(Exposure.SOURCES.name(), TEXTS)
            .add(Exposure.OBSERVED_AT.name(), DataTypes.TimestampType)
            .add(Exposure.INFECTED.name(), DataTypes.BooleanType);
    for (String sign : SIGNS) {
      type = type.add(sign, DataTypes.BooleanType);
    }
    return type;
  }

  @Override
  public Members newAggregationState() {
    return new Members();
  }

  @Override
  public InternalRow produceResult(Members members) {
    return members.row();
  }

  private static UTF8String address(InternalRow member) {
    return UTF8String.concatWs(
        SLASH,
        member.getUTF8String(SERVICE_AT),
        member.getUTF8String(IP_AT),
        UTF8String.fromString(Integer.toString(member.getInt(PORT_AT))),
        member.getUTF8String(TRANSPORT_AT));
  }

  private static int at(String column) {
    return MEMBER.fieldIndex(column);
  }

  /** Members that lie in one country. */
  private static final class Country implements Serializable {

    private static final long serialVersionUID = 1L;

    private long members;
    private long first = Long.MAX_VALUE;

    private void add(long count, long observedAt) {
      members += count;
      first = Math.min(first, observedAt);
    }
  }

  /** What is known of the members of one cluster. */
  static final class Members implements State<Members> {

    private static final long serialVersionUID = 1L;

    private InternalRow largest;
    private InternalRow first;
    private UTF8String quality;
    private UTF8String address;
    private UTF8String service;
    private UTF8String access;
    private Long reportedBytes;
    private long count;
    private long seenAt = Long.MIN_VALUE;
    private Boolean infected;
    private final boolean[] signs = new boolean[SIGNS.length];
    private final HashMap<UTF8String, Country> countries = new HashMap<>();
    private final HashSet<Long> networks = new HashSet<>();
    private final TreeSet<UTF8String> hosts = new TreeSet<>();
    private final TreeSet<UTF8String> sources = new TreeSet<>();

    @Override
    public void add(InternalRow member) {
      largest = RowValues.first(largest, member, LARGEST_FIRST);
      first = RowValues.first(first, member, BY_SIGHT);
      quality = RowValues.first(quality, member.getUTF8String(QUALITY_AT), STRONGEST_FIRST);
      address = RowValues.first(address, address(member), Comparator.naturalOrder());
      service =
          RowValues.first(service, member.getUTF8String(SERVICE_AT), Comparator.naturalOrder());
      access = RowValues.first(access, member.getUTF8String(ACCESS_AT), Comparator.naturalOrder());
      report(member.isNullAt(SIZE_AT) ? null : member.getLong(SIZE_AT));
      count++;
      seenAt = Math.max(seenAt, member.getLong(SEEN_AT));
      infected = RowValues.or(infected, RowValues.truth(member, INFECTED_AT));
      for (int i = 0; i < signs.length; i++) {
        signs[i] |= Boolean.TRUE.equals(RowValues.truth(member, SIGNS_AT + i));
      }
      country(member.getUTF8String(COUNTRY_AT)).add(1, member.getLong(OBSERVED_AT));
      if (!member.isNullAt(NETWORK_AT)) {
        networks.add(member.getLong(NETWORK_AT));
      }
      hosts.add(member.getUTF8String(IP_AT).copy());
      ArrayData seenBy = member.getArray(SOURCES_AT);
      for (int i = 0; i < seenBy.numElements(); i++) {
        sources.add(seenBy.getUTF8String(i));
      }
    }

    @Override
    public void add(Members others) {
      largest = RowValues.first(largest, others.largest, LARGEST_FIRST);
      first = RowValues.first(first, others.first, BY_SIGHT);
      quality = RowValues.first(quality, others.quality, STRONGEST_FIRST);
      address = RowValues.first(address, others.address, Comparator.naturalOrder());
      service = RowValues.first(service, others.service, Comparator.naturalOrder());
      access = RowValues.first(access, others.access, Comparator.naturalOrder());
      report(others.reportedBytes);
      count += others.count;
      seenAt = Math.max(seenAt, others.seenAt);
      infected = RowValues.or(infected, others.infected);
      for (int i = 0; i < signs.length; i++) {
        signs[i] |= others.signs[i];
      }
      others.countries.forEach((code, there) -> country(code).add(there.members, there.first));
      networks.addAll(others.networks);
      hosts.addAll(others.hosts);
      sources.addAll(others.sources);
    }

    private void report(Long bytes) {
      if (bytes != null) {
        reportedBytes = Math.addExact(reportedBytes == null ? 0 : reportedBytes, bytes);
      }
    }

    private Country country(UTF8String code) {
      return countries.computeIfAbsent(code, c -> new Country());
    }

    private InternalRow row() {
      Object[] before = {
        largest,
        first,
        address,
        (long) networks.size(),
        quality,
        service,
        code(),
        (long) countries.size(),
        access,
        reportedBytes,
        count,
        new GenericArrayData(hosts.toArray()),
        new GenericArrayData(sources.toArray()),
        seenAt,
        infected
      };
      Object[] values = new Object[before.length + signs.length];
      System.arraycopy(before, 0, values, 0, before.length);
      for (int i = 0; i < signs.length; i++) {
        values[before.length + i] = signs[i];
      }
      return new GenericInternalRow(values);
    }

    private UTF8String code() {
      return Collections.min(countries.entrySet(), BY_MEMBERS).getKey();
    }
  }
}

package org.exposureatlas.country;

import static org.apache.spark.sql.functions.udaf;

import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.CountryExposure;

/**
 * Distinct hosts of a group, exact, and a sketch that Spark's {@code hll_union_agg} adds up over
 * groups. A host is four bytes on its way between tasks, and no group is brought to one task before
 * its hosts are counted once by those that read them.
 */
public final class DistinctHosts extends Aggregator<byte[], HostSet, Row> {

  private static final long serialVersionUID = 1;

  /** Standard error about 1.6 %: 2^12 registers. */
  private static final int SKETCH_LG_CONFIG_K = 12;

  private static final StructType TYPE =
      new StructType()
          .add(CountryExposure.HOST_COUNT.name(), DataTypes.LongType)
          .add(CountryExposure.HOST_SKETCH.name(), DataTypes.BinaryType);

  private DistinctHosts() {}

  /**
   * Hosts of a group: a struct of {@code host_count} and {@code host_sketch}.
   *
   * @param address RFC 5952 text, dotted for IPv4; NULL is no host
   */
  public static Column of(Column address) {
    return udaf(new DistinctHosts(), Encoders.BINARY()).apply(address.cast(DataTypes.BinaryType));
  }

  @Override
  public HostSet zero() {
    return new HostSet();
  }

  @Override
  public HostSet reduce(HostSet hosts, byte[] address) {
    if (address != null) {
      hosts.add(address);
    }
    return hosts;
  }

  @Override
  public HostSet merge(HostSet one, HostSet other) {
    return one.merge(other);
  }

  /** The bytes of a sketch depend on the order of what it was shown, so that is always the same. */
  @Override
  public Row finish(HostSet hosts) {
    HllSketch sketch = new HllSketch(SKETCH_LG_CONFIG_K, TgtHllType.HLL_8);
    hosts.forEach((text, length) -> sketch.update(Arrays.copyOf(text, length)));
    return RowFactory.create(hosts.count(), sketch.toUpdatableByteArray());
  }

  @Override
  public Encoder<HostSet> bufferEncoder() {
    return Encoders.kryo(HostSet.class);
  }

  @Override
  public Encoder<Row> outputEncoder() {
    return Encoders.row(TYPE);
  }
}

package org.exposureatlas.country;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hll_sketch_agg;
import static org.apache.spark.sql.functions.hll_sketch_estimate;
import static org.apache.spark.sql.functions.hll_union_agg;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.address.IpAddress;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class DistinctHostsTest {

  private static final int HOSTS = 20_000;

  /** Every address twice, in an order of chance, over the whole range of IPv4 and some of IPv6. */
  private static List<String> twice(long seed) {
    List<String> all = new ArrayList<>();
    IntStream.range(0, HOSTS).forEach(i -> all.add(IpAddress.ofIpv4(i * 214_748L).toString()));
    IntStream.range(0, HOSTS / 100)
        .forEach(i -> all.add(new IpAddress(0x2001L << 48, i).toString()));
    all.addAll(List.copyOf(all));
    Collections.shuffle(all, new Random(seed));
    return all;
  }

  private static Dataset<Row> inParts(SparkSession spark, List<String> addresses, int parts) {
    return spark.createDataset(addresses, Encoders.STRING()).repartition(parts).toDF("ip");
  }

  private static Row hosts(Dataset<Row> rows) {
    return rows.agg(DistinctHosts.of(col("ip")).as("found")).select("found.*").head();
  }

  private static long estimate(Dataset<Row> sketches) {
    return sketches
        .agg(hll_sketch_estimate(hll_union_agg(col(CountryExposure.HOST_SKETCH.name()))))
        .head()
        .getLong(0);
  }

  @Test
  void countsEachAddressOnceWhereverItStands(SparkSession spark) {
    Row found = hosts(inParts(spark, twice(1), 7));
    assertThat(found.<Long>getAs(CountryExposure.HOST_COUNT.name())).isEqualTo(HOSTS + HOSTS / 100);
  }

  @Test
  void sketchesEqualSetsAlikeInAnyOrderAndPartition(SparkSession spark) {
    byte[] one = hosts(inParts(spark, twice(1), 7)).getAs(CountryExposure.HOST_SKETCH.name());
    byte[] other = hosts(inParts(spark, twice(2), 3)).getAs(CountryExposure.HOST_SKETCH.name());
    assertThat(one).isEqualTo(other);
  }

  @Test
  void sketchesAddUpWithThoseThatSparkMakesOfTheSameText(SparkSession spark) {
    Dataset<Row> rows = inParts(spark, twice(1), 2);
    Dataset<Row> ours =
        rows.agg(DistinctHosts.of(col("ip")).as("found"))
            .select(
                col("found")
                    .getField(CountryExposure.HOST_SKETCH.name())
                    .as(CountryExposure.HOST_SKETCH.name()));
    Dataset<Row> sparks =
        rows.agg(hll_sketch_agg(col("ip"), 12).as(CountryExposure.HOST_SKETCH.name()));
    assertThat(estimate(ours.union(sparks)))
        .isEqualTo(estimate(ours.union(ours)))
        .isEqualTo(estimate(sparks.union(sparks)));
  }

  @Test
  void anUnknownAddressIsNoHost(SparkSession spark) {
    List<String> addresses = new ArrayList<>(Collections.nCopies(3, null));
    addresses.add("192.0.2.1");
    Row found = hosts(inParts(spark, addresses, 2));
    assertThat(found.<Long>getAs(CountryExposure.HOST_COUNT.name())).isOne();
  }
}

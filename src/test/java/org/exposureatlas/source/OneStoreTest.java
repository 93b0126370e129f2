package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.ExposeConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.exposure.Exposures;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Raw files in which one store is seen many times, up to the exposures they become. */
@ExtendWith(SparkExtension.class)
class OneStoreTest {

  private static final String DAY = "2022-07-21";
  private static final ExposeConfig CONFIG = new ExposeConfig(20, 5, 0.5, List.of(), Map.of(), 28);

  @TempDir Path raw;

  private List<Row> exposures(SparkSession spark, ScanSource source, String file, String content)
      throws IOException {
    Path day = Files.createDirectories(raw.resolve(source.name()).resolve(DAY));
    Files.writeString(day.resolve(file), content);
    Dataset<Row> observations =
        Ingestion.observations(SourceReading.records(spark, source, raw, DAY));
    return Exposures.distinct(
            observations,
            observations.select("snapshot_date"),
            SnapshotRange.day(LocalDate.parse(DAY)),
            CONFIG)
        .orderBy("size_bytes")
        .collectAsList();
  }

  private static String event(String ip, int port, String protocol, String plugin, String dataset) {
    return String.format(
        Locale.ROOT,
        "{\"event_type\":\"leak\",\"event_source\":\"%s\",\"ip\":\"%s\",\"port\":\"%d\",\"protocol\":"
            + "\"%s\",\"time\":\"%sT03:00:00Z\",\"network\":{\"asn\":64496},\"leak\":{\"dataset\":%s}}%n",
        plugin,
        ip,
        port,
        protocol,
        DAY,
        dataset);
  }

  @Test
  void aClusterSeenThrough33NodesAndTheirKibanasCountsItsBytesOnce(SparkSession spark)
      throws IOException {
    StringBuilder events = new StringBuilder();
    String dataset = "{\"rows\":970000000,\"size\":23000000000123,\"collections\":7}";
    for (int node = 1; node <= 33; node++) {
      String ip = node % 3 == 0 ? "2001:db8::" + node : "192.0.2." + node;
      events.append(event(ip, 9200, "elasticsearch", "ElasticSearchOpenPlugin", "{\"size\":0}"));
      events.append(event(ip, 9200, "elasticsearch", "ElasticSearchExplorePlugin", dataset));
      events.append(event(ip, 5601, "kibana", "ElasticSearchExplorePlugin", dataset));
    }

    assertThat(exposures(spark, new LeakixSource(), "events.ndjson", events.toString()))
        .extracting(
            row -> row.getAs("service_type"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("member_count"),
            row -> row.getAs("host_count"),
            row -> row.getAs("is_clean"))
        .containsExactly(tuple("elasticsearch", 23_000_000_000_123L, 66L, 33L, true));
  }

  private static String banner(String address, String total, String status) {
    return String.format(
        Locale.ROOT,
        "{%s,\"port\":27017,\"timestamp\":\"%sT05:00:00.000001\",\"product\":\"MongoDB\",\"mongodb\":"
            + "{\"listDatabases\":{\"totalSize\":%s},\"serverStatus\":{%s}}}%n",
        address,
        DAY,
        total,
        status);
  }

  private static String v4(int last) {
    return "\"ip_str\":\"192.0.2." + last + "\"";
  }

  @Test
  void aMongosAndItsShardsElsewhereAreOneStoreAndSoIsAReplicaSet(SparkSession spark)
      throws IOException {
    String config =
        "\"sharding\":{\"configsvrConnectionString\":\"cfg/c1.example.net:27019,c2.example.net:27019\"}";
    String shard = "\"repl\":{\"setName\":\"s%d\",\"hosts\":[\"s%d.example.net:27018\"]},";
    String set = "\"repl\":{\"setName\":\"rs0\",\"hosts\":[%s]}";
    String ours = "\"a.example.org:27017\",\"203.0.113.8:27017\"";
    String oursInOtherOrder = "\"203.0.113.8:27017\",\"A.example.org:27017\"";
    String anyones = "\"mongo1:27017\",\"10.0.0.7:27017\"";
    String banners =
        banner(v4(1), "900", "\"process\":\"mongos\"," + config)
            + banner(v4(2), "500", String.format(Locale.ROOT, shard, 1, 1) + config)
            + banner(
                "\"ipv6\":\"2001:db8::3\"", "400", String.format(Locale.ROOT, shard, 2, 2) + config)
            + banner(v4(4), "70", String.format(Locale.ROOT, set, ours))
            + banner(
                "\"ipv6\":\"2001:db8::4\"", "71", String.format(Locale.ROOT, set, oursInOtherOrder))
            + banner(v4(5), "20", String.format(Locale.ROOT, set, anyones))
            + banner(v4(6), "21", String.format(Locale.ROOT, set, anyones));

    assertThat(exposures(spark, new ShodanSource(), "banners.ndjson", banners))
        .extracting(
            row -> row.getAs("size_bytes"),
            row -> row.getAs("reported_bytes"),
            row -> row.getAs("member_count"),
            row -> row.getAs("cluster_key_quality"))
        .containsExactly(
            tuple(20L, 20L, 1L, "address"),
            tuple(21L, 21L, 1L, "address"),
            tuple(71L, 141L, 2L, "replica_set"),
            tuple(900L, 1_800L, 3L, "replica_set"));
  }

  @Test
  void bothNameNodesOfAClusterAndItsDataNodesAreOneStore(SparkSession spark) throws IOException {
    String report =
        "timestamp,ip,protocol,port,hostname,tag,asn,geo,server_type,clusterid,total_disk,used_disk\n"
            + DAY
            + " 01:00:00,192.0.2.1,tcp,50070,,hadoop,64496,NL,namenode,CID-1-a,9000,800\n"
            + DAY
            + " 01:00:00,192.0.2.2,tcp,50070,,hadoop,64496,NL,namenode,CID-1-a,9000,790\n"
            + DAY
            + " 01:00:00,192.0.2.3,tcp,50075,,hadoop,64496,NL,datanode,CID-1-a,,\n";

    assertThat(exposures(spark, new ShadowserverSource(), DAY + "-scan_hadoop-example.csv", report))
        .extracting(row -> row.getAs("size_bytes"), row -> row.getAs("member_count"))
        .containsExactly(tuple(800L, 3L));
  }
}

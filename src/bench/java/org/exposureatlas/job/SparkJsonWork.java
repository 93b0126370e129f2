package org.exposureatlas.job;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The same work as a competent user of Spark writes it: schema, JSON source, broadcast, UDF. */
final class SparkJsonWork {

  private record Ranges(long[] firsts, long[] lasts, String[] countries)
      implements java.io.Serializable {

    String find(long address) {
      int found = java.util.Arrays.binarySearch(firsts, address);
      int range = found >= 0 ? found : -found - 2;
      return range >= 0 && address <= lasts[range] ? countries[range] : null;
    }
  }

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "event_type STRING, event_source STRING, ip STRING, port STRING, transport ARRAY<STRING>,"
              + " protocol STRING, time STRING, leak STRUCT<severity: STRING, dataset: STRUCT<size:"
              + " BIGINT, rows: BIGINT, files: BIGINT, collections: BIGINT, infected: BOOLEAN>>,"
              + " service STRUCT<software: STRUCT<name: STRING, version: STRING>>, geoip"
              + " STRUCT<country_iso_code: STRING>, network STRUCT<asn: BIGINT, organization_name:"
              + " STRING>");

  private final SparkSession spark;
  private final String folder;
  private final String out;
  private final Map<String, List<long[]>> ranges;

  SparkJsonWork(SparkSession spark, String folder, String out, Map<String, List<long[]>> ranges) {
    this.spark = spark;
    this.folder = folder;
    this.out = out;
    this.ranges = ranges;
  }

  long ingestAndCountHosts() throws InterruptedException {
    Broadcast<Ranges> everywhere =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(sorted());
    UDF1<String, String> locate =
        ip -> {
          if (ip == null || ip.indexOf(':') >= 0) {
            return null;
          }
          String[] parts = ip.split("\\.");
          long address = 0;
          for (String part : parts) {
            address = address << 8 | Integer.parseInt(part);
          }
          return everywhere.value().find(address);
        };
    Dataset<Row> events = spark.read().schema(SCHEMA).json(folder);
    Column isUsable =
        coalesce(
            col("observed_at")
                .gt(lit("1970-01-01").cast("timestamp"))
                .and(col("port_number").between(0, 65_535))
                .and(col("ip").notEqual("")),
            lit(false));
    Observation counted = new Observation();
    Dataset<Row> observations =
        events
            .withColumn("port_number", col("port").try_cast(DataTypes.IntegerType))
            .withColumn("observed_at", expr("try_to_timestamp(time)"))
            .observe(counted, count_if(not(isUsable)).as("rejected"))
            .where(isUsable)
            .select(
                lit("2022-07-21").cast("date").as("snapshot_date"),
                lit("leakix").as("source"),
                input_file_name().as("file"),
                col("observed_at"),
                trim(col("ip"), "[]").as("ip"),
                col("port_number").as("port"),
                when(array_contains(col("transport"), "udp"), "udp")
                    .otherwise("tcp")
                    .as("transport"),
                service().as("service_type"),
                nullif(col("service.software.name"), lit("")).as("product"),
                nullif(col("service.software.version"), lit("")).as("product_version"),
                when(col("event_type").equalTo("leak"), "open").otherwise("unknown").as("access"),
                nullif(col("leak.dataset.size"), lit(0L)).as("size_bytes"),
                nullif(col("leak.dataset.rows"), lit(0L)).as("record_count"),
                nullif(col("leak.dataset.collections"), lit(0L)).as("container_count"),
                nullif(col("leak.dataset.files"), lit(0L)).as("file_count"),
                concat_ws("/", col("ip"), col("port"), col("protocol")).as("cluster_key"),
                col("leak.dataset.infected").as("infected"),
                col("leak.severity").as("severity"),
                coalesce(udf(locate, DataTypes.StringType).apply(col("ip")), lit("ZZ"))
                    .as("country_code"),
                col("network.asn").as("asn"),
                col("network.organization_name").as("as_name"),
                col("geoip.country_iso_code").as("source_country_code"));
    observations
        .write()
        .mode("overwrite")
        .option("compression", "zstd")
        .parquet(out + "/spark-observation");
    spark
        .read()
        .parquet(out + "/spark-observation")
        .groupBy("country_code", "service_type")
        .agg(count_distinct(col("ip")).as("hosts"))
        .write()
        .mode("overwrite")
        .option("compression", "zstd")
        .parquet(out + "/spark-hosts");
    return AtlasWork.found(
        spark.read().parquet(out + "/spark-hosts").count(),
        (Long) counted.getAsJava().get("rejected"));
  }

  private static Column service() {
    return expr(
        "CASE lower(protocol) WHEN 'mongo' THEN 'mongodb' WHEN 'https' THEN 'http' WHEN 'http' THEN"
            + " 'http' WHEN 'elasticsearch' THEN 'elasticsearch' WHEN 'kibana' THEN 'kibana' WHEN"
            + " 'couchdb' THEN 'couchdb' WHEN 'redis' THEN 'redis' WHEN 'mysql' THEN 'mysql' WHEN"
            + " 'kafka' THEN 'kafka' WHEN 'zookeeper' THEN 'zookeeper' ELSE 'other' END");
  }

  private Ranges sorted() {
    record Entry(long first, long last, String country) {}
    List<Entry> entries = new ArrayList<>();
    ranges.forEach(
        (country, list) -> list.forEach(r -> entries.add(new Entry(r[0], r[1], country))));
    entries.sort(Comparator.comparingLong(Entry::first));
    return new Ranges(
        entries.stream().mapToLong(Entry::first).toArray(),
        entries.stream().mapToLong(Entry::last).toArray(),
        entries.stream().map(Entry::country).toArray(String[]::new));
  }
}

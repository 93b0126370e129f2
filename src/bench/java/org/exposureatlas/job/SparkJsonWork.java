package org.exposureatlas.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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
          """
          event_type STRING, event_source STRING, ip STRING, port STRING, transport ARRAY<STRING>,
          protocol STRING, time STRING, summary STRING,
          leak STRUCT<severity: STRING, dataset: STRUCT<size: BIGINT, rows: BIGINT, files: BIGINT,
            collections: BIGINT, infected: BOOLEAN>>,
          service STRUCT<software: STRUCT<name: STRING, version: STRING>>,
          geoip STRUCT<country_iso_code: STRING>,
          network STRUCT<asn: BIGINT, organization_name: STRING>""");

  private static final ObservationSql SQL = ObservationSql.SPARK;

  private final SparkSession spark;
  private final String folder;
  private final String out;
  private final EditionRanges ranges;

  SparkJsonWork(SparkSession spark, String folder, String out, EditionRanges ranges) {
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
    spark.udf().register("locate", locate, DataTypes.StringType);
    Dataset<Row> events = spark.read().schema(SCHEMA).json(folder);
    Column isUsable = expr(SQL.isUsable());
    Observation counted = new Observation();
    Dataset<Row> observations =
        events
            .selectExpr(and("_metadata.file_name AS raw_file", SQL.essentials()))
            .observe(counted, count_if(not(isUsable)).as("rejected"))
            .where(isUsable)
            .selectExpr(and("locate(address) AS found", ObservationSql.parts()))
            .selectExpr(
                and("coalesce(found, 'ZZ') AS country_code", List.of(ObservationSql.clusterKey())))
            .selectExpr(SQL.columns("raw_file", ranges.edition()).toArray(String[]::new));
    observations.write().mode("overwrite").option("compression", "zstd").parquet(observations(out));
    spark
        .read()
        .parquet(observations(out))
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

  /** Folder of the observations that were found, below the one for what is written. */
  static String observations(String out) {
    return out + "/spark-observation";
  }

  /** All columns of before, and more. */
  private static String[] and(String one, List<String> others) {
    return Stream.of(List.of("*", one), others).flatMap(List::stream).toArray(String[]::new);
  }

  private Ranges sorted() {
    record Entry(long first, long last, String country) {}
    List<Entry> entries = new ArrayList<>();
    ranges
        .byCountry()
        .forEach((country, list) -> list.forEach(r -> entries.add(new Entry(r[0], r[1], country))));
    entries.sort(Comparator.comparingLong(Entry::first));
    return new Ranges(
        entries.stream().mapToLong(Entry::first).toArray(),
        entries.stream().mapToLong(Entry::last).toArray(),
        entries.stream().map(Entry::country).toArray(String[]::new));
  }
}

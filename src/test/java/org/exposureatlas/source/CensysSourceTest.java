package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CensysSourceTest {

  private static List<Row> observations(SparkSession spark, String file) {
    return Ingestion.observations(
            SourceReading.records(spark, new CensysSource(), SourceReading.SAMPLES, "2022-07-21"))
        .where(Observation.FILE.col().equalTo(file))
        .orderBy(Observation.LINE.col(), Observation.PORT.col())
        .collectAsList();
  }

  @Test
  void servicesTakeAddressAndLocationFromTheirHost(SparkSession spark) {
    assertThat(observations(spark, "hosts-v2.ndjson").subList(0, 4))
        .extracting(
            row -> row.getAs("ip"),
            row -> row.getAs("service_type"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("size_semantics"),
            row -> row.getAs("access"),
            row -> row.getAs("asn"))
        .containsExactly(
            tuple("192.0.2.40", "redis", 5_000_000L, "memory", "open", 64_498L),
            tuple(
                "192.0.2.40", "elasticsearch", 640_000_000L, "stored_replicated", "open", 64_498L),
            tuple("192.0.2.40", "memcached", 777L, "memory", "open", 64_498L),
            tuple("192.0.2.40", "mongodb", null, "absent", "unknown", 64_498L));
  }

  @Test
  void hostsThatAnswerOnEveryPortAreDecoys(SparkSession spark) {
    assertThat(observations(spark, "hosts-v2.ndjson"))
        .filteredOn(row -> row.getAs("ip").equals("192.0.2.42"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.<Boolean>getAs("honeypot_hint")).isTrue();
              assertThat(row.<String>getList(row.fieldIndex("quality_flags")))
                  .contains("truncated_host");
            });
  }

  @Test
  void datasetRowsHaveNumbersAsTextAndPairsOfPortsAndNames(SparkSession spark) {
    assertThat(observations(spark, "uid.ndjson"))
        .extracting(
            row -> row.getAs("ip"),
            row -> row.getAs("port"),
            row -> row.getAs("service_type"),
            row -> row.getAs("size_bytes"),
            row -> row.getList(row.fieldIndex("quality_flags")))
        .containsExactly(
            tuple(
                "192.0.2.50",
                9200,
                "elasticsearch",
                123_456_789L,
                List.of("country_disagrees", "figure_unreadable")),
            tuple("192.0.2.51", 80, "http", null, List.of("country_disagrees")),
            tuple("192.0.2.51", 5432, "other", null, List.of("country_disagrees")),
            tuple("192.0.2.51", 27017, "mongodb", null, List.of("country_disagrees")));
  }

  @Test
  void platformDocumentsNameTheSameThingsInAnotherWay(SparkSession spark) {
    assertThat(observations(spark, "platform.ndjson"))
        .extracting(
            row -> row.getAs("service_type"),
            row -> row.getAs("transport"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("file_count"),
            row -> row.getAs("access"))
        .containsExactly(
            tuple("http", "tcp", 3_500L, 3L, "open"),
            tuple("elasticsearch", "tcp", 4_242L, null, "open"),
            tuple("memcached", "udp", 1_000L, null, "open"));
  }
}

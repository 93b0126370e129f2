package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.exposureatlas.source.SourceReading.SAMPLES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class GenericSourceTest {

  private static final String DAY = "2022-07-21";

  private static final String COLUMNS =
      "\"ip\": \"ip\", \"port\": \"port\", \"observed_at\": \"time\", \"service_type\": {\"from\":"
          + " \"service\", \"values\": {\"es\": \"elasticsearch\"}}, \"access\": {\"constant\":"
          + " \"open\"}, \"size_bytes\": {\"from\": \"size\", \"unit\": \"kB\"},"
          + " \"size_semantics\": {\"constant\": \"logical\"}, \"asn\": \"asn\"";

  @TempDir Path raw;

  private static ScanSource source(String text, String name) {
    return Sources.with("mappings.json", text).stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Dataset<Row> records(SparkSession spark, String format) {
    String text = "{\"mine\": {\"format\": \"" + format + "\", \"columns\": {" + COLUMNS + "}}}";
    return SourceReading.records(spark, source(text, "mine"), raw, DAY);
  }

  private Path file(String name) throws IOException {
    return Files.createDirectories(raw.resolve("mine/" + DAY)).resolve(name);
  }

  private static List<Row> observations(Dataset<Row> records) {
    return Ingestion.observations(records).orderBy("file", "line").collectAsList();
  }

  private static void assertTwoStores(List<Row> rows) {
    assertThat(rows)
        .extracting(
            row -> row.getAs("ip"),
            row -> row.getAs("service_type"),
            row -> row.getAs("size_bytes"),
            row -> row.getAs("size_semantics"),
            row -> row.getAs("asn"),
            row -> row.getAs("observed_at").toString())
        .containsExactly(
            tuple("192.0.2.1", "elasticsearch", 1_500L, "logical", 64496L, DAY + " 03:04:05.0"),
            tuple("192.0.2.2", "other", null, "absent", null, DAY + " 00:00:00.0"));
  }

  @Test
  void jsonIsReadAsTheMappingSaysAndWhatCannotBeUsedIsRejected(SparkSession spark)
      throws IOException {
    Files.writeString(
        file("a.ndjson"),
        "{\"ip\":\"192.0.2.1\",\"port\":9200,\"time\":\"2022-07-21T03:04:05Z\",\"service\":\"es\",\"size\":1.5,\"asn\":\"AS64496\"}\n"
            + "{\"ip\":\"192.0.2.2\",\"port\":\"1\",\"time\":1658361600,\"service\":\"gopher\"}\n"
            + "{\"ip\":\"192.0.2.3\",\"port\":\"1\",\"time\":\"now\"}\n"
            + "{\"ip\":\"192.0.2.3\",\"port\":\"1\",\"time\":1658361600,\"size\":\"5 GB\"}\n"
            + "{\"port\":\"1\",\"time\":1658361600}\n");

    assertTwoStores(observations(records(spark, "ndjson")));
    assertThat(Ingestion.rejected(records(spark, "ndjson")).orderBy("line").collectAsList())
        .extracting(
            row -> row.getAs("line"), row -> row.getAs("reason"), row -> row.getAs("detail"))
        .containsExactly(
            tuple(3L, "invalid_time", "observed_at: found 'now', expected a time after year 1"),
            tuple(4L, "invalid_number", "size_bytes: found '5 GB', expected a whole number"),
            tuple(5L, "missing_field", "ip: found nothing, expected an address"));
  }

  @Test
  void csvAndParquetOfTheSameRecordsSayTheSame(SparkSession spark) throws IOException {
    Path csv = file("a.csv");
    Files.writeString(
        csv,
        "ip,port,time,service,size,asn,more\n"
            + "192.0.2.1,9200,2022-07-21 03:04:05,es,1.5,64496,x\n"
            + "192.0.2.2,1,2022-07-21 00:00:00,gopher,,,y\n");
    assertTwoStores(observations(records(spark, "csv")));

    Dataset<Row> table = spark.read().option("header", "true").csv(csv.toString()).coalesce(1);
    table.write().parquet(file("t.parquet").toString());
    Files.delete(csv);
    Files.deleteIfExists(csv.resolveSibling(".a.csv.crc"));
    List<Row> rows = observations(records(spark, "parquet"));
    assertTwoStores(rows);
    assertThat(rows).extracting(row -> row.getAs("line")).containsExactly(1L, 2L);
    assertThat(rows.get(0).<String>getAs("file")).startsWith("t.parquet/part-");
  }

  @Test
  void theExampleOfTheProjectIsAMapping() throws IOException {
    assertThat(source(Files.readString(Path.of("jobs/mappings.json")), "example").inputs())
        .flatExtracting(RawInput::fields)
        .contains("host.ip", "data.size");
  }

  @Test
  void aMappingOfLeakixReadsWhatTheAdapterReads(SparkSession spark) throws IOException {
    Path day = Files.createDirectories(raw.resolve("mapped/" + DAY));
    Files.copy(SAMPLES.resolve("leakix/" + DAY + "/events.ndjson"), day.resolve("events.ndjson"));
    ScanSource mapped =
        source(
            "{\"mapped\": {\"format\": \"ndjson\", \"explode\": [\"events\"], \"columns\": {"
                + "\"ip\": \"ip\", \"port\": \"port\", \"observed_at\": \"time\","
                + " \"service_type\": \"protocol\", \"access\": {\"constant\": \"open\"},"
                + " \"size_bytes\": \"leak.dataset.size\","
                + " \"size_semantics\": {\"constant\": \"logical\"}}}}",
            "mapped");

    assertThat(places(SourceReading.records(spark, mapped, raw, DAY)))
        .containsAll(
            places(
                SourceReading.records(spark, new LeakixSource(), SAMPLES, DAY)
                    .where("file = 'events.ndjson'")));
  }

  private static List<String> places(Dataset<Row> records) {
    return Ingestion.observations(records)
        .where("size_bytes > 0")
        .selectExpr("line", "ip", "port", "service_type", "size_bytes", "observed_at")
        .toJSON()
        .collectAsList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"x\": {\"format\": \"xls\"}} | mappings.json: x.columns: found '', expected an object",
        "{\"leakix\": {\"format\": \"csv\", \"columns\": {$}}} | mappings.json: found 'leakix',"
            + " expected another name",
        "{\"x\": {\"format\": \"xls\", \"columns\": {$}}} | mappings.json: x.format: found"
            + " '\"xls\"', expected ndjson, csv or parquet",
        "{\"x\": {\"format\": \"csv\", \"columns\": {\"ip\": \"a\"}}} | mappings.json: x.columns:"
            + " found 'nothing', expected a value for access",
        "{\"x\": {\"format\": \"csv\", \"columns\": {\"sizes\": \"a\"}}} | mappings.json:"
            + " x.columns.sizes: found 'sizes', expected one of",
        "{\"x\": {\"format\": \"csv\", \"columns\": {$, \"transport\": {\"constant\": \"icmp\"}}}}"
            + " | mappings.json: x.columns.transport: found 'icmp', expected one of [tcp, udp]",
        "{\"x\": {\"format\": \"csv\", \"columns\": {$, \"file_count\": {\"from\": \"n\", \"unit\":"
            + " \"gb\"}}}} | mappings.json: x.columns.file_count.unit: found '\"gb\"', expected one"
            + " of",
        "{\"x\": {\"format\": \"csv\", \"columns\": {$}, \"sheet\": 1}} | mappings.json: x.sheet:"
            + " found 'sheet', expected one of",
        "{\"x\": } | mappings.json, line 1: found",
      })
  void anErrorNamesFilePlaceFoundAndExpected(String text, String message) {
    assertThatThrownBy(() -> Sources.with("mappings.json", text.replace("$", COLUMNS)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message);
  }
}

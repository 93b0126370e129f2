package org.exposureatlas.ndjson;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Finding ten fields in records of about 1.8 kB, and turning numbers into longs, per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonScannerBenchmark {

  private static final int RECORDS = 1_000;

  private static final List<JsonField> FIELDS =
      List.of(
          new JsonField("event_type", "event_type", FieldType.STRING),
          new JsonField("ip", "ip", FieldType.STRING),
          new JsonField("port", "port", FieldType.TEXT),
          new JsonField("protocol", "protocol", FieldType.STRING),
          new JsonField("time", "time", FieldType.STRING),
          new JsonField("software", "service.software.name", FieldType.STRING),
          new JsonField("version", "service.software.version", FieldType.STRING),
          new JsonField("size", "leak.dataset.size", FieldType.LONG),
          new JsonField("rows", "leak.dataset.rows", FieldType.LONG),
          new JsonField("collections", "leak.dataset.collections", FieldType.LONG));

  private static final List<JsonField> NUMBERS =
      List.of(
          new JsonField("a", "a", FieldType.LONG),
          new JsonField("b", "b", FieldType.LONG),
          new JsonField("c", "c", FieldType.LONG));

  private final byte[][] records = new byte[RECORDS][];
  private final byte[][] numbers = new byte[RECORDS][];
  private final JsonScanner recordScanner = scanner(FIELDS);
  private final JsonScanner numberScanner = scanner(NUMBERS);
  private final RowAppender appender = new RowAppender(NUMBERS, numberScanner);

  private static JsonScanner scanner(List<JsonField> fields) {
    return new JsonScanner(PathTrie.of(fields, List.of()), fields.size());
  }

  @Setup
  public void write() {
    SplittableRandom dice = new SplittableRandom(1);
    for (int i = 0; i < RECORDS; i++) {
      records[i] = record(dice).getBytes(StandardCharsets.UTF_8);
      numbers[i] =
          String.format(
                  Locale.ROOT,
                  "{\"a\":%d,\"b\":%d,\"c\":%d}",
                  dice.nextLong(1L << 40),
                  dice.nextLong(1L << 30),
                  dice.nextInt(1 << 16))
              .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String record(SplittableRandom dice) {
    return String.format(
        Locale.ROOT,
        "{\"event_type\":\"leak\",\"event_source\":\"ElasticSearchOpenPlugin\",\"ip\":\"198.51.100.%d\","
            + "\"host\":\"\",\"port\":\"9200\",\"transport\":[\"tcp\",\"http\"],\"protocol\":\"http\","
            + "\"http\":{\"root\":\"/\",\"header\":{\"content-type\":\"application/json\"}},"
            + "\"summary\":\"%s\",\"time\":\"2022-07-21T%02d:00:00Z\",\"leak\":{\"stage\":\"open\","
            + "\"dataset\":{\"rows\":%d,\"files\":0,\"size\":%d,\"collections\":%d,\"infected\":false}},"
            + "\"service\":{\"software\":{\"name\":\"Elasticsearch\",\"version\":\"7.17.%d\"}}}",
        dice.nextInt(256),
        ("Found index \\\"customers-" + dice.nextInt(1_000) + "\\\" with documents\\n").repeat(30),
        dice.nextInt(24),
        dice.nextLong(1L << 30),
        dice.nextLong(1L << 40),
        dice.nextInt(100),
        dice.nextInt(10));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long scanRecord() throws Reject {
    long sum = 0;
    for (byte[] record : records) {
      recordScanner.scan(record, 0, record.length);
      sum += recordScanner.end(0);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long scanAndParseThreeNumbers() throws Reject {
    long sum = 0;
    for (byte[] record : numbers) {
      numberScanner.scan(record, 0, record.length);
      appender.convert(record);
      sum += numberScanner.end(0);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long scanThreeNumbers() throws Reject {
    long sum = 0;
    for (byte[] record : numbers) {
      numberScanner.scan(record, 0, record.length);
      sum += numberScanner.end(0);
    }
    return sum;
  }
}

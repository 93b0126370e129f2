package org.exposureatlas.geoip;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.exposureatlas.address.IpAddress;
import org.exposureatlas.address.Prefix;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class GeoLocatorTest {

  private static final LocalDate FIRST = LocalDate.parse("2022-07-20");
  private static final LocalDate LATER = LocalDate.parse("2022-07-25");
  private static final GeoEdition EARLY = edition("2022-07-22");
  private static final GeoEdition LATE = edition("2022-07-24");
  private static final StructType SIGHT =
      new StructType().add("ip_text", DataTypes.StringType).add("day", DataTypes.DateType);

  private static GeoEdition edition(String date) {
    return new GeoEdition("x", LocalDate.parse(date), new Path("x/edition=" + date));
  }

  /** {@code prefix country [asn name]}. */
  private static GeoIndex index(String... lines) {
    GeoIndex.Builder builder = new GeoIndex.Builder();
    Span addresses = new Span();
    for (String line : lines) {
      String[] words = line.split(" ");
      addresses.set(Prefix.parse(words[0]));
      builder.country(addresses, words[1]);
      if (words.length > 2) {
        builder.system(addresses, Long.parseLong(words[2]), words[3]);
      }
    }
    return builder.build();
  }

  private static final Map<GeoEdition, GeoIndex> LOADED =
      Map.of(
          EARLY, index("1.0.0.0/24 AU 13335 Example", "2a00::/16 NL"),
          LATE, index("1.0.0.0/24 BR", "1.0.1.0/24 CN 64496 Other"));

  private static GeoLocator locator(SparkSession spark) {
    SortedMap<LocalDate, GeoEdition> inForce = new TreeMap<>();
    inForce.put(FIRST, EARLY);
    inForce.put(FIRST.plusDays(2), EARLY);
    inForce.put(LATER, LATE);
    return GeoLocator.of(spark, inForce, LOADED::get);
  }

  private static Dataset<Row> located(GeoLocator locator, Dataset<Row> sights) {
    Column place = col("place");
    return sights
        .withColumn("place", locator.place(col("ip_text"), col("day")))
        .select(
            col("ip_text"),
            locator.address(col("ip_text"), place),
            locator.countryCode(place),
            locator.asn(place),
            locator.asName(place),
            locator.isSpecialPurpose(place),
            locator.geoEdition(col("day")),
            locator.isEditionAfterSnapshot(col("day")));
  }

  private static Row sight(String ip, LocalDate day) {
    return RowFactory.create(ip, Date.valueOf(day));
  }

  private static List<String> located(SparkSession spark, Row... sights) {
    return located(locator(spark), spark.createDataFrame(List.of(sights), SIGHT))
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  @Test
  void anAddressIsLocatedWithTheEditionOfTheDay(SparkSession spark) {
    assertThat(
            located(
                spark,
                sight("1.0.0.7", FIRST),
                sight("1.0.0.7", FIRST.plusDays(2)),
                sight("1.0.0.7", LATER),
                sight("::ffff:100:1ff", LATER),
                sight("[2A00:0::1]", FIRST),
                sight("1.0.1.0", FIRST),
                sight("192.0.2.1", FIRST),
                sight("1.0.0.7 ", FIRST),
                sight("fe80::1%eth0", FIRST),
                sight("", FIRST),
                sight(null, FIRST)))
        .containsExactly(
            "1.0.0.7 1.0.0.7 AU 13335 Example false x/2022-07-22 true",
            "1.0.0.7 1.0.0.7 AU 13335 Example false x/2022-07-22 false",
            "1.0.0.7 1.0.0.7 BR null null false x/2022-07-24 false",
            "::ffff:100:1ff 1.0.1.255 CN 64496 Other false x/2022-07-24 false",
            "[2A00:0::1] 2a00::1 NL null null false x/2022-07-22 true",
            "1.0.1.0 1.0.1.0 ZZ null null false x/2022-07-22 true",
            "192.0.2.1 192.0.2.1 ZZ null null true x/2022-07-22 true",
            "1.0.0.7  null null null null false x/2022-07-22 true",
            "fe80::1%eth0 null null null null false x/2022-07-22 true",
            " null null null null false x/2022-07-22 true",
            "null null null null null false x/2022-07-22 true");
  }

  @Test
  void aDayWithoutAnEditionFails(SparkSession spark) {
    assertThatThrownBy(() -> located(spark, sight("1.0.0.7", FIRST.plusDays(1))))
        .hasStackTraceContaining("no edition was loaded for epoch day 19194");
  }

  @Test
  void generatedCodeAgreesWithPlainCode(SparkSession spark) {
    Random random = new Random(3);
    List<Row> sights = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      IpAddress address =
          random.nextBoolean()
              ? IpAddress.ofIpv4(0x0100_0000L + random.nextInt(1024))
              : new IpAddress(0x2a00L << 48 | random.nextInt(3), random.nextLong() & 0xF_000FL);
      String text = i % 50 == 0 ? "no address " + i : address.toString();
      LocalDate day = random.nextBoolean() ? FIRST : LATER;
      sights.add(
          RowFactory.create(
              random.nextBoolean() ? text : text.toUpperCase(Locale.ROOT), Date.valueOf(day)));
    }
    Dataset<Row> rows = spark.createDataFrame(sights, SIGHT).repartition(2);
    GeoLocator locator = locator(spark);
    assertThat(run(spark, "true", located(locator, rows)))
        .isEqualTo(run(spark, "false", located(locator, rows)))
        .hasSize(2_000);
  }

  private static List<String> run(SparkSession spark, String generated, Dataset<Row> rows) {
    Map<String, String> settings =
        Map.of(
            "spark.sql.codegen.wholeStage",
            generated,
            "spark.sql.codegen.factoryMode",
            generated.equals("true") ? "CODEGEN_ONLY" : "NO_CODEGEN");
    Map<String, String> before = new TreeMap<>();
    settings.forEach((key, value) -> before.put(key, spark.conf().get(key)));
    settings.forEach(spark.conf()::set);
    try {
      return rows
          .map((MapFunction<Row, String>) Row::mkString, Encoders.STRING())
          .collectAsList()
          .stream()
          .sorted()
          .toList();
    } finally {
      before.forEach(spark.conf()::set);
    }
  }

  @Test
  void aRowIsLookedUpOnce(SparkSession spark) {
    Dataset<Row> sights = spark.range(1).selectExpr("string(id) ip_text", "current_date() day");
    String plan = located(locator(spark), sights).queryExecution().executedPlan().toString();
    assertThat(plan.split("PlaceFunction", -1)).hasSize(2);
  }

  @Test
  void textInCanonicalFormIsPassedOnAndNotCopied() {
    LocationTable table = new LocationTable(0, new int[] {0}, List.of(LOADED.get(EARLY)));
    for (String ip : new String[] {"1.0.0.7", "2a00::1", "192.0.2.1"}) {
      UTF8String text = UTF8String.fromString(ip);
      assertThat(LocationTable.address(text, table.place(text, 0))).isSameAs(text);
    }
    UTF8String country = table.country(table.place(UTF8String.fromString("1.0.0.7"), 0));
    assertThat(table.country(table.place(UTF8String.fromString("1.0.0.8"), 0))).isSameAs(country);
  }

  @Test
  void addressesAreReadWhereverSparkKeepsThem() {
    LocationTable table = new LocationTable(0, new int[] {0}, List.of(LOADED.get(EARLY)));
    byte[] within = "x1.0.0.7x2A00::1x".getBytes(StandardCharsets.UTF_8);
    UTF8String first = UTF8String.fromBytes(within, 1, 7);
    UTF8String second = UTF8String.fromBytes(within, 9, 7);
    assertThat(table.country(table.place(first, 0))).hasToString("AU");
    assertThat(LocationTable.address(second, table.place(second, 0))).hasToString("2a00::1");
  }
}

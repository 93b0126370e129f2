package org.exposureatlas.geoip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.exposureatlas.address.IpAddress;
import org.exposureatlas.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All publishers' formats tell of the same small world in the fixtures. */
class EditionFormatsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/samples/geoip");

  private static final List<String> COUNTRIES =
      List.of(
          "192.0.1.255 null",
          "192.0.2.0 NL",
          "192.0.2.127 NL",
          "192.0.2.128 BR",
          "192.0.2.255 BR",
          "198.51.100.0 US",
          "198.51.100.191 US",
          "198.51.100.192 null",
          "203.0.113.7 null",
          "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff null",
          "2001:db8:: DE",
          "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff DE",
          "2001:db9:: null");

  private static final List<String> SYSTEMS =
      List.of(
          "192.0.1.255 null",
          "192.0.2.0 64496 Example, Inc.",
          "192.0.2.255 64496 Example, Inc.",
          "198.51.100.0 null",
          "2001:db8::1 64511 Beispiel GmbH");

  @TempDir Path folder;

  private static GeoIndex load(Path folder) {
    GeoEdition edition =
        new GeoEdition(
            "x", LocalDate.parse("2022-07-01"), new org.apache.hadoop.fs.Path(folder.toUri()));
    return EditionReader.load(new Configuration(), edition).index();
  }

  private static void assertCountries(GeoIndex index) {
    for (String expected : COUNTRIES) {
      IpAddress address = IpAddress.parse(expected.split(" ")[0]);
      assertThat(address + " " + index.countryCode(address.high(), address.low()))
          .isEqualTo(expected);
    }
  }

  private static void assertSystems(GeoIndex index) {
    for (String expected : SYSTEMS) {
      IpAddress address = IpAddress.parse(expected.split(" ")[0]);
      GeoIndex.AutonomousSystem system = index.autonomousSystem(address.high(), address.low());
      assertThat(address + " " + (system == null ? null : system.number() + " " + system.name()))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "own",
        "geolite2-country",
        "geolite2-city",
        "ipinfo-lite-csv",
        "ipinfo-lite-json",
        "dbip-country",
        "dbip-city",
        "ip2location-country",
        "rir-delegated"
      })
  void everyFormatGivesTheSameCountries(String format) {
    assertCountries(load(SAMPLES.resolve(format)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "own",
        "geolite2-asn",
        "ipinfo-lite-csv",
        "ipinfo-lite-json",
        "dbip-asn",
        "ip2location-asn"
      })
  void everyFormatGivesTheSameSystems(String format) {
    assertSystems(load(SAMPLES.resolve(format)));
  }

  @Test
  void anEditionMayBeOfSeveralFormats() throws IOException {
    gzip(SAMPLES.resolve("dbip-country/dbip-country-lite.csv"), "anything");
    gzip(SAMPLES.resolve("geolite2-asn/GeoLite2-ASN-Blocks-IPv4.csv"), "a");
    gzip(SAMPLES.resolve("geolite2-asn/GeoLite2-ASN-Blocks-IPv6.csv"), "b");
    assertCountries(load(folder));
    assertSystems(load(folder));
  }

  private void gzip(Path file, String name) throws IOException {
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      Files.copy(file, out);
    }
  }

  private static byte[] zip(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes);
        Stream<Path> files = Files.list(SAMPLES.resolve(format))) {
      out.putNextEntry(new ZipEntry("LICENSE_LITE.TXT"));
      out.write("A licence, without a range.".getBytes(StandardCharsets.UTF_8));
      for (Path file : files.sorted().toList()) {
        out.putNextEntry(new ZipEntry("edition/" + file.getFileName()));
        Files.copy(file, out);
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"geolite2-country", "ip2location-country"})
  void archivesAreReadAsTheirPublishersShipThem(String format) throws IOException {
    Files.write(folder.resolve("edition.zip"), zip(format));
    assertCountries(load(folder));
  }

  @Test
  void anArchiveCutShortIsRefused() throws IOException {
    byte[] archive = zip("geolite2-country");
    Path file = folder.resolve("edition.zip");
    Files.write(file, Arrays.copyOf(archive, archive.length - 100));
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(BrokenEditionException.class)
        .hasMessageContaining(
            file + ", byte " + (archive.length - 100) + ": found the end, expected");
  }

  @Test
  void parquetIsReadLikeItsOtherCarriers() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message edition { required binary network (UTF8); optional binary country_code (UTF8);"
                + " optional binary asn (UTF8); optional binary as_name (UTF8); }");
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.resolve("lite.parquet").toUri());
    try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file).withType(type).build()) {
      for (String line : Files.readAllLines(SAMPLES.resolve("ipinfo-lite-csv/ipinfo_lite.csv"))) {
        String[] cells = line.replace("\"Example, Inc.\"", "Example; Inc.").split(",", -1);
        if (!cells[0].equals("network")) {
          writer.write(group(type, cells[0], cells[2], cells[5], cells[6].replace(';', ',')));
        }
      }
    }
    assertCountries(load(folder));
    assertSystems(load(folder));
  }

  private static Group group(MessageType type, String... values) {
    Group group = new SimpleGroup(type);
    for (int i = 0; i < values.length; i++) {
      if (!values[i].isEmpty()) {
        group.add(i, values[i]);
      }
    }
    return group;
  }

  @Test
  void theCarriersOfIpinfosSampleAgree() throws IOException {
    Path sample = SharedData.require("geoip/ipinfo-lite-sample");
    GeoIndex csv = only(sample, "ipinfo_lite_sample.csv");
    assertThat(csv.ipv4AddressCounts()).hasSizeGreaterThan(5);
    for (String carrier : new String[] {"json", "parquet", "mmdb"}) {
      GeoIndex other = only(sample, "ipinfo_lite_sample." + carrier);
      assertThat(other.ipv4AddressCounts()).isEqualTo(csv.ipv4AddressCounts());
      IpAddress address = IpAddress.parse("1.0.0.1");
      assertThat(other.autonomousSystem(address.high(), address.low()))
          .isEqualTo(new GeoIndex.AutonomousSystem(13_335, "Cloudflare, Inc."));
    }
  }

  private GeoIndex only(Path sample, String name) throws IOException {
    Path alone = Files.createDirectories(folder.resolve(name.replace('.', '-')));
    Files.copy(sample.resolve(name), alone.resolve(name));
    return load(alone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1.0.0.0,1.0.0.255,AU~1.0.2.0,1.0.1.255,AU | line 2: found '1.0.2.0' to '1.0.1.255', expected a first and a last address of one family, in this order",
        "1.0.0.0,1.0.0.255,AU~1.0.2.0,::1,AU | line 2: found '1.0.2.0' to '::1', expected a first and a last address of one family, in this order",
        "1.0.0.0,1.0.0.255,AU,x,y | line 1: found 5 values, expected 3 (country), 4 (autonomous system) or 8 (city)",
        "1.0.0.0,1.0.0.255,AU~1.0.2 | line 2: found 1 values, expected 3",
        "1.0.0.0,1.0.0.255,Australia | line 1: found country 'Australia', expected two letters A to Z",
        "1.0.0.0,1.0.0.255,AS1,x~1.0.1.0,1.0.1.255,ASx,x | line 2: found asn 'ASx', expected 0 to 4294967295",
        "'16777216','16777471','AU','Australia'~'16777472','42949672960','AU','Australia' | line 2: found 16777472 to 42949672960, expected a first and a last number of at most 32 bits, in this order",
        "'16777216','16777471','AU','Australia'~'x','16777999','AU','Australia' | line 2: found 'x', expected a decimal number",
        "'16777216','16777471','AU','Australia'~'1 | line 2: found a quote that is not closed, expected it closed in its line",
        "network,geoname_id,registered_country_geoname_id~1.0.0.0/24,77,77 | line 2: found geoname_id 77, expected it in a file of locations of the edition",
        "network,geoname_id,registered_country_geoname_id~1.0.0.0/24,x,77 | line 2: found 'x', expected a whole number, 0 or more",
        "geoname_id,country_iso_code,geoname_id~77,AU,78 | line 1: found column 'geoname_id' twice, expected it once",
        "{\"network\": \"1.0.0.0/24\", \"country_code\": \"AU\"}~{\"network\": \"1.0.1.0/24\", | line 3: found no JSON, expected an object: Unexpected end-of-input within/between Object entries",
        "{\"network\": \"1.0.0.0/24\", \"country_code\": \"AU\"}~{\"country_code\": \"AU\"} | line 2: found '', expected a prefix such as 198.51.100.0/24 or 2001:db8::/32",
        "{\"network\": \"1.0.0.0/24\", \"country_code\": \"AU\"}~{\"network\": \"1.0.0.0/40\"} | line 2: found '1.0.0.0/40', expected a prefix such as 198.51.100.0/24 or 2001:db8::/32",
        "hello | line 1: found column 'hello', expected only network, country_code, asn, as_name, country, continent, continent_code, as_domain",
      })
  void aBrokenFileIsRefusedWithLineFoundAndExpected(String content, String message)
      throws IOException {
    Path file = folder.resolve("edition");
    Files.writeString(file, content.replace('~', '\n').replace('\'', '"') + "\n");
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(BrokenEditionException.class)
        .hasMessage("geo-IP edition refused: file:" + file + ", " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2!x!1!2!1!1!+00~x!NL!ipv4!1.0.0.0!256!!allocated!a; found 1 records, expected 2: cut short",
        "x!NL!ipv4!1.0.0.0!256!!allocated!a; found 'x', expected version|registry|serial|records|startdate|enddate|UTCoffset",
        "2!x!1!1!1!1!+00~x!NL!ipv4!1.0.0.0!x!!allocated!a; found 'x', expected a whole number, 0 or more",
        "2!x!1!1!1!1!+00~x!NL!ipv4!255.255.255.0!512!!allocated!a; found ipv4 '255.255.255.0' with 512 addresses, expected a first address and how many",
        "2!x!1!1!1!1!+00~x!NL!ipv9!1.0.0.0!256!!allocated!a; found type 'ipv9', expected ipv4, ipv6 or asn",
        "2!x!1!1!1!1!+00~x!NL!ipv4!1.0.0.0!256!!sold!a; found status 'sold', expected allocated, assigned, available or reserved",
        "2!x!1!1!1!1!+00~x!NL!ipv6!2001:db8::!200!!allocated!a; found '2001:db8::/200', expected a prefix such as 198.51.100.0/24 or 2001:db8::/32",
      })
  void aBrokenRegistryFileIsRefused(String content, String problem) throws IOException {
    Files.writeString(
        folder.resolve("edition"), content.replace('~', '\n').replace('!', '|') + "\n");
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(BrokenEditionException.class)
        .hasMessageEndingWith(": " + problem)
        .hasMessageMatching("(?s).*, line [12]: .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "own",
        "geolite2-country",
        "geolite2-asn",
        "ipinfo-lite-csv",
        "ipinfo-lite-json",
        "dbip-city",
        "ip2location-country",
        "rir-delegated"
      })
  void aGzipCutShortIsRefusedWithItsOffset(String format) throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES.resolve(format))) {
      for (Path file : files.sorted().toList()) {
        gzip(file, file.getFileName().toString());
        Path zipped = folder.resolve(file.getFileName().toString());
        byte[] whole = Files.readAllBytes(zipped);
        Files.write(zipped, Arrays.copyOf(whole, whole.length - 12));
      }
    }
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(BrokenEditionException.class)
        .hasMessageMatching("(?s).*, (before byte|line) \\d+: .*");
  }

  @Test
  void anMmdbThatIsDamagedInsideIsRefusedOrSaysTheSame() throws IOException {
    byte[] whole = Files.readAllBytes(SharedData.require("geoip/mmdb/GeoLite2-Country-Test.mmdb"));
    Random random = new Random(3);
    int refused = 0;
    for (int trial = 0; trial < 40; trial++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      Arrays.fill(damaged, at, Math.min(at + 200, damaged.length), (byte) 0xFF);
      Files.write(folder.resolve("edition"), damaged);
      try {
        load(folder);
      } catch (BrokenEditionException e) {
        assertThat(e).hasMessageMatching("(?s).*edition, (network )?\\d+( bytes| networks)?: .*");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(30);
  }

  @Test
  void noFormatLosesWhatItCannotRead() throws IOException {
    for (String format : List.of("mmdb", "parquet", "json")) {
      Path sample = SharedData.require("geoip/ipinfo-lite-sample/ipinfo_lite_sample." + format);
      byte[] whole = Files.readAllBytes(sample);
      Path alone = Files.createDirectories(folder.resolve(format.toUpperCase(Locale.ROOT)));
      Files.write(alone.resolve("edition"), Arrays.copyOf(whole, whole.length - 50));
      assertThatThrownBy(() -> load(alone))
          .as(format)
          .isInstanceOf(BrokenEditionException.class)
          .hasMessageContaining(alone.resolve("edition").toString());
    }
  }
}

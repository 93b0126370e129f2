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
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.exposureatlas.address.IpAddress;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.MissingInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoEditionsTest {

  private static final LocalDate DAY = LocalDate.parse("2022-07-21");

  @TempDir Path root;

  private Path edition(String provider, String date, String content) throws IOException {
    Path folder = Files.createDirectories(root.resolve(provider + "/edition=" + date));
    return Files.writeString(folder.resolve("country.csv"), content);
  }

  private GeoEditions list(String... provider) {
    return GeoEditions.list(
        new Configuration(), root.toString(), Arrays.stream(provider).findFirst());
  }

  private GeoIndex load() {
    return EditionReader.load(new Configuration(), list().asOf(DAY)).index();
  }

  @Test
  void theNewestEditionOnOrBeforeTheDayIsInForceElseTheOldest() throws IOException {
    for (String date : new String[] {"2022-01-01", "2022-07-01", "2022-07-22"}) {
      edition("rir", date, "network,country_code\n1.0.0.0/24,AU\n");
    }
    assertThat(list().asOf(DAY).id()).isEqualTo("rir/2022-07-01");
    assertThat(list().asOf(LocalDate.parse("2022-07-22")).id()).isEqualTo("rir/2022-07-22");
    assertThat(list().asOf(LocalDate.parse("2021-12-31")).id()).isEqualTo("rir/2022-01-01");
    GeoEditions direct =
        GeoEditions.list(new Configuration(), root.resolve("rir").toString(), Optional.empty());
    assertThat(direct.asOf(DAY).id()).isEqualTo("rir/2022-07-01");
  }

  @Test
  void aMissingEditionSaysWhereItLookedAndForWhat() {
    assertThatThrownBy(this::list)
        .isInstanceOf(MissingInputException.class)
        .hasMessage(
            "no geo-IP edition for any date: looked at "
                + root
                + "/<provider>/edition=<yyyy-mm-dd>/");
  }

  @Test
  void ofSeveralProvidersOneMustBeChosen() throws IOException {
    edition("a", "2022-01-01", "network,country_code\n1.0.0.0/24,AU\n");
    edition("b", "2022-02-01", "network,country_code\n1.0.0.0/24,AU\n");
    assertThatThrownBy(this::list)
        .isInstanceOf(ConfigException.class)
        .hasMessage("spark.atlas.geoip.provider: found '', expected one of a, b");
    assertThat(list("a").asOf(DAY).id()).isEqualTo("a/2022-01-01");
  }

  @Test
  void readsAutonomousSystemsQuotesAndColumnsInAnyOrder() throws IOException {
    edition(
        "x",
        "2022-01-01",
        "asn,as_name,network,country_code\r\nAS64496,\"Example, \"\"Inc\"\"\",1.0.0.0/24,AU\r\n,,1.0.1.0/24,\r\n");
    GeoIndex index = load();
    IpAddress address = IpAddress.parse("1.0.0.7");
    assertThat(index.autonomousSystem(address.high(), address.low()))
        .isEqualTo(new GeoIndex.AutonomousSystem(64_496, "Example, \"Inc\""));
    assertThat(index.countryCode(address.high(), address.low())).isEqualTo("AU");
    IpAddress other = IpAddress.parse("1.0.1.7");
    assertThat(index.countryCode(other.high(), other.low())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "network,country_code,city;1.0.0.0/24,AU,X | line 1: found column 'city', expected only network, country_code, asn, as_name, country, continent, continent_code, as_domain",
        "network,country_code,country_code;1.0.0.0/24,AU,NL | line 1: found column 'country_code' twice, expected it once",
        "network;1.0.0.0/24 | line 1: found [network], expected network and country_code, or asn",
        "network,country_code;1.0.0.0/33,AU | line 2: found '1.0.0.0/33', expected a prefix such as 198.51.100.0/24 or 2001:db8::/32",
        "network,country_code;1.0.0.0/24,AU;1.0.0.1/24,AU | line 3: found '1.0.0.1/24', expected no bits set behind the prefix length",
        "network,country_code;1.0.0.0/24,Australia | line 2: found country 'Australia', expected two letters A to Z",
        "network,country_code;1.0.0.0/24 | line 2: found 1 values, expected 2",
        "network,country_code | line 1: found no prefix, expected at least one",
      })
  void aBrokenEditionIsRefusedWithFileLineFoundAndExpected(String content, String message)
      throws IOException {
    Path file = edition("x", "2022-01-01", content.replace(';', '\n') + "\n");
    assertThatThrownBy(this::load)
        .isInstanceOf(BrokenEditionException.class)
        .hasMessage("geo-IP edition refused: file:" + file + ", " + message);
  }

  @Test
  void aTruncatedEditionIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("network,country_code\n1.0.0.0/24,AU\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = edition("x", "2022-01-01", "");
    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
    assertThatThrownBy(this::load)
        .isInstanceOf(BrokenEditionException.class)
        .hasMessageContaining(file + ", before byte " + (bytes.size() - 12) + ": cannot be read: ");
  }
}

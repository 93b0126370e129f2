package org.exposureatlas.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::FFFF:c000:0201, 192.0.2.1",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "[2001:db8::5], 2001:db8::5",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "0:0:0:0:0:0:0:0, ::",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
  })
  void isWrittenInRfc5952Form(String text, String canonical) {
    assertThat(IpAddress.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4 ",
        "1.2.3.",
        ".1.2.3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        ":::",
        ":1",
        "1:",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "[192.0.2.1]",
        "[::1",
        "1:2:3:4:5:6:7:192.0.2.1",
        "::192.0.2.300",
        "example.org"
      })
  void otherTextIsNoAddress(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  @Property
  void agreesWithTheJdk(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
    IpAddress address = IpAddress.ofBytes(bytes);
    assertThat(IpAddress.parse(InetAddress.getByAddress(bytes).getHostAddress()))
        .isEqualTo(address)
        .isEqualTo(IpAddress.parse(address.toString()));
  }

  @Provide
  Arbitrary<String> nearlyDotted() {
    return Arbitraries.of("0", "1", "9", "25", "00", "07", "99", "100", "255", "256", "1000", "")
        .flatMap(this::endingIn)
        .list()
        .ofMinSize(3)
        .ofMaxSize(5)
        .map(octets -> String.join(".", octets));
  }

  /** The octet, or now and then with another character behind it. */
  private Arbitrary<String> endingIn(String octet) {
    return Arbitraries.frequencyOf(
        Tuple.of(12, Arbitraries.just(octet)),
        Tuple.of(
            1, Arbitraries.of('\0', '/', ':', ' ', '-', 'a', '\u00b0').map(end -> octet + end)));
  }

  @Property(tries = 5_000)
  void dottedTextIsFourOctetsWithoutLeadingZeros(@ForAll("nearlyDotted") String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    String octet = "(0|[1-9][0-9]{0,2})";
    Matcher dotted = Pattern.compile(String.join("\\.", octet, octet, octet, octet)).matcher(text);
    long expected = dotted.matches() ? 0 : -1;
    for (int i = 1; i <= 4 && expected >= 0; i++) {
      int value = Integer.parseInt(dotted.group(i));
      expected = value > 255 ? -1 : expected << 8 | value;
    }
    assertThat(AddressParser.ipv4(bytes, 0, bytes.length)).as(text).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0, 192.0.2.255",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
    "192.0.2.7/32, 192.0.2.7, 192.0.2.7",
    "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void aPrefixKnowsItsFirstAndLastAddress(String text, String first, String last) {
    Prefix prefix = Prefix.parse(text);
    assertThat(prefix.first()).isEqualTo(IpAddress.parse(first));
    assertThat(prefix.last()).isEqualTo(IpAddress.parse(last));
    assertThat(prefix.contains(prefix.first()) && prefix.contains(prefix.last())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.0",
        "192.0.2.0/33",
        "192.0.2.0/",
        "192.0.2.1/24",
        "x/8",
        "::/129",
        "192.0.2.0/-1"
      })
  void aBadPrefixIsRefused(String text) {
    assertThatThrownBy(() -> Prefix.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found '" + text + "', expected");
  }

  @Property
  void bytesWithinOthersAreReadLikeText(@ForAll @Size(16) byte[] bytes) {
    String text = "x" + IpAddress.ofBytes(bytes) + "x";
    byte[] within = text.getBytes(StandardCharsets.US_ASCII);
    AddressParser parser = new AddressParser();
    assertThat(parser.parse(within, 1, within.length - 1)).isTrue();
    assertThat(new IpAddress(parser.high(), parser.low())).isEqualTo(IpAddress.ofBytes(bytes));
  }
}

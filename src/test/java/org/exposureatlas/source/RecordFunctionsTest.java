package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFunctionsTest {

  private static Long instant(String text) {
    return InstantFunction.invoke(UTF8String.fromString(text));
  }

  private static Long whole(String text) {
    return WholeNumberFunction.invoke(UTF8String.fromString(text));
  }

  private static String service(String protocol) {
    return ServiceTypeFunction.invoke(UTF8String.fromString(protocol)).toString();
  }

  @Property(tries = 500)
  void instantsAreThoseOfTheJdkToTheMicrosecond(
      @ForAll @LongRange(min = -62_000_000_000L, max = 253_402_300_799L) long second,
      @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
    Instant instant = Instant.ofEpochSecond(second, nanos);
    assertThat(instant(instant.toString())).isEqualTo(1_000_000 * second + nanos / 1_000);
  }

  @Property(tries = 500)
  void textsLikeInstantsMeanWhatSparkReads(@ForAll("likeInstants") String text) {
    UTF8String bytes = UTF8String.fromString(text);
    var expected = DateTimeUtils.stringToTimestamp(bytes, ZoneOffset.UTC);
    assertThat(InstantFunction.invoke(bytes))
        .isEqualTo(expected.isDefined() ? expected.get() : null);
  }

  @Property(tries = 500)
  void numbersInKeysAreThoseOfTheJdk(
      @ForAll long asn, @ForAll long containers, @ForAll @LongRange(min = -99, max = 99) long few) {
    UTF8String service = UTF8String.fromString("mongodb");
    assertThat(FingerprintFunction.invoke(asn, service, containers, few, 1L << 30))
        .hasToString("fingerprint:%d/mongodb/%d/%d/1073741824", asn, containers, few);
  }

  @Provide
  Arbitrary<String> likeInstants() {
    Arbitrary<String> digits = Arbitraries.strings().withChars("0123459").ofLength(2);
    Arbitrary<String> ends =
        Arbitraries.of(
            "Z",
            ".Z",
            ".5Z",
            ".1234567891Z",
            "+02:00",
            ".25-03:30",
            "+17:59",
            "-18:00",
            "+18:30",
            "+02:60",
            "+2:00",
            "*02:00",
            "+02-00",
            "",
            "z");
    return Arbitraries.of("2022", "2024", "1900", "0000")
        .flatMap(
            year ->
                digits
                    .list()
                    .ofSize(5)
                    .flatMap(
                        part ->
                            ends.map(
                                end ->
                                    String.format(
                                        "%s-%s-%sT%s:%s:%s%s",
                                        year,
                                        part.get(0),
                                        part.get(1),
                                        part.get(2),
                                        part.get(3),
                                        part.get(4),
                                        end))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "T",
        "2022-07-20",
        "2022-07-20 11:12:13Z",
        "0001-01-01T00:00:00Z",
        "yesterday"
      })
  void otherTextsAreNoInstant(String text) {
    assertThat(instant(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1e999999999", "-1e999999999", "1.5", "'1,234'", "0x10", "9223372036854775808", "''"})
  void whatIsNoWholeNumberOf64BitsIsNone(String text) {
    assertThat(whole(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12",
    "' 12.0 ', 12",
    "1e3, 1000",
    "-5, -5",
    "+5, 5",
    "0.00000001, 0",
    "1e-999999999, 0",
    "9223372036854775807, 9223372036854775807",
    "000000000000000000012, 12"
  })
  void numbersAreReadInEveryForm(String text, long expected) {
    assertThat(whole(text)).isEqualTo(expected);
  }

  @Property(tries = 200)
  void wholeNumbersAreThoseOfBigDecimal(@ForAll long number) {
    assertThat(whole(new BigDecimal(number).setScale(2).toString())).isEqualTo(number);
    assertThat(whole(Long.toString(number))).isEqualTo(number);
  }

  @Test
  void protocolsHaveOneServiceTypeInAnyCaseAndOtherwiseOther() {
    ServiceType.BY_PROTOCOL.forEach(
        (protocol, type) -> {
          assertThat(service(protocol)).isEqualTo(type);
          assertThat(service(protocol.toUpperCase(Locale.ROOT))).isEqualTo(type);
        });
    assertThat(ServiceType.ALL).allSatisfy(type -> assertThat(service(type)).isEqualTo(type));
    assertThat(service("gopher")).isEqualTo(ServiceType.OTHER);
    assertThat(ServiceTypeFunction.invoke(null)).hasToString(ServiceType.OTHER);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"'', NULL", "'  ', NULL", "' a b ', a b", "a, a", "NULL, NULL"},
      nullValues = "NULL")
  void textsLoseTheSpacesAroundThem(String text, String expected) {
    assertThat(TrimmedFunction.invoke(UTF8String.fromString(text)))
        .isEqualTo(UTF8String.fromString(expected));
  }

  @ParameterizedTest
  @CsvSource(
      value = {"12, false", "' ', false", "NULL, false", "'1,234', true", "5 GB, true"},
      nullValues = "NULL")
  void whatIsNeitherNumberNorNothingIsUnreadable(String text, boolean expected) {
    assertThat(UnreadableFunction.invoke(UTF8String.fromString(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1048575, false",
    "1048576, true",
    "1152921504606846975, true",
    "1152921504606846976, false"
  })
  void fingerprintsAreOfSizesThatDoNotAgreeByChanceAndCanBe(long bytes, boolean hasOne) {
    assertThat(FingerprintFunction.invoke(3320, UTF8String.fromString("mongodb"), 3, 70, bytes))
        .isEqualTo(hasOne ? UTF8String.fromString("fingerprint:3320/mongodb/3/70/" + bytes) : null);
    assertThat(FingerprintFunction.invoke(3320, null, 3, 70, bytes)).isNull();
  }

  @Test
  void remarksOfAdapterAndOfAnySourceAreSortedAndEachToldOnce() {
    ArrayData ofAdapter =
        new GenericArrayData(
            new Object[] {
              UTF8String.fromString("size_unreadable"),
              null,
              UTF8String.fromString("country_disagrees")
            });
    UTF8String germany = UTF8String.fromString("DE");
    UTF8String france = UTF8String.fromString("FR");
    assertThat(flags(QualityFlagsFunction.invoke(ofAdapter, -1, germany, france, true, true)))
        .containsExactly(
            "country_disagrees",
            "edition_after_snapshot",
            "size_below_zero",
            "size_unreadable",
            "special_purpose_address");
    assertThat(flags(QualityFlagsFunction.invoke(null, 1L << 60, null, france, false, false)))
        .containsExactly("implausible_size");
    assertThat(flags(QualityFlagsFunction.invoke(null, 0, france, france, false, false))).isEmpty();
  }

  private static List<String> flags(ArrayData flags) {
    return Arrays.stream(flags.array()).map(Object::toString).toList();
  }
}

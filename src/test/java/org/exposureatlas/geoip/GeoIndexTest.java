package org.exposureatlas.geoip;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.Reader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.hadoop.conf.Configuration;
import org.exposureatlas.address.IpAddress;
import org.exposureatlas.address.Prefix;
import org.exposureatlas.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every look-up agrees with a naive search for the longest prefix. */
class GeoIndexTest {

  private record Entry(Prefix prefix, String country) {}

  private static String naive(List<Entry> entries, IpAddress address) {
    return entries.stream()
        .filter(entry -> entry.prefix.contains(address))
        .max(Comparator.comparingInt((Entry entry) -> entry.prefix.length()))
        .map(Entry::country)
        .orElse(null);
  }

  private static GeoIndex index(List<Entry> entries) {
    GeoIndex.Builder builder = new GeoIndex.Builder();
    Span addresses = new Span();
    for (Entry entry : entries) {
      addresses.set(entry.prefix);
      builder.country(addresses, entry.country);
    }
    return builder.build();
  }

  private static IpAddress moved(IpAddress address, int by) {
    long low = address.low() + by;
    long carry = by > 0 && Long.compareUnsigned(low, address.low()) < 0 ? 1 : 0;
    long borrow = by < 0 && Long.compareUnsigned(low, address.low()) > 0 ? 1 : 0;
    return new IpAddress(address.high() + carry - borrow, low);
  }

  private static List<IpAddress> boundaries(Entry entry) {
    return List.of(
        entry.prefix.first(),
        entry.prefix.last(),
        moved(entry.prefix.first(), -1),
        moved(entry.prefix.last(), 1));
  }

  /** Few bits are free, so that prefixes nest, touch and repeat. */
  private static List<Entry> randomEntries(Random random) {
    Map<Prefix, String> byPrefix = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      boolean ipv4 = random.nextInt(3) > 0;
      int length = ipv4 ? 96 + 8 + random.nextInt(25) : 16 + random.nextInt(113);
      IpAddress base =
          ipv4
              ? IpAddress.ofIpv4(
                  (long) random.nextInt(4) << 24 | random.nextInt(3) << 8 | random.nextInt(4))
              : new IpAddress(0x2a00L << 48 | random.nextInt(4), random.nextInt(4));
      Prefix prefix = truncate(base, length);
      byPrefix.put(prefix, "" + (char) ('A' + random.nextInt(4)) + 'X');
    }
    return byPrefix.entrySet().stream()
        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Prefix truncate(IpAddress address, int length) {
    long high = length >= 64 ? address.high() : address.high() & -1L << 64 - length;
    long low =
        length <= 64 ? 0 : length == 128 ? address.low() : address.low() & -1L << 128 - length;
    return new Prefix(new IpAddress(high, low), length);
  }

  @Property(tries = 300)
  void agreesOnRandomPrefixes(@ForAll long seed) {
    Random random = new Random(seed);
    List<Entry> entries = randomEntries(random);
    GeoIndex index = index(entries);
    List<IpAddress> addresses = new ArrayList<>();
    entries.forEach(entry -> addresses.addAll(boundaries(entry)));
    for (int i = 0; i < 200; i++) {
      addresses.add(IpAddress.ofIpv4((long) random.nextInt(5) << 24 | random.nextInt(1 << 12)));
    }
    addresses.add(IpAddress.parse("0.0.0.0"));
    addresses.add(IpAddress.parse("255.255.255.255"));
    addresses.add(IpAddress.parse("::"));
    for (IpAddress address : addresses) {
      assertThat(index.countryCode(address.high(), address.low()))
          .as(address + " in " + entries)
          .isEqualTo(naive(entries, address));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, true",
    "10.1.2.3, true",
    "100.64.0.1, true",
    "127.0.0.1, true",
    "192.0.2.1, true",
    "192.0.0.9, false",
    "224.0.0.1, true",
    "255.255.255.255, true",
    "9.255.255.255, false",
    "11.0.0.0, false",
    "172.15.255.255, false",
    "172.32.0.0, false",
    "::1, true",
    "2001:db8::1, true",
    "2001:20::1, false",
    "2001:2::1, true",
    "2a00::1, false",
    "fe80::1, true",
    "ff02::1, true"
  })
  void knowsSpecialPurposeBlocksWhateverTheEditionSays(String text, boolean special) {
    GeoIndex index =
        index(
            List.of(
                new Entry(Prefix.parse("0.0.0.0/0"), "NL"), new Entry(Prefix.parse("::/0"), "NL")));
    IpAddress address = IpAddress.parse(text);
    GeoIndex.Place place = index.places().get(index.place(address.high(), address.low()));
    assertThat(place).isEqualTo(new GeoIndex.Place("NL", null, special));
  }

  @Property(tries = 100)
  void ofRangesThatOverlapInAnyWayTheSmallestCounts(@ForAll long seed) {
    Random random = new Random(seed);
    GeoIndex.Builder builder = new GeoIndex.Builder();
    List<long[]> ranges = new ArrayList<>();
    Span addresses = new Span();
    for (int i = 0; i < 40; i++) {
      long first = 0x0B00_0000L + random.nextInt(100);
      long last = first + random.nextInt(30);
      ranges.add(new long[] {first, last});
      IpAddress from = IpAddress.ofIpv4(first);
      IpAddress to = IpAddress.ofIpv4(last);
      addresses.set(from.high(), from.low(), to.high(), to.low());
      builder.system(addresses, i, null);
    }
    GeoIndex index = builder.build();
    for (long bits = 0x0B00_0000L - 1; bits < 0x0B00_0000L + 140; bits++) {
      IpAddress address = IpAddress.ofIpv4(bits);
      GeoIndex.AutonomousSystem found = index.autonomousSystem(address.high(), address.low());
      assertThat(found == null ? -1 : (int) found.number()).isEqualTo(smallest(ranges, bits));
    }
  }

  /** Position of the smallest range that holds an address, the last of equal ones; -1: none. */
  private static int smallest(List<long[]> ranges, long address) {
    int smallest = -1;
    for (int i = 0; i < ranges.size(); i++) {
      long[] range = ranges.get(i);
      boolean holds = range[0] <= address && address <= range[1];
      if (holds && (smallest < 0 || size(range) <= size(ranges.get(smallest)))) {
        smallest = i;
      }
    }
    return smallest;
  }

  private static long size(long[] range) {
    return range[1] - range[0];
  }

  @Test
  void countsTheAddressesOfEachCountryWithoutWhatIsNestedInside() {
    GeoIndex index =
        index(
            List.of(
                new Entry(Prefix.parse("192.0.2.0/24"), "NL"),
                new Entry(Prefix.parse("192.0.2.128/26"), "BR"),
                new Entry(Prefix.parse("2001:db8::/32"), "NL")));
    assertThat(index.ipv4AddressCounts()).isEqualTo(Map.of("NL", 192L, "BR", 64L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2022-01-01",
        "2022-07-01",
        "2023-07-01",
        "2024-06-30",
        "2025-07-02",
        "2026-02-01"
      })
  void agreesOnRealEditions(String date) throws IOException {
    Path folder = SharedData.require("geoip/rir/edition=" + date);
    GeoEdition edition =
        new GeoEdition("rir", LocalDate.parse(date), new org.apache.hadoop.fs.Path(folder.toUri()));
    GeoIndex index = EditionReader.load(new Configuration(), edition).index();
    Map<Prefix, String> byPrefix = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("country.csv.gz"))),
                StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",");
        Entry entry = new Entry(Prefix.parse(cells[0]), cells[1]);
        entries.add(entry);
        byPrefix.put(entry.prefix, entry.country);
      }
    }
    assertThat(entries).hasSizeBetween(209_000, 244_000);
    Random random = new Random(7);
    List<IpAddress> addresses = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      addresses.add(IpAddress.ofIpv4(random.nextInt() & 0xFFFF_FFFFL));
      addresses.add(new IpAddress(0x2001L << 48 | random.nextLong() >>> 16, random.nextLong()));
      addresses.addAll(boundaries(entries.get(random.nextInt(entries.size()))));
    }
    for (IpAddress address : addresses) {
      assertThat(index.countryCode(address.high(), address.low()))
          .as(address.toString())
          .isEqualTo(longest(byPrefix, address));
    }
  }

  /** The longest prefix of an address, by trying all lengths. */
  private static String longest(Map<Prefix, String> byPrefix, IpAddress address) {
    for (int length = 128; length >= 0; length--) {
      String found = byPrefix.get(truncate(address, length));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GeoIP2-City-Test.mmdb",
        "GeoIP2-Country-Test.mmdb",
        "GeoLite2-City-Test.mmdb",
        "GeoLite2-Country-Test.mmdb",
        "GeoLite2-ASN-Test.mmdb"
      })
  void agreesWithMaxMindsReader(String name) throws Exception {
    Path file = SharedData.require("geoip/mmdb/" + name);
    GeoIndex.Builder builder = new GeoIndex.Builder();
    MmdbEdition.read(name, Files.readAllBytes(file), builder);
    GeoIndex index = builder.build();
    int located = 0;
    try (Reader reader = new Reader(file.toFile())) {
      var records = reader.networks(Map.class);
      while (records.hasNext()) {
        InetAddress network = records.next().network().networkAddress();
        for (int by : new int[] {-1, 0, 1, 200}) {
          IpAddress address = moved(IpAddress.ofBytes(network.getAddress()), by);
          Map<?, ?> data = reader.get(InetAddress.getByName(address.toString()), Map.class);
          assertThat(index.countryCode(address.high(), address.low()))
              .as(address.toString())
              .isEqualTo(country(data));
          GeoIndex.AutonomousSystem system = index.autonomousSystem(address.high(), address.low());
          assertThat(system == null ? null : system.number()).isEqualTo(asn(data));
          located += data == null ? 0 : 1;
        }
      }
    }
    assertThat(located).isGreaterThan(100);
  }

  private static Object country(Map<?, ?> data) {
    Object found = data == null ? null : iso(data.get("country"));
    return found != null || data == null ? found : iso(data.get("registered_country"));
  }

  private static Object iso(Object country) {
    return country instanceof Map<?, ?> map ? map.get("iso_code") : null;
  }

  private static Long asn(Map<?, ?> data) {
    Object number = data == null ? null : data.get("autonomous_system_number");
    return number == null ? null : ((Number) number).longValue();
  }
}

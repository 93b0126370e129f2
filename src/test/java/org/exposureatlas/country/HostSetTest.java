package org.exposureatlas.country;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.exposureatlas.address.IpAddress;

class HostSetTest {

  private static HostSet of(int... addresses) {
    HostSet hosts = new HostSet();
    for (int address : addresses) {
      hosts.add(IpAddress.ofIpv4(address).toString().getBytes(StandardCharsets.US_ASCII));
    }
    return hosts;
  }

  private static List<String> shown(HostSet hosts) {
    List<String> shown = new ArrayList<>();
    hosts.forEach(
        (text, length) -> shown.add(new String(text, 0, length, StandardCharsets.US_ASCII)));
    return shown;
  }

  private static List<String> ascending(int... addresses) {
    return Arrays.stream(addresses)
        .sorted()
        .distinct()
        .mapToObj(address -> IpAddress.ofIpv4(address).toString())
        .toList();
  }

  @Property(tries = 50)
  void showsEveryAddressOnceInAscendingOrder(@ForAll @Size(max = 5_000) int[] addresses) {
    HostSet hosts = of(addresses);
    assertThat(shown(hosts)).isEqualTo(ascending(addresses));
    assertThat(hosts.count()).isEqualTo(ascending(addresses).size());
  }

  @Property(tries = 50)
  void mergesAsIfAllHadBeenAddedToOne(
      @ForAll @Size(max = 3_000) int[] some, @ForAll @Size(max = 3_000) int[] others) {
    int[] all = Arrays.copyOf(some, some.length + others.length);
    System.arraycopy(others, 0, all, some.length, others.length);
    assertThat(shown(of(some).merge(of(others)))).isEqualTo(ascending(all));
  }

  @Example
  void addressesOfEqualDigitsAndOfEitherSignAreInOrder() {
    int[] addresses = new int[4_096];
    Arrays.setAll(addresses, i -> Integer.reverse(i) ^ i >> 3);
    assertThat(shown(of(addresses))).isEqualTo(ascending(addresses));
  }
}

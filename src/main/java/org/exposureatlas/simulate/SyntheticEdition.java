package org.exposureatlas.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Invented geo-IP editions for a simulated world: every country owns some networks; a few of them
 * belong to a neighbour in the earlier edition, and those of {@code ZZ} are in no edition.
 */
public final class SyntheticEdition implements AddressSpace {

  /** Provider of the invented editions. */
  public static final String PROVIDER = "simulated";

  static final long FIRST_ASN = 4_200_000_000L;

  private static final int SYSTEMS_PER_COUNTRY = 6;
  private static final int BLOCK_BITS = 17;

  /** So many that worlds of 200 million records a snapshot have an address for each store. */
  private static final int EXPOSURES_PER_BLOCK = 150;

  private static final int ABROAD_BITS = 10;
  private static final long FIRST_BLOCK = 0x0B00_0000L;
  private static final long IPV6_PREFIX = 0x2A10_0000L;
  private static final LocalDate EARLIER = LocalDate.of(2022, 6, 1);
  private static final LocalDate LATER = LocalDate.of(2022, 7, 12);

  private static final int MOVING = 97;

  /** Who holds the networks that change hands. */
  private enum Holder {
    NEIGHBOUR,
    OWNER
  }

  private final List<Network> networks = new ArrayList<>();

  /** The networks of every country of the simulated world. */
  public SyntheticEdition() {
    List<CountryProfile> countries = CountryProfile.all();
    long block = FIRST_BLOCK;
    for (CountryProfile country : countries) {
      for (int system = 1; system <= SYSTEMS_PER_COUNTRY; system++) {
        long blocks = blocks(country);
        Ipv4Range abroad = new Ipv4Range(block, block + (1L << ABROAD_BITS) - 1);
        Ipv4Range home = new Ipv4Range(abroad.last() + 1, block + (blocks << BLOCK_BITS) - 1);
        networks.add(
            new Network(
                country.code(),
                FIRST_ASN + networks.size(),
                "Simulated " + country.name() + " " + system,
                List.of(home),
                List.of(abroad),
                IPV6_PREFIX + networks.size()));
        block = home.last() + 1;
      }
    }
  }

  private static long blocks(CountryProfile country) {
    return 1 + country.exposures() / EXPOSURES_PER_BLOCK;
  }

  @Override
  public List<Network> networks() {
    return networks;
  }

  /** Writes {@code <root>/simulated/edition=<date>/country.csv} for two dates. */
  public void write(Configuration hadoop, String root) {
    write(hadoop, root, EARLIER, Holder.NEIGHBOUR);
    write(hadoop, root, LATER, Holder.OWNER);
  }

  private void write(Configuration hadoop, String root, LocalDate date, Holder holder) {
    Path file = new Path(root, PROVIDER + "/edition=" + date + "/country.csv");
    StringBuilder text = new StringBuilder("network,country_code,asn,as_name\n");
    for (int i = 0; i < networks.size(); i++) {
      Network network = networks.get(i);
      Network neighbour = networks.get((i + SYSTEMS_PER_COUNTRY) % networks.size());
      boolean isAway = i % MOVING == MOVING - 1 && holder == Holder.NEIGHBOUR;
      String country = isAway ? neighbour.countryCode() : network.countryCode();
      append(text, network.ranges().get(0), country, network);
      append(text, network.abroad().get(0), neighbour.countryCode(), network);
      row(
          text,
          Long.toHexString(network.ipv6Prefix()).replaceFirst("(....)(....)", "$1:$2::/32"),
          country,
          network);
    }
    try {
      FileSystem files = file.getFileSystem(hadoop);
      try (OutputStream out = files.create(file, true)) {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The prefixes of a range. */
  private static void append(StringBuilder text, Ipv4Range range, String country, Network network) {
    long first = range.first();
    while (first <= range.last()) {
      int bits = Math.min(Long.numberOfTrailingZeros(first), 32);
      while (first + (1L << bits) - 1 > range.last()) {
        bits--;
      }
      row(text, Address.ipv4(first) + "/" + (32 - bits), country, network);
      first += 1L << bits;
    }
  }

  private static void row(StringBuilder text, String prefix, String country, Network network) {
    if (country.equals("ZZ")) {
      return;
    }
    text.append(prefix).append(',').append(country).append(',');
    text.append(network.asn()).append(',').append(network.name()).append('\n');
  }
}

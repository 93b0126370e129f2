package org.exposureatlas.address;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The blocks that no host on the public Internet answers from: those marked "Globally Reachable:
 * False" in the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), edition {@link
 * #EDITION}, and multicast.
 */
public final class SpecialPurpose {

  /** Date of the registries used. */
  public static final String EDITION = "2024-12";

  /** Whether hosts of a block can be reached from the public Internet. */
  public enum Reach {
    /** They can, though a wider block says otherwise. */
    GLOBAL,
    /** They cannot. */
    NONE
  }

  /**
   * A block of the registries; the most specific one that holds an address decides.
   *
   * @param prefix its addresses
   * @param reach whether they can be reached
   */
  public record Block(Prefix prefix, Reach reach) {}

  private static final List<Block> BLOCKS = load();

  private SpecialPurpose() {}

  /** All blocks; addresses in none of them can be reached. */
  public static List<Block> blocks() {
    return BLOCKS;
  }

  private static List<Block> load() {
    try (InputStream in = SpecialPurpose.class.getResourceAsStream("special-purpose.csv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("prefix,"))
          .map(line -> line.split(",", 3))
          .map(cells -> new Block(Prefix.parse(cells[0]), reach(cells[1])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read special-purpose.csv", e);
    }
  }

  private static Reach reach(String isReachable) {
    return Boolean.parseBoolean(isReachable) ? Reach.GLOBAL : Reach.NONE;
  }
}

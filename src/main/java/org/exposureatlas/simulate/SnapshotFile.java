package org.exposureatlas.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.exposureatlas.simulate.Dice.Topic;

/** Writes one raw file of a snapshot, and adds up what is true of it. */
final class SnapshotFile {

  /** What a row of {@code truth} is about. */
  record Cell(String countryCode, String serviceType) implements Comparable<Cell> {

    @Override
    public int compareTo(Cell other) {
      int byCountry = countryCode.compareTo(other.countryCode);
      return byCountry != 0 ? byCountry : serviceType.compareTo(other.serviceType);
    }
  }

  /** Sums of one cell. */
  static final class Sums {
    long hosts;
    long endpoints;
    long exposures;
    long reportedBytes;
    long deduplicatedBytes;
    long cleanBytes;
    long infected;
    long honeypots;
    long unknownSize;
  }

  private static final double BROKEN_SHARE = 0.01;
  private static final double BLANK_SHARE = 0.005;
  private static final int BROKEN_KINDS = 4;
  private static final int FIRST_EXTRA_PORT = 2_000;
  private static final String SYNACK = "synack";

  private final World world;
  private final LocalDate day;
  private final CountryLookup countries;
  private final Map<Cell, Sums> truth = new TreeMap<>();
  private long lines;
  private long rejected;
  private long blank;

  SnapshotFile(World world, LocalDate day, CountryLookup countries) {
    this.world = world;
    this.day = day;
    this.countries = countries;
  }

  /** Writes the lines of the numbers from {@code from} to before {@code to}. */
  void write(OutputStream out, long from, long to) throws IOException {
    try (EventWriter writer = new EventWriter(out, day)) {
      for (long id = from; id < to; id++) {
        Store store = world.store(id, day);
        if (store != null) {
          add(store);
          write(writer, store);
        }
        if (world.isPseudoService(id)) {
          writeExtraPorts(writer, id);
        } else if (world.isBystander(id)) {
          writeBystander(writer, id);
        }
      }
    }
  }

  Map<Cell, Sums> truth() {
    return truth;
  }

  long lines() {
    return lines;
  }

  long rejected() {
    return rejected;
  }

  long blank() {
    return blank;
  }

  private void write(EventWriter writer, Store store) throws IOException {
    Event.Secrets secrets = store.id() % 5 == 0 ? Event.Secrets.PLANTED : Event.Secrets.NONE;
    for (Endpoint endpoint : store.endpoints()) {
      long text = world.text(store.id(), day) + endpoint.port();
      if (endpoint.openPlugin() != null) {
        Store told = endpoint.explorePlugin() == null && store.bytes() == 0 ? store : null;
        line(
            writer,
            new Event(
                "leak",
                endpoint.openPlugin(),
                "open",
                endpoint,
                store.network(),
                told,
                secrets,
                text));
      }
      if (endpoint.explorePlugin() != null) {
        String stage = endpoint.explorePlugin().contains("Open") ? "open" : "explore";
        line(
            writer,
            new Event(
                "leak",
                endpoint.explorePlugin(),
                stage,
                endpoint,
                store.network(),
                store,
                secrets,
                text + 1));
      }
    }
  }

  private void line(EventWriter writer, Event event) throws IOException {
    writer.write(event);
    lines++;
  }

  private void writeExtraPorts(EventWriter writer, long id) throws IOException {
    for (int i = 0; i < World.PSEUDO_PORTS; i++) {
      line(writer, bystander("service", "http", FIRST_EXTRA_PORT + i, id, i));
    }
  }

  private void writeBystander(EventWriter writer, long id) throws IOException {
    int port = 1 + Dice.below(60_000, world.text(id, day) >>> 3);
    Event event =
        id % 2 == 0
            ? bystander(SYNACK, "", port, id, 0)
            : bystander("service", id % 3 == 0 ? "ssh" : "https", port, id, 0);
    double fate = world.chance(Topic.BROKEN, id, day);
    if (fate < BROKEN_SHARE) {
      writeBroken(writer, event, (int) (id % BROKEN_KINDS));
      lines++;
      rejected++;
    } else if (fate < BROKEN_SHARE + BLANK_SHARE) {
      writer.writeBlank();
      lines++;
      blank++;
    } else {
      line(writer, event);
    }
  }

  private static void writeBroken(EventWriter writer, Event event, int kind) throws IOException {
    switch (kind) {
      case 0 -> writer.writeBroken(event);
      case 1 -> writer.writeWithImpossiblePort(event);
      case 2 -> writer.writeWithoutTime(event);
      default -> writer.writeWithoutAddress(event);
    }
  }

  private Event bystander(String type, String protocol, int port, long id, int number) {
    Address address = world.extraAddress(id);
    int second = Dice.below(86_000, world.text(id, day));
    Endpoint endpoint = new Endpoint(address, port, "other", protocol, null, null, second);
    String plugin = type.equals(SYNACK) ? "ip4scout" : "l9tcpid";
    return new Event(
        type,
        plugin,
        "",
        endpoint,
        world.extraNetwork(id),
        null,
        Event.Secrets.NONE,
        world.text(id, day) + number);
  }

  private void add(Store store) {
    List<Endpoint> endpoints = store.endpoints();
    String service = endpoints.get(0).serviceType();
    Sums sums = truth.computeIfAbsent(new Cell(countryOf(endpoints), service), cell -> new Sums());
    sums.hosts += endpoints.stream().map(Endpoint::address).distinct().count();
    sums.endpoints += endpoints.size();
    sums.exposures++;
    long measured = endpoints.stream().filter(e -> e.explorePlugin() != null).count();
    sums.reportedBytes += measured * store.plausibleBytes();
    sums.deduplicatedBytes += store.plausibleBytes();
    sums.cleanBytes += store.isClean() ? store.plausibleBytes() : 0;
    sums.infected += store.isInfected() ? 1 : 0;
    sums.honeypots += store.nature() == Store.Nature.DECOY ? 1 : 0;
    sums.unknownSize += store.plausibleBytes() == 0 ? 1 : 0;
  }

  /** The country of most endpoints; of equals, that of the endpoint seen first. */
  private String countryOf(List<Endpoint> endpoints) {
    Map<String, Integer> counts = new HashMap<>();
    String best = null;
    for (Endpoint endpoint :
        endpoints.stream().sorted((a, b) -> Integer.compare(a.second(), b.second())).toList()) {
      String country = countries.countryCode(day, endpoint.address().bytes());
      counts.merge(country, 1, Integer::sum);
      best = best == null ? country : best;
    }
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > counts.get(best)) {
        best = entry.getKey();
      }
    }
    return best;
  }
}

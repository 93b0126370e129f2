package org.exposureatlas.simulate;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.exposureatlas.simulate.Dice.Topic;

/**
 * A world whose every store is a pure function of its number and the day.
 *
 * <p>Numbers 0 to {@link #storeCount()} - 1 are genuine stores, country after country. Behind them
 * come decoys, pseudo-services, and bystanders that expose nothing.
 */
final class World implements Serializable {

  private static final long serialVersionUID = 1L;

  static final int DECOY_COPIES = 10;
  static final int PSEUDO_PORTS = 45;

  private static final double STORES_PER_RECORD = 0.45;
  private static final double BYSTANDERS_PER_RECORD = 0.2;
  private static final long RECORDS_PER_KIT = 3_000;
  private static final long RECORDS_PER_PSEUDO_SERVICE = 4_000;
  private static final int SLOTS = 8;
  private static final int MOVED_SLOT = 7;
  private static final int KIBANA_SLOT = 6;
  private static final double TAIL = 0.6;
  private static final double TERABYTE = 1e12;
  private static final double LARGE_AND_STEADY = 0.4;
  private static final int LARGE_COUNTRIES = 10;

  private final Dice dice;
  private final LocalDate last;
  private final List<Nation> nations = new ArrayList<>();
  private final List<Network> largeNetworks = new ArrayList<>();
  private final List<AddressPool> largePools = new ArrayList<>();
  private final List<Long> largeReserved = new ArrayList<>();
  private final long stores;
  private final long kits;
  private final long pseudoServices;
  private final long bystanders;

  World(WorldConfig config, AddressSpace space) {
    dice = new Dice(config.seed());
    last = config.to();
    List<CountryProfile> profiles =
        CountryProfile.all().stream()
            .filter(profile -> profile.exposures() > 0)
            .filter(profile -> networksOf(space, profile).size() > 0)
            .toList();
    long weight = profiles.stream().mapToLong(CountryProfile::exposures).sum();
    long wanted = Math.round(config.scale() * STORES_PER_RECORD);
    long first = 0;
    for (CountryProfile profile : profiles) {
      long count = Math.max(1, Math.round((double) wanted * profile.exposures() / weight));
      nations.add(new Nation(profile, networksOf(space, profile), first, count));
      first += count;
    }
    stores = first;
    kits = Math.max(1, config.scale() / RECORDS_PER_KIT);
    pseudoServices = Math.max(1, config.scale() / RECORDS_PER_PSEUDO_SERVICE);
    bystanders = Math.round(config.scale() * BYSTANDERS_PER_RECORD);
    nations.stream()
        .sorted(Comparator.comparingLong((Nation nation) -> nation.count).reversed())
        .filter(nation -> !nation.profile.code().equals("ZZ"))
        .limit(LARGE_COUNTRIES)
        .forEach(this::addLarge);
  }

  private static List<Network> networksOf(AddressSpace space, CountryProfile profile) {
    return space.networks().stream()
        .filter(network -> network.countryCode().equals(profile.code()))
        .toList();
  }

  private void addLarge(Nation nation) {
    for (int i = 0; i < nation.networks.size(); i++) {
      largeNetworks.add(nation.networks.get(i));
      largePools.add(nation.home.get(i));
      largeReserved.add(nation.reserved());
    }
  }

  /** The stores of a country and the addresses they may have. */
  private static final class Nation implements Serializable {

    private static final long serialVersionUID = 1L;

    private final CountryProfile profile;
    private final List<Network> networks;
    private final List<AddressPool> home;
    private final List<AddressPool> abroad;
    private final long first;
    private final long count;
    private final int[] rankInPattern = new int[Kind.PATTERN.length];
    private final int calibratedInPattern;
    private final long calibrated;
    private final Permutation ranks;
    private final double bytesOfRankOne;

    Nation(CountryProfile profile, List<Network> networks, long first, long count) {
      this.profile = profile;
      this.networks = new ArrayList<>(networks);
      this.first = first;
      this.count = count;
      home = new ArrayList<>();
      abroad = new ArrayList<>();
      for (Network network : networks) {
        home.add(new AddressPool(network.ranges()));
        abroad.add(new AddressPool(network.abroad()));
      }
      int next = 0;
      for (int i = 0; i < rankInPattern.length; i++) {
        rankInPattern[i] = next;
        next += Kind.PATTERN[i].isCalibrated() ? 1 : 0;
      }
      calibratedInPattern = next;
      long rest = count % Kind.PATTERN.length;
      long total = count / Kind.PATTERN.length * next;
      for (int i = 0; i < rest; i++) {
        total += Kind.PATTERN[i].isCalibrated() ? 1 : 0;
      }
      calibrated = total;
      ranks = Permutation.of(calibrated);
      bytesOfRankOne = profile.terabytes() * TERABYTE / harmonic(calibrated);
    }

    /** Sum of r^-TAIL over ranks 1 to n; its far part by the midpoint rule. */
    private static double harmonic(long n) {
      long exact = Math.min(n, 100_000);
      double sum = 0;
      for (long rank = 1; rank <= exact; rank++) {
        sum += Math.pow(rank, -TAIL);
      }
      double power = 1 - TAIL;
      return sum + (Math.pow(n + 0.5, power) - Math.pow(exact + 0.5, power)) / power;
    }

    /** Addresses at the start of each pool that stores may use. */
    long reserved() {
      return (count / networks.size() + 1) * SLOTS;
    }

    long rank(long number) {
      long place =
          number / Kind.PATTERN.length * calibratedInPattern
              + rankInPattern[(int) (number % Kind.PATTERN.length)];
      return 1 + ranks.at(place);
    }

    Address address(long number, int slot) {
      int system = (int) (number % networks.size());
      return home.get(system).at(number / networks.size() * SLOTS + slot);
    }
  }

  long storeCount() {
    return stores;
  }

  /** All numbers: stores, decoys, pseudo-services, bystanders. */
  long size() {
    return stores + kits * DECOY_COPIES + pseudoServices + bystanders;
  }

  /** Whether this number is an address that answers on very many ports. */
  boolean isPseudoService(long id) {
    long extra = id - stores - kits * DECOY_COPIES;
    return extra >= 0 && extra < pseudoServices;
  }

  /** Whether this number exposes nothing. */
  boolean isBystander(long id) {
    return id >= stores + kits * DECOY_COPIES + pseudoServices;
  }

  /** Choice of everything about a number on a day that means nothing. */
  long text(long id, LocalDate day) {
    return dice.bits(Topic.TEXT, id, day.toEpochDay());
  }

  /** Uniform in [0, 1). */
  double chance(Topic topic, long id, LocalDate day) {
    return dice.fraction(topic, id, day.toEpochDay());
  }

  /** The data store of this number on a day; null: there is none, or not that day. */
  Store store(long id, LocalDate day) {
    if (id < stores) {
      return genuine(id, day);
    }
    long extra = id - stores;
    if (extra < kits * DECOY_COPIES) {
      return decoy(id, extra, day);
    }
    return isPseudoService(id) ? onPseudoService(id, extra, day) : null;
  }

  /** Address of a number behind the stores. */
  Address extraAddress(long id) {
    int place = extraPlace(id);
    return largePools.get(place).at(largeReserved.get(place) + (id - stores) / largePools.size());
  }

  /** Network of a number behind the stores. */
  Network extraNetwork(long id) {
    return largeNetworks.get(extraPlace(id));
  }

  private int extraPlace(long id) {
    return (int) ((id - stores) % largeNetworks.size());
  }

  private Nation nationOf(long id) {
    int from = 0;
    int to = nations.size();
    while (to - from > 1) {
      int middle = from + to >>> 1;
      if (nations.get(middle).first <= id) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return nations.get(from);
  }

  private int second(long id, LocalDate day) {
    return Dice.below(86_000, dice.bits(Topic.TIME, id, day.toEpochDay()));
  }

  private Store genuine(long id, LocalDate day) {
    Nation nation = nationOf(id);
    long number = id - nation.first;
    Kind kind = Kind.PATTERN[(int) (number % Kind.PATTERN.length)];
    boolean steady =
        kind.isCalibrated() && nation.rank(number) <= LARGE_AND_STEADY * nation.calibrated;
    if (!steady && !isThere(id, day)) {
      return null;
    }
    long bytes = bytes(nation, number, id, kind, steady, day);
    boolean measured = kind.explorePlugin() != null;
    long records = measured ? 1_000 + id * 16 + day.toEpochDay() % 16 : kind == Kind.REDIS ? 1 : 0;
    int containers = measured ? 1 + Dice.below(60, dice.bits(Topic.FIGURES, id)) : 0;
    return new Store(
        id,
        nation.networks.get((int) (number % nation.networks.size())),
        endpoints(nation, number, id, kind, day),
        bytes,
        records,
        containers,
        kind == Kind.FILES ? 7 + Dice.below(100, dice.bits(Topic.FIGURES, id)) : 0,
        kind.isInfected(),
        Store.Nature.GENUINE);
  }

  /** Small stores come and go, and are missed now and then. */
  private boolean isThere(long id, LocalDate day) {
    int before = (int) ChronoUnit.DAYS.between(day, last);
    double fate = dice.fraction(Topic.FATE, id);
    int when = Dice.below(28, dice.bits(Topic.PRESENCE, id));
    boolean arrived = fate > 0.10 || before <= when;
    boolean left = fate > 0.10 && fate < 0.16 && before < when;
    boolean missed = dice.fraction(Topic.MISSED, id, day.toEpochDay()) < 0.02;
    return arrived && !left && !missed;
  }

  private long bytes(
      Nation nation, long number, long id, Kind kind, boolean steady, LocalDate day) {
    if (kind.isInfected()) {
      return 4_000 + Dice.below(60_000, dice.bits(Topic.FIGURES, id));
    }
    if (!kind.isCalibrated()) {
      return 0;
    }
    if (!steady && kind != Kind.ELASTIC && dice.fraction(Topic.KIND, id) < 0.01) {
      return id % 2 == 0 ? Long.MAX_VALUE : -1;
    }
    long before = ChronoUnit.DAYS.between(day, last);
    double growth = Math.pow(1 + nation.profile.dailyChange(), -before);
    double wobble =
        before == 0 ? 0 : 0.02 * (dice.fraction(Topic.NOISE, nation.first, day.toEpochDay()) - 0.5);
    double own = steady ? 0 : 0.04 * (dice.fraction(Topic.GROWTH, id, day.toEpochDay()) - 0.5);
    double size = nation.bytesOfRankOne * Math.pow(nation.rank(number), -TAIL);
    return Math.max(1L << 20, Math.round(size * growth * (1 + wobble) * (1 + own)));
  }

  private List<Endpoint> endpoints(Nation nation, long number, long id, Kind kind, LocalDate day) {
    List<Endpoint> endpoints = new ArrayList<>();
    int members =
        kind == Kind.ELASTIC && id % 4 == 0 ? 2 + Dice.below(4, dice.bits(Topic.JITTER, id)) : 1;
    double choice = dice.fraction(Topic.MOVE, id);
    boolean moved =
        members == 1
            && choice < 0.05
            && ChronoUnit.DAYS.between(day, last) < Dice.below(28, dice.bits(Topic.MOVE, id));
    int system = (int) (number % nation.networks.size());
    for (int member = 0; member < members; member++) {
      Address address = nation.address(number, moved ? MOVED_SLOT : member);
      AddressPool abroad = nation.abroad.get(system);
      long place = number / nation.networks.size();
      if (member == 2 && id % 12 == 0 && place < abroad.size()) {
        address = abroad.at(place);
      }
      Network network = nation.networks.get(system);
      if (kind == Kind.REDIS && choice > 0.8 && network.ipv6Prefix() != 0 && place < 1 << 30) {
        address = Address.ipv6(network.ipv6Prefix(), place);
      }
      String open = opensSeparately(kind, id) ? kind.openPlugin() : null;
      endpoints.add(
          new Endpoint(
              address,
              kind.port(),
              kind.serviceType(),
              kind.protocol(),
              open,
              kind.explorePlugin(),
              second(id * SLOTS + member, day)));
    }
    if (kind == Kind.ELASTIC) {
      addKibana(endpoints, nation, number, id, day);
    }
    return endpoints;
  }

  /** The open stage is always told of where nothing else is, and mostly where something is. */
  private boolean opensSeparately(Kind kind, long id) {
    return kind.explorePlugin() == null || dice.fraction(Topic.TEXT, id) < 0.6;
  }

  private void addKibana(
      List<Endpoint> endpoints, Nation nation, long number, long id, LocalDate day) {
    double choice = dice.fraction(Topic.KIND, id);
    if (choice < 0.75) {
      return;
    }
    boolean elsewhere = choice > 0.95;
    boolean explored = elsewhere || choice > 0.85;
    Address address = elsewhere ? nation.address(number, KIBANA_SLOT) : endpoints.get(0).address();
    endpoints.add(
        new Endpoint(
            address,
            5601,
            "kibana",
            "kibana",
            "ElasticSearchOpenPlugin",
            explored ? "ElasticSearchExplorePlugin" : null,
            second(id * SLOTS + KIBANA_SLOT, day)));
  }

  /** One kit: the same figures wherever it stands, each copy in another network. */
  private Store decoy(long id, long extra, LocalDate day) {
    long kit = extra / DECOY_COPIES;
    Kind kind = kit % 2 == 0 ? Kind.MONGO : Kind.ELASTIC;
    Endpoint endpoint = extraEndpoint(id, kind, day);
    return new Store(
        id,
        extraNetwork(id),
        List.of(endpoint),
        900_000_000_000L + kit,
        424_242 + kit,
        7,
        0,
        false,
        Store.Nature.DECOY);
  }

  private Store onPseudoService(long id, long extra, LocalDate day) {
    return new Store(
        id,
        extraNetwork(id),
        List.of(extraEndpoint(id, Kind.MONGO, day)),
        3_141_592_653_589L + extra,
        500 + extra,
        3,
        0,
        false,
        Store.Nature.ON_PSEUDO_SERVICE);
  }

  private Endpoint extraEndpoint(long id, Kind kind, LocalDate day) {
    return new Endpoint(
        extraAddress(id),
        kind.port(),
        kind.serviceType(),
        kind.protocol(),
        null,
        kind.explorePlugin(),
        second(id * SLOTS, day));
  }
}

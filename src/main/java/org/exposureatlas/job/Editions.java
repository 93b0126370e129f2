package org.exposureatlas.job;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.country.Bases;
import org.exposureatlas.geoip.EditionReader;
import org.exposureatlas.geoip.GeoEdition;
import org.exposureatlas.geoip.GeoEditions;
import org.exposureatlas.geoip.GeoIndex;
import org.exposureatlas.geoip.GeoLocator;
import org.exposureatlas.schema.SnapshotQuality;

/** The geo-IP editions that a job needs, loaded and noted as its inputs. */
final class Editions {

  /** What is kept of an edition for the steps to come, which would load it for no more. */
  record Known(String sha256, Map<String, Long> ipv4AddressCounts) {}

  private final JobContext context;
  private final GeoEditions editions;

  private Editions(JobContext context) {
    this.context = context;
    editions =
        GeoEditions.list(
            context.hadoop(), context.config().geoip(), context.config().geoipProvider());
  }

  /**
   * Finds the editions.
   *
   * @throws org.exposureatlas.config.MissingInputException when there is none
   */
  static Editions open(JobContext context) {
    return new Editions(context);
  }

  /** Id of the edition in force on {@code date}. */
  String idFor(LocalDate date) {
    return editions.asOf(date).id();
  }

  /** A look-up for snapshots of {@code dates}; loads their editions and hands them to executors. */
  GeoLocator locator(List<LocalDate> dates) {
    SortedMap<LocalDate, GeoEdition> inForce = new TreeMap<>();
    dates.forEach(date -> inForce.put(date, editions.asOf(date)));
    return GeoLocator.of(context.spark(), inForce, edition -> load(context, edition));
  }

  /**
   * A look-up for snapshots of {@code dates} with one edition, whenever it is of.
   *
   * @param id such as {@code rir/2022-07-01}
   * @throws MissingInputException when there is no such edition
   */
  static GeoLocator locator(JobContext context, String id, List<LocalDate> dates) {
    GeoEdition edition =
        find(context, id)
            .orElseThrow(
                () -> new MissingInputException("geo-IP edition", id, context.config().geoip()));
    SortedMap<LocalDate, GeoEdition> inForce = new TreeMap<>();
    dates.forEach(date -> inForce.put(date, edition));
    return GeoLocator.of(context.spark(), inForce, chosen -> load(context, chosen));
  }

  private static Optional<GeoEdition> find(JobContext context, String id) {
    return GeoEditions.find(context.hadoop(), context.config().geoip(), id);
  }

  /** Who made the editions. */
  String provider() {
    return editions.all().get(0).provider();
  }

  /** IPv4 ranges of each country by the edition in force on {@code date}. */
  Map<String, List<long[]>> ipv4Ranges(LocalDate date) {
    return load(context, editions.asOf(date)).ipv4Ranges();
  }

  /** IPv4 addresses of each country in an edition; none when it is not there any more. */
  static Map<String, Long> ipv4AddressCounts(JobContext context, String id) {
    if (!context.editions().containsKey(id)) {
      find(context, id).ifPresent(edition -> load(context, edition));
    }
    Known known = context.editions().get(id);
    if (known == null) {
      return Map.of();
    }
    note(context, id, known);
    return known.ipv4AddressCounts();
  }

  /**
   * IPv4 addresses of each country in the editions of the snapshots of {@code range}, as {@link
   * Bases#ADDRESSES}.
   */
  static Dataset<Row> ipv4Addresses(JobContext context, SnapshotRange range) {
    List<Row> rows = new ArrayList<>();
    context.rows(SnapshotQuality.TABLE, range).stream()
        .map(snapshot -> snapshot.<String>getAs(SnapshotQuality.GEO_EDITION.name()))
        .distinct()
        .forEach(
            edition ->
                ipv4AddressCounts(context, edition)
                    .forEach(
                        (country, count) -> rows.add(Bases.addresses(edition, country, count))));
    return context.spark().createDataFrame(rows, Bases.ADDRESSES);
  }

  private static GeoIndex load(JobContext context, GeoEdition edition) {
    EditionReader.Loaded loaded = EditionReader.load(context.hadoop(), edition);
    Known known = new Known(loaded.sha256(), loaded.index().ipv4AddressCounts());
    context.editions().put(edition.id(), known);
    note(context, edition.id(), known);
    return loaded.index();
  }

  private static void note(JobContext context, String id, Known known) {
    context.input("edition " + id, "sha256:" + known.sha256());
  }
}

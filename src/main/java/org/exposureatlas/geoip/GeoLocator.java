package org.exposureatlas.geoip;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.address.IpAddress;

/** Look-ups in the editions of a job, by functions that Spark calls from generated code. */
public final class GeoLocator implements GeoColumns, Serializable {

  /** The country of an address that no range covers. */
  public static final String UNKNOWN_COUNTRY = "ZZ";

  private static final long serialVersionUID = 1L;

  private final TreeMap<LocalDate, GeoEdition> inForce;
  private final Broadcast<LocationTable> table;
  private final String functions;

  private GeoLocator(
      TreeMap<LocalDate, GeoEdition> inForce, Broadcast<LocationTable> table, String functions) {
    this.inForce = inForce;
    this.table = table;
    this.functions = functions;
  }

  /**
   * Hands editions to the executors, and makes their functions known to the session.
   *
   * @param inForce the edition of every snapshot date
   * @param load content of an edition; called once for each
   */
  public static GeoLocator of(
      SparkSession spark,
      SortedMap<LocalDate, GeoEdition> inForce,
      Function<GeoEdition, GeoIndex> load) {
    List<GeoEdition> editions = inForce.values().stream().distinct().toList();
    int firstDay = day(inForce.firstKey());
    int[] editionOfDay = new int[day(inForce.lastKey()) - firstDay + 1];
    Arrays.fill(editionOfDay, -1);
    inForce.forEach(
        (date, edition) -> editionOfDay[day(date) - firstDay] = editions.indexOf(edition));
    LocationTable table =
        new LocationTable(firstDay, editionOfDay, editions.stream().map(load).toList());
    Broadcast<LocationTable> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(table);
    return new GeoLocator(
        new TreeMap<>(inForce), broadcast, GeoFunctions.register(spark, broadcast));
  }

  private static int day(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  @Override
  public Column place(Column ip, Column snapshotDate) {
    return call(PlaceFunction.NAME, ip, unix_date(snapshotDate));
  }

  @Override
  public Column isAddress(Column place) {
    return place.geq(0);
  }

  @Override
  public Column address(Column ip, Column place) {
    return call(AddressFunction.NAME, ip, place);
  }

  @Override
  public Column countryCode(Column place) {
    return call(CountryFunction.NAME, place);
  }

  @Override
  public Column asn(Column place) {
    return call(SystemNumberFunction.NAME, place);
  }

  @Override
  public Column asName(Column place) {
    return call(SystemNameFunction.NAME, place);
  }

  @Override
  public Column isSpecialPurpose(Column place) {
    return isAddress(place).and(place.bitwiseAND(LocationTable.SPECIAL_PURPOSE).notEqual(0));
  }

  @Override
  public Column geoEdition(Column snapshotDate) {
    return choose(snapshotDate, edition -> lit(edition.id()));
  }

  @Override
  public Column isEditionAfterSnapshot(Column snapshotDate) {
    return choose(snapshotDate, edition -> snapshotDate.lt(lit(edition.date())));
  }

  /** An expression over literals: a case for each stretch of days with the same edition. */
  private Column choose(Column snapshotDate, Function<GeoEdition, Column> value) {
    GeoEdition current = inForce.firstEntry().getValue();
    Column chosen = value.apply(current);
    for (Map.Entry<LocalDate, GeoEdition> entry : inForce.entrySet()) {
      if (!entry.getValue().equals(current)) {
        current = entry.getValue();
        chosen =
            when(snapshotDate.geq(lit(entry.getKey())), value.apply(current)).otherwise(chosen);
      }
    }
    return chosen;
  }

  private Column call(String function, Column... arguments) {
    return call_function(functions + "." + function, arguments);
  }

  /**
   * Country of an address; {@code ZZ} where no range covers it or it is of special purpose.
   *
   * @throws IllegalArgumentException for a date without an edition
   */
  public String countryCode(IpAddress address, LocalDate snapshotDate) {
    return table.value().country(address, day(snapshotDate));
  }
}

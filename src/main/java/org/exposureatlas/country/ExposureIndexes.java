package org.exposureatlas.country;

import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.ExposureIndex;
import org.exposureatlas.schema.RowGroups;

/** Places of countries by exposed hosts per allocated address: {@link ExposureIndex}. */
public final class ExposureIndexes {

  private static final String UNKNOWN_COUNTRY = "ZZ";

  /**
   * What an index is made of: hosts per snapshot, country and service type, {@code all} for hosts
   * with any service, and the addresses allocated to the country; both NULL where not known.
   */
  public static final StructType COUNTS =
      new StructType()
          .add(ExposureIndex.SNAPSHOT_DATE.name(), DataTypes.DateType)
          .add(ExposureIndex.COUNTRY_CODE.name(), DataTypes.StringType)
          .add(CountryServiceExposure.SERVICE_TYPE.name(), DataTypes.StringType)
          .add(CountryServiceExposure.HOST_COUNT.name(), DataTypes.LongType)
          .add(Base.IPV4.column(), DataTypes.LongType);

  private ExposureIndexes() {}

  /**
   * {@link #COUNTS} of measured snapshots.
   *
   * @param byCountry {@link CountryExposure}
   * @param byCountryAndService {@link CountryServiceExposure}
   * @param addresses {@link Bases#ADDRESSES} of the editions used
   */
  public static Dataset<Row> counts(
      Dataset<Row> byCountry, Dataset<Row> byCountryAndService, Dataset<Row> addresses) {
    String[] key = {CountryExposure.GEO_EDITION.name(), CountryExposure.COUNTRY_CODE.name()};
    return byCountry
        .withColumn(CountryServiceExposure.SERVICE_TYPE.name(), lit(IndexLists.ANY_SERVICE))
        .unionByName(byCountryAndService, true)
        .join(addresses, key, "left")
        .to(COUNTS);
  }

  /** The same for counts told by a file: its rows and the day they are of. */
  public static Row count(Date day, String country, String service, long hosts, Long addresses) {
    return RowFactory.create(day, country, service, hosts, addresses);
  }

  /**
   * The lists and the index of every snapshot.
   *
   * @param counts {@link #COUNTS}
   * @param weights weight of every service that counts, and of aggregate
   */
  public static Dataset<Row> of(Dataset<Row> counts, Map<String, Integer> weights) {
    Map<String, Integer> ofLists = new TreeMap<>(weights);
    return RowGroups.made(
        counts.where(ExposureIndex.COUNTRY_CODE.col().notEqual(UNKNOWN_COUNTRY)),
        List.of(ExposureIndex.SNAPSHOT_DATE),
        rows -> places(rows, ofLists),
        ExposureIndex.TABLE.relaxed());
  }

  private static List<Row> places(List<Row> rows, Map<String, Integer> weights) {
    Date day = rows.get(0).getDate(0);
    IndexLists lists = new IndexLists(weights);
    rows.forEach(
        row ->
            lists.add(
                row.getString(1),
                row.getString(2),
                row.isNullAt(3) ? null : (Long) row.getLong(3),
                row.isNullAt(4) ? null : (Long) row.getLong(4)));
    return lists.places().stream()
        .map(
            place ->
                RowFactory.create(
                    day,
                    place.list(),
                    place.country(),
                    place.weight(),
                    place.exposed(),
                    place.base(),
                    place.share(),
                    place.rank(),
                    place.distance()))
        .toList();
  }
}

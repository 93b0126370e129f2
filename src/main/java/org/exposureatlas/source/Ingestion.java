package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.exposureatlas.geoip.GeoColumns;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.Rejected;

/**
 * From raw records of one source to {@code observation} and {@code rejected}: date, location,
 * cluster key and remarks are the same for every source.
 */
public final class Ingestion {

  /** Sizes from here on cannot be: 2^60 bytes. */
  public static final long IMPLAUSIBLE_BYTES = 1L << 60;

  /** Quality flag: the geo-IP edition is younger than the snapshot. */
  static final String EDITION_AFTER_SNAPSHOT = "edition_after_snapshot";

  /** Quality flag: the source says another country. */
  static final String COUNTRY_DISAGREES = "country_disagrees";

  private static final String PLACE = "place";
  private static final int DATE_LENGTH = 10;
  private static final int DETAIL_LENGTH = 200;

  private Ingestion() {}

  /**
   * Every raw record, with the columns of {@code observation}, and a reason where it cannot be one.
   *
   * @param normalised records of one input of the source, as {@link RawInput#read} gives them
   * @param source name of the source
   * @param geo the editions in force on the dates of the records
   */
  public static Dataset<Row> records(Dataset<Row> normalised, String source, GeoColumns geo) {
    int folder = source.length() + 1;
    Column path = SourceRecord.PATH.col();
    Dataset<Row> dated =
        SourceRecord.complete(normalised)
            .withColumns(
                Map.of(
                    Observation.SOURCE.name(),
                    lit(source),
                    Observation.SNAPSHOT_DATE.name(),
                    RecordFunctions.call(PathDateFunction.NAME, path, lit(folder)),
                    Observation.FILE.name(),
                    RecordFunctions.call(
                        PathEndFunction.NAME, path, lit(folder + DATE_LENGTH + 1))));
    return describe(locate(dated, geo), geo);
  }

  /** The records that can be used, as {@code observation}. */
  public static Dataset<Row> observations(Dataset<Row> records) {
    return Observation.TABLE.conform(records.where(isUsable()));
  }

  /**
   * Where an observation stands in the order of its readers, who ask for countries and services.
   */
  public static Column readingOrder() {
    return RecordFunctions.call(
        ReadingOrderFunction.NAME, Observation.COUNTRY_CODE.col(), Observation.SERVICE_TYPE.col());
  }

  /** The records that cannot be used, as {@code rejected}. */
  public static Dataset<Row> rejected(Dataset<Row> records) {
    return Rejected.TABLE.conform(
        records
            .where(not(isUsable().or(SourceRecord.isPassedOver())))
            .withColumn(
                Rejected.DETAIL.name(),
                functions.left(coalesce(SourceRecord.DETAIL.col(), lit("")), lit(DETAIL_LENGTH)))
            .select(Rejected.TABLE.columns()));
  }

  /** Whether a reason is one to reject a record for; not so for blank lines and shut ports. */
  public static boolean isRejection(String reason) {
    return !reason.equals(SourceRecord.BLANK) && !reason.equals(SourceRecord.NOT_OPEN);
  }

  /** True for a record that can be used. */
  public static Column isUsable() {
    return SourceRecord.REASON.col().isNull();
  }

  /** True for a record that names nothing its adapter was not written for. */
  public static Column isOfKnownVersion() {
    return unknownVersion().isNull();
  }

  /** What a record names that its adapter was not written for, such as {@code module gopher}. */
  public static Column unknownVersion() {
    return SourceRecord.UNKNOWN_VERSION.col();
  }

  private static Dataset<Row> locate(Dataset<Row> records, GeoColumns geo) {
    Column noAddress =
        SourceRecord.REASON.col().isNull().and(not(geo.isAddress(functions.col(PLACE))));
    Column found =
        concat(
            lit("ip: found '"),
            SourceRecord.IP_TEXT.col().substr(1, 45),
            lit("', expected an IPv4 or IPv6 address"));
    return records
        .withColumn(PLACE, geo.place(SourceRecord.IP_TEXT.col(), Observation.SNAPSHOT_DATE.col()))
        .withColumns(
            Map.of(
                SourceRecord.DETAIL.name(),
                when(noAddress, found).otherwise(SourceRecord.DETAIL.col()),
                SourceRecord.REASON.name(),
                when(noAddress, RejectReason.INVALID_IP.label())
                    .otherwise(SourceRecord.REASON.col())));
  }

  private static Dataset<Row> describe(Dataset<Row> located, GeoColumns geo) {
    Column place = functions.col(PLACE);
    Column date = Observation.SNAPSHOT_DATE.col();
    return located
        .withColumns(
            Map.of(
                Observation.IP.name(),
                geo.address(SourceRecord.IP_TEXT.col(), place),
                Observation.COUNTRY_CODE.name(),
                geo.countryCode(place),
                Observation.ASN.name(),
                coalesce(geo.asn(place), SourceRecord.SOURCE_ASN.col()),
                Observation.AS_NAME.name(),
                coalesce(geo.asName(place), SourceRecord.SOURCE_AS_NAME.col()),
                Observation.GEO_EDITION.name(),
                geo.geoEdition(date)))
        .withColumns(
            Map.of(
                Observation.CLUSTER_KEY.name(),
                coalesce(identity(), fingerprint(), address()),
                Observation.QUALITY_FLAGS.name(),
                qualityFlags(geo, place, date)))
        .withColumn(Observation.CLUSTER_KEY_QUALITY.name(), keyQuality());
  }

  /** Elasticsearch and the Kibana in front of it report the same indices. */
  private static Column family() {
    Column service = Observation.SERVICE_TYPE.col();
    return when(service.equalTo("kibana"), "elasticsearch").otherwise(service);
  }

  /** The store says itself which one it is. */
  private static Column isNamed() {
    return SourceRecord.CLUSTER_ID.col().isNotNull();
  }

  /** NULL for a store that does not say which one it is. */
  private static Column identity() {
    return concat(
        SourceRecord.CLUSTER_ID_QUALITY.col(),
        lit(":"),
        family(),
        lit("/"),
        SourceRecord.CLUSTER_ID.col());
  }

  /** NULL where a number is not known, too. */
  private static Column fingerprint() {
    return RecordFunctions.call(
        FingerprintFunction.NAME,
        Observation.ASN.col(),
        family(),
        Observation.CONTAINER_COUNT.col(),
        Observation.RECORD_COUNT.col(),
        Observation.SIZE_BYTES.col());
  }

  private static Column address() {
    return RecordFunctions.call(
        AddressKeyFunction.NAME,
        Observation.IP.col(),
        Observation.PORT.col(),
        Observation.TRANSPORT.col(),
        Observation.SERVICE_TYPE.col());
  }

  private static Column keyQuality() {
    return when(isNamed(), SourceRecord.CLUSTER_ID_QUALITY.col())
        .when(Observation.CLUSTER_KEY.col().startsWith(FingerprintFunction.PREFIX), "fingerprint")
        .otherwise("address");
  }

  private static Column qualityFlags(GeoColumns geo, Column place, Column date) {
    return RecordFunctions.call(
        QualityFlagsFunction.NAME,
        SourceRecord.FLAGS.col(),
        coalesce(Observation.SIZE_BYTES.col(), lit(0L)),
        Observation.SOURCE_COUNTRY_CODE.col(),
        Observation.COUNTRY_CODE.col(),
        geo.isEditionAfterSnapshot(date),
        geo.isSpecialPurpose(place));
  }
}

package org.exposureatlas.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.Tally;

/** Record counts per snapshot and source, reconciled, and per country and service type. */
public final class SnapshotCounts {

  /** {@link SnapshotQuality} without the comparison, which {@link SnapshotVerdicts} adds. */
  public static final StructType COUNTED =
      Stream.of(
              SnapshotQuality.SNAPSHOT_DATE,
              SnapshotQuality.SOURCE,
              SnapshotQuality.FILE_COUNT,
              SnapshotQuality.GEO_EDITION,
              SnapshotQuality.CODE_VERSION,
              SnapshotQuality.UNKNOWN_VERSIONS,
              SnapshotQuality.LINE_COUNT,
              SnapshotQuality.BLANK_LINE_COUNT,
              SnapshotQuality.NOT_OPEN_COUNT,
              SnapshotQuality.OBSERVATION_COUNT,
              SnapshotQuality.REJECTED_COUNT,
              SnapshotQuality.REJECTED_BY_REASON,
              SnapshotQuality.UNLOCATED_COUNT)
          .reduce(
              new StructType(),
              (type, field) -> type.add(field.name(), field.type()),
              (type, other) -> type);

  /** What makes {@link SnapshotCell} when it is counted while observations are written. */
  public static final Tally TALLY =
      new Tally(
          Stream.of(
                  Observation.SNAPSHOT_DATE,
                  Observation.SOURCE,
                  Observation.COUNTRY_CODE,
                  Observation.SERVICE_TYPE)
              .map(Field::name)
              .toList(),
          GivenFields.tally());

  private SnapshotCounts() {}

  /** The columns of {@link #COUNTED} of a row that has them. */
  public static Row counted(Row quality) {
    return RowFactory.create(Arrays.stream(COUNTED.fieldNames()).map(quality::getAs).toArray());
  }

  /** One source on one day. */
  public record Snapshot(Date date, String source) implements Serializable {}

  /**
   * A snapshot that was read.
   *
   * @param unknownVersions what its records name that its adapter was not written for, sorted
   */
  public record Listing(
      Snapshot snapshot,
      long fileCount,
      String geoEdition,
      String codeVersion,
      List<String> unknownVersions) {}

  /**
   * Why records of a snapshot are no observations.
   *
   * @param reason label of a {@link RejectReason}, or that of blank lines and shut ports
   */
  public record Unusable(Snapshot snapshot, String reason) implements Serializable {}

  /**
   * One row of {@link #COUNTED} per snapshot and source.
   *
   * @param snapshots every snapshot read
   * @param cells numbers of the accepted records
   * @param unusable numbers of all others, blank lines and shut ports too
   */
  public static List<Row> quality(
      List<Listing> snapshots, CellHistory cells, Map<Unusable, Long> unusable) {
    return snapshots.stream()
        .map(listing -> row(listing, cells, byReason(listing.snapshot(), unusable)))
        .toList();
  }

  private static SortedMap<String, Long> byReason(Snapshot snapshot, Map<Unusable, Long> unusable) {
    SortedMap<String, Long> byReason = new TreeMap<>();
    unusable.forEach(
        (kind, count) -> {
          if (kind.snapshot().equals(snapshot)) {
            byReason.put(kind.reason(), count);
          }
        });
    return byReason;
  }

  private static Row row(Listing listing, CellHistory cells, SortedMap<String, Long> others) {
    SortedMap<String, Long> rejected = new TreeMap<>(others);
    rejected.keySet().removeIf(reason -> !Ingestion.isRejection(reason));
    LocalDate day = listing.snapshot().date().toLocalDate();
    String source = listing.snapshot().source();
    long accepted = cells.observationCount(day, source);
    return RowFactory.create(
        listing.snapshot().date(),
        source,
        listing.fileCount(),
        listing.geoEdition(),
        listing.codeVersion(),
        listing.unknownVersions(),
        accepted + total(others),
        others.getOrDefault(SourceRecord.BLANK, 0L),
        others.getOrDefault(SourceRecord.NOT_OPEN, 0L),
        accepted,
        total(rejected),
        rejected,
        cells.unlocatedCount(day, source));
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** {@link SnapshotCell} of the groups of {@link #TALLY}, each once. */
  public static List<Row> cells(Collection<Tally.Group> groups) {
    return groups.stream()
        .map(
            group ->
                RowFactory.create(
                    group.keys().get(0),
                    group.keys().get(1),
                    group.keys().get(2),
                    group.keys().get(3),
                    group.rows(),
                    GivenFields.counts(group.given())))
        .toList();
  }

  /** {@link SnapshotCell} of accepted records. */
  public static Dataset<Row> cells(Dataset<Row> observations) {
    return SnapshotCell.TABLE.conform(
        observations
            .groupBy(
                SnapshotCell.SNAPSHOT_DATE.col(),
                SnapshotCell.SOURCE.col(),
                SnapshotCell.COUNTRY_CODE.col(),
                SnapshotCell.SERVICE_TYPE.col())
            .agg(
                SnapshotCell.OBSERVATION_COUNT.from(count(lit(1))),
                SnapshotCell.GIVEN_COUNTS.from(GivenFields.counts())));
  }

  static Column orZero(Field count) {
    return coalesce(count.col(), lit(0L));
  }
}

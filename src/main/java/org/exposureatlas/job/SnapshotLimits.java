package org.exposureatlas.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.IngestConfig;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.SnapshotQuality;

/** How bad a snapshot may be and still be published. */
final class SnapshotLimits {

  private SnapshotLimits() {}

  /**
   * What is wrong with snapshots, a sentence each; none when all may be published.
   *
   * @param snapshots rows of {@link SnapshotQuality}
   */
  static List<String> findings(List<Row> snapshots, IngestConfig config) {
    List<String> findings = new ArrayList<>();
    for (Row snapshot : snapshots) {
      long observations = number(snapshot, SnapshotQuality.OBSERVATION_COUNT);
      long rejected = number(snapshot, SnapshotQuality.REJECTED_COUNT);
      if (observations + rejected + number(snapshot, SnapshotQuality.NOT_OPEN_COUNT) == 0) {
        findings.add(
            String.format(
                Locale.ROOT,
                "%s: found no record in %d files, expected some: a scan that saw nothing is a"
                    + " failed scan; remove its folder if the day is to be missing",
                name(snapshot),
                number(snapshot, SnapshotQuality.FILE_COUNT)));
      }
      if (rejected > config.maxRejectedShare() * (observations + rejected)) {
        findings.add(
            String.format(
                Locale.ROOT,
                "%s: %d of %d records were rejected, %s, expected a share of at most %s"
                    + " (spark.atlas.ingest.max-rejected-share)",
                name(snapshot),
                rejected,
                observations + rejected,
                snapshot.getJavaMap(snapshot.fieldIndex(SnapshotQuality.REJECTED_BY_REASON.name())),
                config.maxRejectedShare()));
      }
      long unlocated = number(snapshot, SnapshotQuality.UNLOCATED_COUNT);
      if (unlocated > config.maxUnlocatedShare() * observations) {
        findings.add(
            String.format(
                Locale.ROOT,
                "%s: edition %s has no country for %d of %d observations, expected a share of at"
                    + " most %s (spark.atlas.ingest.max-unlocated-share)",
                name(snapshot),
                snapshot.<String>getAs(SnapshotQuality.GEO_EDITION.name()),
                unlocated,
                observations,
                config.maxUnlocatedShare()));
      }
    }
    return findings;
  }

  private static String name(Row snapshot) {
    return snapshot.getAs(SnapshotQuality.SOURCE.name())
        + " of "
        + snapshot.getAs(SnapshotQuality.SNAPSHOT_DATE.name());
  }

  private static long number(Row snapshot, Field field) {
    return snapshot.<Long>getAs(field.name());
  }
}

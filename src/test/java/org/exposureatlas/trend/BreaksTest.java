package org.exposureatlas.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class BreaksTest {

  private final List<RowBuilder> snapshots = new ArrayList<>();

  private RowBuilder snapshot(String day, String source) {
    RowBuilder snapshot =
        RowBuilder.of(SnapshotQuality.TABLE)
            .with(SnapshotQuality.SNAPSHOT_DATE, Date.valueOf(day))
            .with(SnapshotQuality.SOURCE, source)
            .with(SnapshotQuality.VERDICT, "complete")
            .with(SnapshotQuality.GEO_EDITION, "rir/2022-07-01")
            .with(SnapshotQuality.CODE_VERSION, "0.1.0");
    snapshots.add(snapshot);
    return snapshot;
  }

  @Test
  void outagesPartialDaysAndChangesOfMethodBreakASeries(SparkSession spark) {
    snapshot("2022-07-01", "leakix");
    snapshot("2022-07-02", "leakix").with(SnapshotQuality.CODE_VERSION, "0.1.1");
    snapshot("2022-07-05", "leakix").with(SnapshotQuality.CODE_VERSION, "0.2.0");
    snapshot("2022-07-06", "leakix")
        .with(SnapshotQuality.CODE_VERSION, "0.2.0")
        .with(SnapshotQuality.VERDICT, "partial")
        .with(SnapshotQuality.TRAILING_SIZE_RATIO, 0.4)
        .with(SnapshotQuality.LOST_SHARE, 0.25);
    snapshot("2022-07-07", "leakix")
        .with(SnapshotQuality.CODE_VERSION, "0.2.0")
        .with(SnapshotQuality.GEO_EDITION, "maxmind/2022-07-05");
    snapshot("2022-07-07", "other").with(SnapshotQuality.GEO_EDITION, "maxmind/2022-07-05");

    assertThat(
            Breaks.asOf(
                RowBuilder.rows(spark, SnapshotQuality.TABLE, snapshots.toArray(RowBuilder[]::new))
                    .orderBy(SnapshotQuality.VERDICT.col())
                    .collectAsList(),
                LocalDate.parse("2022-07-08")))
        .extracting(
            row -> row.getDate(1).toString(),
            row -> row.getDate(2).toString(),
            row -> row.getString(3),
            row -> row.getString(5),
            row -> row.getString(6))
        .containsExactly(
            tuple(
                "2022-07-03", "2022-07-04", "leakix", "outage", "no snapshot of leakix for 2 days"),
            tuple(
                "2022-07-05",
                "2022-07-05",
                "leakix",
                "method_change",
                "read by Exposure Atlas 0.2"),
            tuple(
                "2022-07-06",
                "2022-07-06",
                "leakix",
                "partial",
                "leakix has 40 % of its usual records; 25 % are lost in whole countries or services"),
            tuple("2022-07-07", "2022-07-07", "leakix", "method_change", "located by maxmind"),
            tuple(
                "2022-07-08", "2022-07-08", "leakix", "outage", "no snapshot of leakix for 1 day"),
            tuple("2022-07-07", "2022-07-07", "other", "method_change", "other begins"),
            tuple("2022-07-08", "2022-07-08", "other", "outage", "no snapshot of other for 1 day"));
  }
}

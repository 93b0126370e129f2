package org.exposureatlas.job;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.testing.RowBuilder;

/** Rows of {@link Exposure} that can be published. */
final class ExposureRows {

  private ExposureRows() {}

  /** A clean store without a size, known by its uuid, first seen on the day. */
  static RowBuilder of(int store, LocalDate day) {
    return RowBuilder.of(Exposure.TABLE)
        .with(Exposure.SNAPSHOT_DATE, Date.valueOf(day))
        .with(Exposure.EXPOSURE_KEY, "uuid:" + store)
        .with(Exposure.STORE_KEY, "store " + store)
        .with(Exposure.CLUSTER_KEY_QUALITY, "uuid")
        .with(Exposure.SERVICE_TYPE, "mongodb")
        .with(Exposure.COUNTRY_CODE, "CN")
        .with(Exposure.COUNTRY_COUNT, 1L)
        .with(Exposure.GEO_EDITION, "rir/2022-07-01")
        .with(Exposure.ACCESS, "open")
        .with(Exposure.SIZE_SEMANTICS, "absent")
        .with(Exposure.MEMBER_COUNT, 1L)
        .with(Exposure.HOST_COUNT, 1L)
        .with(Exposure.HOSTS, List.of("192.0.2." + store % 256))
        .with(Exposure.SOURCES, List.of("leakix"))
        .with(Exposure.OBSERVED_AT, Timestamp.from(day.atStartOfDay().toInstant(ZoneOffset.UTC)))
        .with(Exposure.CARRIED, false)
        .with(Exposure.FIRST_SEEN_DATE, Date.valueOf(day))
        .with(Exposure.LAST_SEEN_DATE, Date.valueOf(day))
        .with(Exposure.HONEYPOT_SCORE, 0.0)
        .with(Exposure.HONEYPOT_REASONS, List.of())
        .with(Exposure.IS_HONEYPOT, false)
        .with(Exposure.IMPLAUSIBLE_SIZE, false)
        .with(Exposure.PSEUDO_SERVICE, false)
        .with(Exposure.IS_CLEAN, true);
  }
}

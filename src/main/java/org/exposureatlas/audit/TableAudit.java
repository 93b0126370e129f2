package org.exposureatlas.audit;

import static org.apache.spark.sql.functions.not;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.EarlierSight;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureIndex;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.SourceOverlap;
import org.exposureatlas.schema.StoreLife;
import org.exposureatlas.schema.TableSchema;

/** The rules of each table, beside {@code nullable: false}, which holds for all. */
public final class TableAudit {

  private TableAudit() {}

  /** The rules that rows of {@code table} must satisfy. */
  public static List<AuditRule> of(TableSchema table) {
    return AuditRule.withSchema(table, particular(table));
  }

  private static List<AuditRule> particular(TableSchema table) {
    return switch (table.name()) {
      case "observation" ->
          List.of(
              new AuditRule(
                  "port is from 0 to 65535",
                  Observation.PORT.col().lt(0).or(Observation.PORT.col().gt(65_535))),
              AuditRule.notNegative(Observation.RECORD_COUNT));
      case "exposure" ->
          List.of(
              AuditRule.notNegative(Exposure.SIZE_BYTES),
              AuditRule.ordered(Exposure.SIZE_BYTES, Exposure.REPORTED_BYTES),
              AuditRule.ordered(Exposure.FIRST_SEEN_DATE, Exposure.SNAPSHOT_DATE),
              AuditRule.ordered(Exposure.FIRST_SEEN_DATE, Exposure.FIRST_INFECTED_DATE),
              AuditRule.fraction(Exposure.HONEYPOT_SCORE));
      case "country_exposure" ->
          List.of(
              AuditRule.ordered(CountryExposure.CLEAN_BYTES, CountryExposure.DEDUPLICATED_BYTES),
              AuditRule.ordered(CountryExposure.DEDUPLICATED_BYTES, CountryExposure.REPORTED_BYTES),
              AuditRule.ordered(CountryExposure.ROBUST_BYTES, CountryExposure.CLEAN_BYTES),
              AuditRule.fraction(CountryExposure.TOP1_SHARE),
              AuditRule.fraction(CountryExposure.GINI),
              AuditRule.ordered(CountryExposure.CLEAN_BYTES_LOW95, CountryExposure.CLEAN_BYTES),
              AuditRule.ordered(CountryExposure.CLEAN_BYTES, CountryExposure.CLEAN_BYTES_HIGH95),
              AuditRule.ordered(
                  CountryExposure.EXPOSURE_COUNT_LOW95, CountryExposure.EXPOSURE_COUNT),
              AuditRule.ordered(
                  CountryExposure.EXPOSURE_COUNT, CountryExposure.EXPOSURE_COUNT_HIGH95),
              AuditRule.ordered(CountryExposure.HOST_COUNT_LOW95, CountryExposure.HOST_COUNT),
              AuditRule.ordered(CountryExposure.HOST_COUNT, CountryExposure.HOST_COUNT_HIGH95),
              AuditRule.allOrNone(
                  CountryExposure.HOST_COUNT,
                  CountryExposure.EXPOSURE_COUNT,
                  CountryExposure.REPORTED_BYTES,
                  CountryExposure.DEDUPLICATED_BYTES,
                  CountryExposure.CLEAN_BYTES,
                  CountryExposure.ROBUST_BYTES));
      case "country_service_exposure" ->
          List.of(
              AuditRule.ordered(
                  CountryServiceExposure.CLEAN_BYTES, CountryServiceExposure.DEDUPLICATED_BYTES),
              AuditRule.ordered(
                  CountryServiceExposure.DEDUPLICATED_BYTES, CountryServiceExposure.REPORTED_BYTES),
              AuditRule.ordered(
                  CountryServiceExposure.ROBUST_BYTES, CountryServiceExposure.CLEAN_BYTES),
              AuditRule.ordered(
                  CountryServiceExposure.CLEAN_BYTES_LOW95, CountryServiceExposure.CLEAN_BYTES),
              AuditRule.ordered(
                  CountryServiceExposure.CLEAN_BYTES, CountryServiceExposure.CLEAN_BYTES_HIGH95),
              AuditRule.ordered(
                  CountryServiceExposure.EXPOSURE_COUNT_LOW95,
                  CountryServiceExposure.EXPOSURE_COUNT),
              AuditRule.ordered(
                  CountryServiceExposure.EXPOSURE_COUNT,
                  CountryServiceExposure.EXPOSURE_COUNT_HIGH95),
              AuditRule.ordered(
                  CountryServiceExposure.HOST_COUNT_LOW95, CountryServiceExposure.HOST_COUNT),
              AuditRule.ordered(
                  CountryServiceExposure.HOST_COUNT, CountryServiceExposure.HOST_COUNT_HIGH95),
              AuditRule.allOrNone(
                  CountryServiceExposure.HOST_COUNT,
                  CountryServiceExposure.EXPOSURE_COUNT,
                  CountryServiceExposure.REPORTED_BYTES,
                  CountryServiceExposure.DEDUPLICATED_BYTES,
                  CountryServiceExposure.CLEAN_BYTES,
                  CountryServiceExposure.ROBUST_BYTES));
      case "country_rank" ->
          List.of(
              AuditRule.notNegative(CountryRank.VALUE),
              AuditRule.fraction(CountryRank.SHARE),
              AuditRule.fraction(CountryRank.FIRST_PROBABILITY),
              AuditRule.ordered(CountryRank.VALUE_LOW95, CountryRank.VALUE),
              AuditRule.ordered(CountryRank.VALUE, CountryRank.VALUE_HIGH95),
              AuditRule.ordered(CountryRank.SHARE_LOW95, CountryRank.SHARE),
              AuditRule.ordered(CountryRank.SHARE, CountryRank.SHARE_HIGH95),
              AuditRule.ordered(CountryRank.RANK_LOW95, CountryRank.RANK),
              AuditRule.ordered(CountryRank.RANK, CountryRank.RANK_HIGH95),
              AuditRule.allOrNone(CountryRank.VALUE, CountryRank.RANK));
      case "exposure_index" ->
          List.of(
              AuditRule.notNegative(ExposureIndex.EXPOSED_COUNT),
              AuditRule.notNegative(ExposureIndex.EXPOSED_SHARE));
      case "snapshot_quality" ->
          List.of(
              AuditRule.fraction(SnapshotQuality.LOST_SHARE),
              new AuditRule(
                  "verdict is complete, partial or suspicious",
                  not(SnapshotQuality.VERDICT.col().isin("complete", "partial", "suspicious"))),
              new AuditRule(
                  "line_count is observations, rejected, blank lines and shut ports",
                  SnapshotQuality.LINE_COUNT
                      .col()
                      .notEqual(
                          SnapshotQuality.OBSERVATION_COUNT
                              .col()
                              .plus(SnapshotQuality.REJECTED_COUNT.col())
                              .plus(SnapshotQuality.BLANK_LINE_COUNT.col())
                              .plus(SnapshotQuality.NOT_OPEN_COUNT.col()))));
      case "country_churn" ->
          List.of(
              new AuditRule(
                  "before is left, moved out and what stayed, grew, shrank or was re-measured",
                  CountryChurn.BEFORE_COUNT
                      .col()
                      .notEqual(
                          total(CountryChurn.LEFT_COUNT, CountryChurn.MOVED_OUT_COUNT)
                              .plus(inBoth()))),
              new AuditRule(
                  "after is entered, moved in and what stayed, grew, shrank or was re-measured",
                  CountryChurn.AFTER_COUNT
                      .col()
                      .notEqual(
                          total(CountryChurn.ENTERED_COUNT, CountryChurn.MOVED_IN_COUNT)
                              .plus(inBoth()))),
              new AuditRule(
                  "bytes before, plus what came, less what went, are bytes after",
                  total(
                          CountryChurn.BEFORE_BYTES,
                          CountryChurn.ENTERED_BYTES,
                          CountryChurn.MOVED_IN_BYTES,
                          CountryChurn.GREW_BYTES,
                          CountryChurn.REMEASURED_BYTES)
                      .minus(
                          total(
                              CountryChurn.LEFT_BYTES,
                              CountryChurn.MOVED_OUT_BYTES,
                              CountryChurn.SHRANK_BYTES))
                      .notEqual(CountryChurn.AFTER_BYTES.col())));
      case "exposure_survival" ->
          List.of(
              AuditRule.fraction(ExposureSurvival.SURVIVAL_28D),
              AuditRule.fraction(ExposureSurvival.LOG_RANK_P_VALUE),
              AuditRule.ordered(ExposureSurvival.CLOSED_COUNT, ExposureSurvival.STORE_COUNT),
              AuditRule.ordered(ExposureSurvival.LATE_ENTRY_COUNT, ExposureSurvival.STORE_COUNT),
              AuditRule.ordered(
                  ExposureSurvival.MEDIAN_DAYS_LOW95, ExposureSurvival.MEDIAN_DAYS_HIGH95));
      case "earlier_sight" ->
          List.of(
              AuditRule.ordered(EarlierSight.SNAPSHOT_DATE, EarlierSight.AS_OF_DATE),
              AuditRule.ordered(EarlierSight.FIRST_SEEN_DATE, EarlierSight.FIRST_INFECTED_DATE));
      case "store_life" ->
          List.of(
              AuditRule.ordered(StoreLife.UNSEEN_BEFORE_DATE, StoreLife.FIRST_SEEN_DATE),
              AuditRule.ordered(StoreLife.FIRST_SEEN_DATE, StoreLife.LAST_SEEN_DATE),
              AuditRule.ordered(StoreLife.LAST_SEEN_DATE, StoreLife.UNSEEN_AFTER_DATE));
      case "country_trend" -> List.of(AuditRule.fraction(CountryTrend.P_VALUE));
      case "source_overlap" ->
          List.of(AuditRule.ordered(SourceOverlap.CHAPMAN_LOW95, SourceOverlap.CHAPMAN_HIGH95));
      default -> List.of();
    };
  }

  private static Column inBoth() {
    return total(
        CountryChurn.STAYED_COUNT,
        CountryChurn.GREW_COUNT,
        CountryChurn.SHRANK_COUNT,
        CountryChurn.REMEASURED_COUNT);
  }

  private static Column total(Field... fields) {
    return Arrays.stream(fields).map(Field::col).reduce(Column::plus).orElseThrow();
  }
}

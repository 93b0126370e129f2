package org.exposureatlas.release;

import java.util.List;
import java.util.Set;
import org.exposureatlas.schema.Break;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.CountryTrend;
import org.exposureatlas.schema.ExposureIndex;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.SnapshotQuality;
import org.exposureatlas.schema.SourceOverlap;
import org.exposureatlas.schema.TableSchema;

/** The tables that hold no address, host name or name of a database, and the keys of their rows. */
final class PublicTables {

  /**
   * One public table.
   *
   * @param table its schema; the first partition column in the warehouse is the date
   * @param hiddenBy the cells that decide what is hidden in rows of a day
   * @param key columns that identify a row, the date first; rows are sorted by them
   */
  record PublicTable(TableSchema table, HiddenBy hiddenBy, List<Field> key) {

    /** The day that a row is of. */
    Field date() {
      return key.get(0);
    }

    /** Whether rows stand for all snapshots, as of the last; those of one day are released. */
    boolean isAsOf() {
      return date().name().equals(CountryTrend.AS_OF_DATE.name());
    }
  }

  /** Days of the country tables whose cells decide what is hidden in the rows of a day. */
  enum HiddenBy {
    NO_DAY,
    ITS_DAY,
    ALL_DAYS_UP_TO_IT
  }

  static final PublicTable COUNTRY_EXPOSURE =
      new PublicTable(
          CountryExposure.TABLE,
          HiddenBy.ITS_DAY,
          List.of(CountryExposure.SNAPSHOT_DATE, CountryExposure.COUNTRY_CODE));

  static final PublicTable COUNTRY_SERVICE_EXPOSURE =
      new PublicTable(
          CountryServiceExposure.TABLE,
          HiddenBy.ITS_DAY,
          List.of(
              CountryServiceExposure.SNAPSHOT_DATE,
              CountryServiceExposure.COUNTRY_CODE,
              CountryServiceExposure.SERVICE_TYPE));

  static final PublicTable COUNTRY_RANK =
      new PublicTable(
          CountryRank.TABLE,
          HiddenBy.ITS_DAY,
          List.of(CountryRank.SNAPSHOT_DATE, CountryRank.MEASURE, CountryRank.COUNTRY_CODE));

  static final PublicTable EXPOSURE_INDEX =
      new PublicTable(
          ExposureIndex.TABLE,
          HiddenBy.ITS_DAY,
          List.of(ExposureIndex.SNAPSHOT_DATE, ExposureIndex.LIST, ExposureIndex.COUNTRY_CODE));

  static final PublicTable COUNTRY_TREND =
      new PublicTable(
          CountryTrend.TABLE,
          HiddenBy.ALL_DAYS_UP_TO_IT,
          List.of(
              CountryTrend.AS_OF_DATE,
              CountryTrend.COUNTRY_CODE,
              CountryTrend.SERVICE_TYPE,
              CountryTrend.MEASURE,
              CountryTrend.WINDOW_DAYS));

  static final PublicTable COUNTRY_CHURN =
      new PublicTable(
          CountryChurn.TABLE,
          HiddenBy.ALL_DAYS_UP_TO_IT,
          List.of(
              CountryChurn.SNAPSHOT_DATE,
              CountryChurn.FROM_DATE,
              CountryChurn.COUNTRY_CODE,
              CountryChurn.SERVICE_TYPE));

  static final PublicTable EXPOSURE_SURVIVAL =
      new PublicTable(
          ExposureSurvival.TABLE,
          HiddenBy.ALL_DAYS_UP_TO_IT,
          List.of(
              ExposureSurvival.AS_OF_DATE,
              ExposureSurvival.COUNTRY_CODE,
              ExposureSurvival.SERVICE_TYPE,
              ExposureSurvival.COHORT_MONTH));

  static final PublicTable BREAK =
      new PublicTable(
          Break.TABLE,
          HiddenBy.NO_DAY,
          List.of(Break.AS_OF_DATE, Break.FROM_DATE, Break.SOURCE, Break.KIND, Break.TEXT));

  static final PublicTable SNAPSHOT_QUALITY =
      new PublicTable(
          SnapshotQuality.TABLE,
          HiddenBy.NO_DAY,
          List.of(SnapshotQuality.SNAPSHOT_DATE, SnapshotQuality.SOURCE));

  static final PublicTable SOURCE_OVERLAP =
      new PublicTable(
          SourceOverlap.TABLE,
          HiddenBy.NO_DAY,
          List.of(
              SourceOverlap.SNAPSHOT_DATE,
              SourceOverlap.SERVICE_TYPE,
              SourceOverlap.SOURCE_A,
              SourceOverlap.SOURCE_B));

  static final List<PublicTable> ALL =
      List.of(
          COUNTRY_EXPOSURE,
          COUNTRY_SERVICE_EXPOSURE,
          COUNTRY_RANK,
          EXPOSURE_INDEX,
          COUNTRY_TREND,
          COUNTRY_CHURN,
          EXPOSURE_SURVIVAL,
          BREAK,
          SNAPSHOT_QUALITY,
          SOURCE_OVERLAP);

  /** Tables without a row in a good history, in one that is too short, or of a job of choice. */
  static final Set<PublicTable> MAY_BE_EMPTY =
      Set.of(BREAK, EXPOSURE_INDEX, COUNTRY_CHURN, EXPOSURE_SURVIVAL);

  private PublicTables() {}
}

package org.exposureatlas.country;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.CountryServiceExposure;
import org.exposureatlas.schema.TableSchema;

/**
 * Days whose snapshots are partial: their figures are not known, and so they are NULL, never low.
 */
public final class UnmeasuredDays {

  private static final Set<String> KNOWN =
      Set.of(
          CountryServiceExposure.SNAPSHOT_DATE.name(),
          CountryServiceExposure.COUNTRY_CODE.name(),
          CountryServiceExposure.SERVICE_TYPE.name(),
          CountryServiceExposure.GEO_EDITION.name(),
          CountryServiceExposure.SUPPRESSED.name(),
          CountryRank.MEASURE.name());

  private UnmeasuredDays() {}

  /**
   * {@code rows} with NULL in every figure of the days {@code partial}.
   *
   * @param table table of {@code rows}: {@code country_exposure}, {@code country_service_exposure}
   *     or {@code country_rank}
   */
  public static Dataset<Row> blank(Dataset<Row> rows, TableSchema table, List<LocalDate> partial) {
    if (partial.isEmpty()) {
      return rows;
    }
    Object[] days = partial.stream().map(Date::valueOf).toArray();
    Column isWhole = not(CountryServiceExposure.SNAPSHOT_DATE.col().isin(days));
    Column[] columns =
        Arrays.stream(table.structType().fieldNames())
            .map(name -> KNOWN.contains(name) ? col(name) : when(isWhole, col(name)).as(name))
            .toArray(Column[]::new);
    return table.conform(rows.select(columns));
  }
}

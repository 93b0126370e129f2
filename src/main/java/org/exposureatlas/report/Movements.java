package org.exposureatlas.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;

/** What the report shows of churn and survival, per country over all services. */
final class Movements {

  private static final String ALL = "all";

  private static final List<Field> FLOWS =
      List.of(
          CountryChurn.BEFORE_BYTES,
          CountryChurn.ENTERED_BYTES,
          CountryChurn.MOVED_IN_BYTES,
          CountryChurn.GREW_BYTES,
          CountryChurn.REMEASURED_BYTES,
          CountryChurn.LEFT_BYTES,
          CountryChurn.MOVED_OUT_BYTES,
          CountryChurn.SHRANK_BYTES,
          CountryChurn.AFTER_BYTES);

  private static final List<Field> SURVIVAL =
      List.of(
          ExposureSurvival.MEDIAN_DAYS,
          ExposureSurvival.MEDIAN_DAYS_LOW95,
          ExposureSurvival.MEDIAN_DAYS_HIGH95,
          ExposureSurvival.SURVIVAL_28D,
          ExposureSurvival.SURVIVAL_28D_LOW95,
          ExposureSurvival.SURVIVAL_28D_HIGH95);

  private Movements() {}

  /** Flows of bytes up to {@code day}, from the earliest snapshot it was compared with. */
  static void addChurn(ObjectNode root, Dataset<Row> churn, LocalDate day) {
    ObjectNode countries = root.putObject("churn");
    Column isLast = CountryChurn.SNAPSHOT_DATE.col().equalTo(Date.valueOf(day));
    for (Row row :
        churn
            .where(isLast.and(CountryChurn.SERVICE_TYPE.col().equalTo(ALL)))
            .where(CountryChurn.BEFORE_BYTES.col().isNotNull())
            .orderBy(CountryChurn.FROM_DATE.col().desc(), CountryChurn.COUNTRY_CODE.col())
            .collectAsList()) {
      ObjectNode entry = countries.putObject(row.getAs(CountryChurn.COUNTRY_CODE.name()));
      entry.put("from", row.<Date>getAs(CountryChurn.FROM_DATE.name()).toString());
      FLOWS.forEach(flow -> entry.put(flow.name(), row.<Long>getAs(flow.name())));
    }
  }

  /** How long stores stand open, countries with most lives first. */
  static void addSurvival(ObjectNode root, Dataset<Row> survival) {
    ArrayNode list = root.putArray("survival");
    for (Row row :
        survival
            .where(ExposureSurvival.SERVICE_TYPE.col().equalTo(ALL))
            .where(ExposureSurvival.COHORT_MONTH.col().equalTo(ALL))
            .where(ExposureSurvival.STORE_COUNT.col().gt(0))
            .orderBy(ExposureSurvival.STORE_COUNT.col().desc(), ExposureSurvival.COUNTRY_CODE.col())
            .collectAsList()) {
      String code = row.getAs(ExposureSurvival.COUNTRY_CODE.name());
      ObjectNode entry = list.addObject();
      entry.put("name", code.equals(ALL) ? "World" : ReportData.name(code));
      entry.put("stores", row.<Long>getAs(ExposureSurvival.STORE_COUNT.name()));
      SURVIVAL.forEach(figure -> entry.put(figure.name(), row.<Double>getAs(figure.name())));
    }
  }
}

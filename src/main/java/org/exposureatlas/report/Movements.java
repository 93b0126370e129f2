package org.exposureatlas.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Date;
import java.util.Comparator;
import java.util.List;
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

  /** What is shown of the churn up to one day. */
  static List<Row> churn(Dataset<Row> ofDay) {
    return ofDay
        .where(CountryChurn.SERVICE_TYPE.col().equalTo(ALL))
        .where(CountryChurn.BEFORE_BYTES.col().isNotNull())
        .collectAsList();
  }

  /** Flows of bytes, from the earliest snapshot the day was compared with. */
  static void addChurn(ObjectNode root, List<Row> churn) {
    ObjectNode countries = root.putObject("churn");
    Comparator<Row> byDay =
        Comparator.comparing(
            row -> row.getAs(CountryChurn.FROM_DATE.name()), Comparator.<Date>reverseOrder());
    Comparator<Row> inOrder =
        byDay.thenComparing(row -> row.<String>getAs(CountryChurn.COUNTRY_CODE.name()));
    for (Row row : churn.stream().sorted(inOrder).toList()) {
      ObjectNode entry = countries.putObject(row.getAs(CountryChurn.COUNTRY_CODE.name()));
      entry.put("from", row.<Date>getAs(CountryChurn.FROM_DATE.name()).toString());
      FLOWS.forEach(flow -> entry.put(flow.name(), row.<Long>getAs(flow.name())));
    }
  }

  /** What is shown of survival. */
  static List<Row> survival(Dataset<Row> survival) {
    return survival
        .where(ExposureSurvival.SERVICE_TYPE.col().equalTo(ALL))
        .where(ExposureSurvival.COHORT_MONTH.col().equalTo(ALL))
        .where(ExposureSurvival.STORE_COUNT.col().gt(0))
        .collectAsList();
  }

  /** How long stores stand open, countries with most lives first. */
  static void addSurvival(ObjectNode root, List<Row> survival) {
    ArrayNode list = root.putArray("survival");
    Comparator<Row> byLives =
        Comparator.comparing(
            row -> row.getAs(ExposureSurvival.STORE_COUNT.name()), Comparator.<Long>reverseOrder());
    Comparator<Row> inOrder =
        byLives.thenComparing(row -> row.<String>getAs(ExposureSurvival.COUNTRY_CODE.name()));
    for (Row row : survival.stream().sorted(inOrder).toList()) {
      String code = row.getAs(ExposureSurvival.COUNTRY_CODE.name());
      ObjectNode entry = list.addObject();
      entry.put("name", code.equals(ALL) ? "World" : ReportData.name(code));
      entry.put("stores", row.<Long>getAs(ExposureSurvival.STORE_COUNT.name()));
      SURVIVAL.forEach(figure -> entry.put(figure.name(), row.<Double>getAs(figure.name())));
    }
  }
}

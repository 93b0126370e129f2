package org.exposureatlas.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.RowGroups;

/**
 * Hides figures of survival: cells of few lives or of a hidden series, and those that would give
 * them away. Countries, services and months add up to their totals.
 */
final class SurvivalSuppression {

  private static final StructType TYPE = ExposureSurvival.TABLE.relaxed();
  private static final Set<String> KEPT =
      Set.of(
          ExposureSurvival.AS_OF_DATE.name(),
          ExposureSurvival.COUNTRY_CODE.name(),
          ExposureSurvival.SERVICE_TYPE.name(),
          ExposureSurvival.COHORT_MONTH.name());

  private SurvivalSuppression() {}

  /** {@link ExposureSurvival} with NULL figures in hidden rows. */
  static Dataset<Row> apply(Dataset<Row> survival, Hiding hiding, int minHosts) {
    Column isHidden =
        hiding.ofSeries(ExposureSurvival.COUNTRY_CODE.col(), ExposureSurvival.SERVICE_TYPE.col());
    return RowGroups.made(
        survival
            .withColumn(Suppression.HIDDEN, isHidden)
            .to(TYPE.add(Suppression.HIDDEN, "boolean")),
        List.of(ExposureSurvival.AS_OF_DATE),
        rows -> hide(rows, minHosts),
        TYPE);
  }

  private static List<Row> hide(List<Row> rows, int minHosts) {
    List<Row> all = rows.stream().sorted(Comparator.comparing(SurvivalSuppression::key)).toList();
    boolean[] hidden = HiddenCells.among(all.stream().map(row -> cell(row, minHosts)).toList());
    List<Row> shown = new ArrayList<>();
    for (int i = 0; i < hidden.length; i++) {
      shown.add(hidden[i] ? blank(all.get(i)) : part(all.get(i)));
    }
    return shown;
  }

  private static String key(Row row) {
    return text(row, ExposureSurvival.COUNTRY_CODE)
        + "\t"
        + text(row, ExposureSurvival.SERVICE_TYPE)
        + "\t"
        + text(row, ExposureSurvival.COHORT_MONTH);
  }

  /** One group for each of country, service and month running over all its values. */
  private static HiddenCells.Cell cell(Row row, int minHosts) {
    long stores = row.getLong(TYPE.fieldIndex(ExposureSurvival.STORE_COUNT.name()));
    boolean isSmall = HiddenCells.isSmall(stores, minHosts);
    boolean isOfHiddenSeries = stores > 0 && row.getBoolean(TYPE.size());
    String country = text(row, ExposureSurvival.COUNTRY_CODE);
    String service = text(row, ExposureSurvival.SERVICE_TYPE);
    String month = text(row, ExposureSurvival.COHORT_MONTH);
    return new HiddenCells.Cell(
        stores,
        HiddenCells.Sensitivity.of(isSmall || isOfHiddenSeries),
        List.of(
            "*\t" + service + "\t" + month,
            country + "\t*\t" + month,
            country + "\t" + service + "\t*"));
  }

  private static String text(Row row, Field field) {
    return row.getString(TYPE.fieldIndex(field.name()));
  }

  private static Row part(Row row) {
    Object[] cells = new Object[TYPE.size()];
    Arrays.setAll(cells, row::get);
    return RowFactory.create(cells);
  }

  private static Row blank(Row row) {
    Object[] cells = new Object[TYPE.size()];
    Arrays.setAll(cells, place -> KEPT.contains(TYPE.fieldNames()[place]) ? row.get(place) : null);
    return RowFactory.create(cells);
  }
}

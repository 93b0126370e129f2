package org.exposureatlas.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.RowGroups;

/**
 * Hides what churn tells of few stores.
 *
 * <p>A row whose country or service is hidden in either snapshot is hidden. Of a country's own row,
 * each flow of few stores is hidden, count and bytes, and where it is the only one also the next
 * smallest, because the flows add up. A row of a service with such a flow is hidden as a whole, and
 * so is a second one of the country where there would be only one.
 */
final class ChurnSuppression {

  private static final StructType TYPE = CountryChurn.TABLE.relaxed();
  private static final int HIDDEN = TYPE.size();
  private static final int KEY_COLUMNS = 4;

  private static final List<Field> FLOWS =
      List.of(
          CountryChurn.ENTERED_COUNT,
          CountryChurn.LEFT_COUNT,
          CountryChurn.MOVED_IN_COUNT,
          CountryChurn.MOVED_OUT_COUNT,
          CountryChurn.STAYED_COUNT,
          CountryChurn.GREW_COUNT,
          CountryChurn.SHRANK_COUNT,
          CountryChurn.REMEASURED_COUNT);

  private ChurnSuppression() {}

  /** {@link CountryChurn} with NULL for what is hidden. */
  static Dataset<Row> apply(Dataset<Row> churn, Hiding hiding, int minHosts) {
    Column country = CountryChurn.COUNTRY_CODE.col();
    Column service = CountryChurn.SERVICE_TYPE.col();
    Column isHidden =
        hiding
            .ofCell(CountryChurn.FROM_DATE.col(), country, service)
            .or(hiding.ofCell(CountryChurn.SNAPSHOT_DATE.col(), country, service));
    return RowGroups.made(
        churn.withColumn(Suppression.HIDDEN, isHidden).to(TYPE.add(Suppression.HIDDEN, "boolean")),
        List.of(CountryChurn.SNAPSHOT_DATE, CountryChurn.FROM_DATE, CountryChurn.COUNTRY_CODE),
        rows -> hide(rows, minHosts),
        TYPE);
  }

  /** The rows of one country. */
  private static List<Row> hide(List<Row> rows, int minHosts) {
    List<Row> services = new ArrayList<>();
    List<Row> shown = new ArrayList<>();
    rows.forEach(
        row -> {
          if (!service(row).equals(Suppression.ALL_SERVICES)) {
            services.add(row);
          } else if (row.getBoolean(HIDDEN)) {
            shown.add(blank(row));
          } else {
            shown.add(withoutSmallFlows(row, minHosts));
          }
        });
    services.sort(Comparator.comparing(ChurnSuppression::service));
    boolean[] hidden =
        HiddenCells.among(services.stream().map(row -> cell(row, minHosts)).toList());
    for (int i = 0; i < hidden.length; i++) {
      shown.add(hidden[i] ? blank(services.get(i)) : part(services.get(i)));
    }
    return shown;
  }

  private static HiddenCells.Cell cell(Row row, int minHosts) {
    boolean isSmall =
        row.getBoolean(HIDDEN)
            || FLOWS.stream().anyMatch(flow -> HiddenCells.isSmall(number(row, flow), minHosts));
    return new HiddenCells.Cell(
        number(row, CountryChurn.BEFORE_COUNT) + number(row, CountryChurn.AFTER_COUNT),
        HiddenCells.Sensitivity.of(isSmall),
        List.of(Suppression.ALL_SERVICES));
  }

  private static Row withoutSmallFlows(Row row, int minHosts) {
    boolean[] hidden =
        HiddenCells.among(
            FLOWS.stream()
                .map(flow -> number(row, flow))
                .map(
                    count ->
                        new HiddenCells.Cell(
                            count,
                            HiddenCells.Sensitivity.of(HiddenCells.isSmall(count, minHosts)),
                            List.of(Suppression.ALL_SERVICES)))
                .toList());
    Object[] cells = cells(row);
    for (int i = 0; i < hidden.length; i++) {
      if (hidden[i]) {
        int count = TYPE.fieldIndex(FLOWS.get(i).name());
        cells[count] = null;
        cells[count + 1] = null;
      }
    }
    return RowFactory.create(cells);
  }

  private static long number(Row row, Field field) {
    return row.getLong(TYPE.fieldIndex(field.name()));
  }

  private static String service(Row row) {
    return row.getString(KEY_COLUMNS - 1);
  }

  private static Row part(Row row) {
    return RowFactory.create(cells(row));
  }

  private static Row blank(Row row) {
    Object[] cells = cells(row);
    Arrays.fill(cells, KEY_COLUMNS, cells.length, null);
    return RowFactory.create(cells);
  }

  private static Object[] cells(Row row) {
    Object[] cells = new Object[TYPE.size()];
    Arrays.setAll(cells, row::get);
    return cells;
  }
}

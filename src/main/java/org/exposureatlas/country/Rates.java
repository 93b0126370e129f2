package org.exposureatlas.country;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.statistics.EmpiricalBayes;

/**
 * Figures of countries per address, person and dollar: the rates of {@link CountryRank}.
 *
 * <p>A rate on a small base is mostly chance. Rates of counts are therefore also given shrunk, and
 * a base is marked where a country's own rate of exposures counts less than half in that. Volumes
 * are no counts and are not shrunk; the mark tells of them too.
 */
final class Rates {

  private static final Set<String> COUNTS =
      Set.of(CountryExposure.EXPOSURE_COUNT.name(), CountryExposure.HOST_COUNT.name());

  private static final double OWN_WEIGHT = 0.5;

  /** {@link CountryRank}, and the bases. */
  static final StructType WITH_BASES = withBases();

  private Rates() {}

  /**
   * Rows with the columns of rates, and with bases for {@link #withShrunk}.
   *
   * @param values snapshot_date, country_code, value, geo_edition, and whatever else
   */
  static Dataset<Row> added(Dataset<Row> values, Dataset<Row> addresses, Dataset<Row> economies) {
    String country = CountryRank.COUNTRY_CODE.name();
    return values
        .withColumn(Bases.YEAR, year(CountryRank.SNAPSHOT_DATE.col()))
        .join(addresses, new String[] {CountryExposure.GEO_EDITION.name(), country}, "left")
        .join(economies, new String[] {Bases.YEAR, country}, "left")
        .withColumns(
            Stream.of(Base.values())
                .collect(Collectors.toMap(base -> base.rate().name(), Rates::rate)));
  }

  private static StructType withBases() {
    StructType type = CountryRank.TABLE.relaxed();
    for (Base base : Base.values()) {
      type = type.add(base.column(), DataTypes.LongType);
    }
    return type;
  }

  /** NULL where there is no base. */
  private static Column rate(Base base) {
    Column whole = col(base.column());
    return when(
        whole.gt(0), CountryRank.VALUE.col().cast("double").divide(whole).multiply(base.unit()));
  }

  /**
   * {@link CountryRank} of all rows of a snapshot, which lack only the shrunk rates and the mark.
   *
   * @param rows {@link #WITH_BASES}; put in an order that the sums of the estimate do not change
   *     with
   */
  static List<Row> withShrunk(List<Row> rows) {
    List<Row> day =
        rows.stream()
            .sorted(
                Comparator.comparing(row -> row.getString(place(CountryRank.COUNTRY_CODE.name()))))
            .toList();
    Map<Base, Map<String, EmpiricalBayes>> all = new EnumMap<>(Base.class);
    for (Base base : Base.values()) {
      Map<String, EmpiricalBayes> ofMeasure = new HashMap<>();
      COUNTS.forEach(
          measure -> fit(day, measure, base).ifPresent(fit -> ofMeasure.put(measure, fit)));
      all.put(base, ofMeasure);
    }
    return day.stream().map(row -> shrunk(row, all)).toList();
  }

  private static Optional<EmpiricalBayes> fit(List<Row> day, String measure, Base base) {
    List<Row> known =
        day.stream()
            .filter(row -> measure.equals(row.getString(place(CountryRank.MEASURE.name()))))
            .filter(row -> isKnown(row, base))
            .toList();
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(
            EmpiricalBayes.fit(
                known.stream().mapToDouble(Rates::value).toArray(),
                known.stream().mapToDouble(row -> size(row, base)).toArray()));
  }

  private static Row shrunk(Row row, Map<Base, Map<String, EmpiricalBayes>> all) {
    Object[] cells = new Object[CountryRank.TABLE.structType().size()];
    Arrays.setAll(cells, row::get);
    List<String> small = new ArrayList<>();
    for (Base base : Base.values()) {
      Map<String, EmpiricalBayes> fits = all.get(base);
      if (isKnown(row, base) && !fits.isEmpty()) {
        double size = size(row, base);
        EmpiricalBayes own = fits.get(row.getString(place(CountryRank.MEASURE.name())));
        cells[place(base.shrunk().name())] =
            own == null ? null : (Double) own.rate(value(row), size);
        if (fits.get(CountryExposure.EXPOSURE_COUNT.name()).weight(size) < OWN_WEIGHT) {
          small.add(base.label());
        }
      }
    }
    cells[place(CountryRank.SMALL_BASES.name())] =
        row.isNullAt(place(CountryRank.VALUE.name())) ? null : small.toArray(String[]::new);
    return RowFactory.create(cells);
  }

  private static boolean isKnown(Row row, Base base) {
    return !row.isNullAt(place(CountryRank.VALUE.name()))
        && !row.isNullAt(place(base.column()))
        && row.getLong(place(base.column())) > 0;
  }

  private static double value(Row row) {
    return row.getLong(place(CountryRank.VALUE.name()));
  }

  /** In the unit of the rate. */
  private static double size(Row row, Base base) {
    return row.getLong(place(base.column())) / base.unit();
  }

  /** Rows made by hand know no names. */
  private static int place(String column) {
    return WITH_BASES.fieldIndex(column);
  }
}

package org.exposureatlas.country;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.CountryExposure;

/** What figures of countries are divided by: the denominators of rates. */
public final class Bases {

  static final String YEAR = "year";

  /** Rows of {@link #addresses}. */
  public static final StructType ADDRESSES =
      new StructType()
          .add(CountryExposure.GEO_EDITION.name(), DataTypes.StringType)
          .add(CountryExposure.COUNTRY_CODE.name(), DataTypes.StringType)
          .add(Base.IPV4.column(), DataTypes.LongType);

  /** Rows of {@link #economies}. */
  public static final StructType ECONOMIES =
      new StructType()
          .add(YEAR, DataTypes.IntegerType)
          .add(CountryExposure.COUNTRY_CODE.name(), DataTypes.StringType)
          .add(Base.PEOPLE.column(), DataTypes.LongType)
          .add(Base.GDP.column(), DataTypes.LongType);

  private Bases() {}

  /** IPv4 addresses that an edition gives a country. */
  public static Row addresses(String edition, String country, long count) {
    return RowFactory.create(edition, country, count);
  }

  /**
   * People and GDP (US dollars) of every country in the years asked for.
   *
   * <p>World Bank figures as shipped, of the newest year not after the one asked for and at most
   * five years before it; NULL where there is none.
   */
  public static List<Row> economies(Set<Integer> years) {
    YearlyFigures people = YearlyFigures.load("population.csv");
    YearlyFigures gdp = YearlyFigures.load("gdp.csv");
    Set<String> countries = new TreeSet<>(people.countries());
    countries.addAll(gdp.countries());
    List<Row> rows = new ArrayList<>();
    for (int year : new TreeSet<>(years)) {
      for (String country : countries) {
        rows.add(
            RowFactory.create(year, country, people.asOf(country, year), gdp.asOf(country, year)));
      }
    }
    return rows;
  }
}

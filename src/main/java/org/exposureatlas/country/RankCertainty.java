package org.exposureatlas.country;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.exposureatlas.country.CellSample.Figure;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.statistics.Resample;
import org.exposureatlas.statistics.SumReplicates;

/**
 * Ranks, and how sure values, shares and ranks are. Everything of a snapshot comes from the same
 * replicates: in each of them the world is the sum of its countries, {@code ZZ} included, and the
 * countries are ranked anew.
 */
final class RankCertainty {

  /**
   * The exposures of a country.
   *
   * @param hosts its distinct hosts
   * @param tailIndex tail index of its sizes; empty: not known
   */
  private record Sample(Resample resample, long hosts, OptionalDouble tailIndex) {

    static Sample of(Row row) {
      return new Sample(
          Resample.fromBytes(row.<byte[]>getAs(4)),
          row.getLong(2),
          row.isNullAt(3) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(3)));
    }

    SumReplicates replicates(Figure figure) {
      return figure == Figure.HOST_COUNT
          ? CellDescription.hosts(resample, hosts)
          : SumReplicates.of(resample, figure.ordinal(), tailIndex);
    }
  }

  private RankCertainty() {}

  /**
   * What {@link #added} knows countries by.
   *
   * @param countries {@link CountryExposure} with {@link CellSample#RESAMPLE}
   */
  static Dataset<Row> samples(Dataset<Row> countries) {
    return countries
        .select(
            CountryExposure.SNAPSHOT_DATE.col(),
            CountryExposure.COUNTRY_CODE.col(),
            CountryExposure.HOST_COUNT.col(),
            CountryExposure.TAIL_INDEX.col(),
            col(CellSample.RESAMPLE))
        .where(col(CellSample.RESAMPLE).isNotNull())
        .where(CountryExposure.HOST_COUNT.col().isNotNull());
  }

  /**
   * All rows of a snapshot with ranks, bounds and probabilities.
   *
   * @param rows {@link CountryRank} with values, shares and rates, without {@code ZZ}
   * @param ofCountries {@link #samples} of all countries
   */
  static List<Row> added(List<Row> rows, List<Row> ofCountries) {
    Map<String, Sample> samples = new TreeMap<>();
    ofCountries.forEach(row -> samples.put(row.getString(1), Sample.of(row)));
    Map<String, List<RankRow>> measures = new TreeMap<>();
    rows.forEach(
        row -> {
          RankRow one = new RankRow(row);
          measures.computeIfAbsent(one.measure(), measure -> new ArrayList<>()).add(one);
        });
    measures.forEach((measure, ofMeasure) -> rank(Figure.of(measure), ofMeasure, samples));
    return measures.values().stream()
        .flatMap(Collection::stream)
        .map(row -> RowFactory.create(row.cells()))
        .toList();
  }

  private static void rank(Figure figure, List<RankRow> rows, Map<String, Sample> samples) {
    Map<String, SumReplicates> drawn = new TreeMap<>();
    double[] world = new double[replicates(samples)];
    samples.forEach(
        (country, sample) -> {
          SumReplicates ofCountry = sample.replicates(figure);
          drawn.put(country, ofCountry);
          Arrays.setAll(world, i -> world[i] + ofCountry.value(i));
        });
    rows.forEach(row -> row.draw(drawn.get(row.country()), world));
    RankRow.rankAll(rows);
  }

  private static int replicates(Map<String, Sample> samples) {
    return samples.values().stream()
        .mapToInt(sample -> sample.resample().plan().replicates())
        .findFirst()
        .orElse(0);
  }
}

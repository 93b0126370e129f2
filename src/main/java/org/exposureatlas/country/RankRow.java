package org.exposureatlas.country;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.CountryRank;
import org.exposureatlas.schema.Field;
import org.exposureatlas.statistics.Interval;
import org.exposureatlas.statistics.RankDistribution;
import org.exposureatlas.statistics.RankDistribution.Place;
import org.exposureatlas.statistics.SumReplicates;

/** A row of {@code country_rank} whose ranks and bounds are being filled in. */
final class RankRow {

  /** A figure to rank by, and the columns that say where a country stands. */
  private record Ranking(Field figure, Field rank, Field low, Field high, Field first) {}

  /** Bases of rates are taken as known exactly. */
  private static final List<Ranking> RANKINGS =
      List.of(
          new Ranking(
              CountryRank.VALUE,
              CountryRank.RANK,
              CountryRank.RANK_LOW95,
              CountryRank.RANK_HIGH95,
              CountryRank.FIRST_PROBABILITY),
          new Ranking(
              CountryRank.VALUE_PER_MILLION_IPV4,
              CountryRank.RANK_PER_MILLION_IPV4,
              CountryRank.RANK_PER_MILLION_IPV4_LOW95,
              CountryRank.RANK_PER_MILLION_IPV4_HIGH95,
              CountryRank.FIRST_PROBABILITY_PER_MILLION_IPV4),
          new Ranking(
              CountryRank.VALUE_PER_MILLION_PEOPLE,
              CountryRank.RANK_PER_MILLION_PEOPLE,
              CountryRank.RANK_PER_MILLION_PEOPLE_LOW95,
              CountryRank.RANK_PER_MILLION_PEOPLE_HIGH95,
              CountryRank.FIRST_PROBABILITY_PER_MILLION_PEOPLE),
          new Ranking(
              CountryRank.VALUE_PER_BILLION_GDP,
              CountryRank.RANK_PER_BILLION_GDP,
              CountryRank.RANK_PER_BILLION_GDP_LOW95,
              CountryRank.RANK_PER_BILLION_GDP_HIGH95,
              CountryRank.FIRST_PROBABILITY_PER_BILLION_GDP));

  private static final StructType TYPE = CountryRank.TABLE.relaxed();

  private final Object[] cells = new Object[TYPE.size()];

  /** Replicates of the value. */
  private double[] replicates = {};

  /** {@code row}: {@link CountryRank} with value, share and rates. */
  RankRow(Row row) {
    Arrays.setAll(cells, row::get);
  }

  String measure() {
    return (String) cell(CountryRank.MEASURE);
  }

  String country() {
    return (String) cell(CountryRank.COUNTRY_CODE);
  }

  Object[] cells() {
    return cells;
  }

  private Object cell(Field field) {
    return cells[TYPE.fieldIndex(field.name())];
  }

  private void put(Field field, Object value) {
    cells[TYPE.fieldIndex(field.name())] = value;
  }

  private double number(Field field) {
    return ((Number) cell(field)).doubleValue();
  }

  /**
   * Takes the replicates of the value and bounds value and share by them.
   *
   * @param drawn replicates of the value; NULL: the country has no exposure
   * @param world replicates of the world
   */
  void draw(SumReplicates drawn, double... world) {
    replicates = drawn == null ? new double[world.length] : drawn.values();
    if (cell(CountryRank.VALUE) == null || number(CountryRank.VALUE) == 0 || world.length == 0) {
      return;
    }
    long value = (Long) cell(CountryRank.VALUE);
    put(CountryRank.VALUE_LOW95, drawn.interval().wholeLow(value));
    put(CountryRank.VALUE_HIGH95, drawn.interval().wholeHigh(value));
    double[] shares = new double[world.length];
    Arrays.setAll(shares, i -> world[i] == 0 ? 0 : replicates[i] / world[i]);
    Interval share = Interval.percentile(shares).with(number(CountryRank.SHARE));
    put(CountryRank.SHARE_LOW95, share.low());
    put(CountryRank.SHARE_HIGH95, share.high());
  }

  /** Ranks the rows of a snapshot and measure by value and by every rate. */
  static void rankAll(List<RankRow> rows) {
    for (Ranking ranking : RANKINGS) {
      rank(rows.stream().filter(row -> row.cell(ranking.figure()) != null).toList(), ranking);
    }
  }

  private static void rank(List<RankRow> contenders, Ranking ranking) {
    double[] figures =
        contenders.stream().mapToDouble(row -> row.number(ranking.figure())).toArray();
    double[][] drawn =
        contenders.stream().map(row -> row.replicatesOf(ranking.figure())).toArray(double[][]::new);
    int[] ranks = RankDistribution.ranks(figures);
    for (int i = 0; i < ranks.length; i++) {
      contenders.get(i).put(ranking.rank(), ranks[i]);
    }
    if (drawn.length > 0 && drawn[0].length > 0) {
      Place[] places = RankDistribution.of(figures, drawn);
      for (int i = 0; i < places.length; i++) {
        contenders.get(i).put(ranking.low(), places[i].low());
        contenders.get(i).put(ranking.high(), places[i].high());
        contenders.get(i).put(ranking.first(), places[i].firstProbability());
      }
    }
  }

  /** Replicates of {@code figure}, which is the value or proportional to it. */
  private double[] replicatesOf(Field figure) {
    double value = number(CountryRank.VALUE);
    double factor = value == 0 ? 0 : number(figure) / value;
    return Arrays.stream(replicates).map(replicate -> replicate * factor).toArray();
  }
}

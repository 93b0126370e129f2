package org.exposureatlas.country;

import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.country.CellSample.Figure;
import org.exposureatlas.schema.CountryExposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.statistics.Concentration;
import org.exposureatlas.statistics.LongList;
import org.exposureatlas.statistics.Resample;
import org.exposureatlas.statistics.SumReplicates;
import org.exposureatlas.statistics.TailIndex;

/** What a {@link CellSample} tells: intervals, and how unevenly sizes are spread. */
final class CellDescription {

  /** The columns described, in this order. */
  static final List<Field> COLUMNS =
      List.of(
          CountryExposure.CLEAN_BYTES_LOW95,
          CountryExposure.CLEAN_BYTES_HIGH95,
          CountryExposure.EXPOSURE_COUNT_LOW95,
          CountryExposure.EXPOSURE_COUNT_HIGH95,
          CountryExposure.HOST_COUNT_LOW95,
          CountryExposure.HOST_COUNT_HIGH95,
          CountryExposure.INTERVAL_METHOD,
          CountryExposure.MEDIAN_SIZE_BYTES,
          CountryExposure.TOP1_SHARE,
          CountryExposure.TOP10_SHARE,
          CountryExposure.TOP1_PERCENT_SHARE,
          CountryExposure.GINI,
          CountryExposure.HHI,
          CountryExposure.LORENZ,
          CountryExposure.TAIL_INDEX,
          CountryExposure.TAIL_INDEX_LOW,
          CountryExposure.TAIL_INDEX_HIGH,
          CountryExposure.TAIL_K_MIN,
          CountryExposure.TAIL_K_MAX);

  private static final int LORENZ_STEPS = 20;

  private static final StructType TYPE =
      COLUMNS.stream()
          .reduce(
              new StructType(),
              (type, field) -> type.add(field.name(), field.type()),
              (one, other) -> one);

  private static final UDF3<byte[], byte[], Long, Row> DESCRIBE =
      (resample, sizes, hosts) ->
          resample == null
              ? null
              : describe(
                  Resample.fromBytes(resample), new Concentration(LongList.longs(sizes)), hosts);

  private CellDescription() {}

  /**
   * The {@link #COLUMNS} of a cell, as a struct; NULL for a cell without exposures.
   *
   * @param hosts distinct hosts of the cell
   */
  static Column of(Column resample, Column sizes, Column hosts) {
    return udf(DESCRIBE, TYPE).apply(resample, sizes, hosts);
  }

  private static Row describe(Resample resample, Concentration sizes, long hosts) {
    List<Object> cells = new ArrayList<>();
    Optional<TailIndex> tail = sizes.tail();
    OptionalDouble tailIndex = tail.stream().mapToDouble(TailIndex::index).findFirst();
    SumReplicates clean = SumReplicates.of(resample, Figure.CLEAN_BYTES.ordinal(), tailIndex);
    addInterval(cells, clean, resample.total(Figure.CLEAN_BYTES.ordinal()));
    addInterval(
        cells,
        SumReplicates.of(resample, Figure.EXPOSURE_COUNT.ordinal(), OptionalDouble.empty()),
        resample.units());
    addInterval(cells, hosts(resample, hosts), hosts);
    cells.add(cells.get(0) == null ? null : clean.method().label());
    addConcentration(cells, sizes);
    addTail(cells, tail);
    return RowFactory.create(cells.toArray());
  }

  /**
   * Replicates of the number of distinct hosts: those of the exposures' own host counts, which
   * count a host as often as it has exposures, scaled to the distinct hosts.
   */
  static SumReplicates hosts(Resample resample, long hosts) {
    int figure = Figure.HOST_COUNT.ordinal();
    double scale = resample.total(figure) == 0 ? 0 : (double) hosts / resample.total(figure);
    return SumReplicates.of(resample, figure, OptionalDouble.empty()).times(scale);
  }

  private static void addInterval(List<Object> cells, SumReplicates replicates, long total) {
    if (total == 0 || replicates.values().length == 0) {
      cells.add(null);
      cells.add(null);
    } else {
      cells.add(replicates.interval().wholeLow(total));
      cells.add(replicates.interval().wholeHigh(total));
    }
  }

  private static void addConcentration(List<Object> cells, Concentration sizes) {
    cells.add(sizes.median().isPresent() ? sizes.median().getAsLong() : null);
    cells.add(known(sizes.topShare(1)));
    cells.add(known(sizes.topShare(10)));
    cells.add(known(sizes.topPercentShare()));
    cells.add(known(sizes.gini()));
    cells.add(known(sizes.herfindahl()));
    cells.add(lorenz(sizes));
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  private static double[] lorenz(Concentration sizes) {
    double[] points =
        IntStream.rangeClosed(0, LORENZ_STEPS)
            .mapToDouble(step -> sizes.lorenz((double) step / LORENZ_STEPS))
            .toArray();
    return Double.isNaN(points[0]) ? null : points;
  }

  private static void addTail(List<Object> cells, Optional<TailIndex> tail) {
    cells.add(tail.map(TailIndex::index).orElse(null));
    cells.add(tail.map(TailIndex::low).orElse(null));
    cells.add(tail.map(TailIndex::high).orElse(null));
    cells.add(tail.map(TailIndex::fewest).orElse(null));
    cells.add(tail.map(TailIndex::most).orElse(null));
  }
}

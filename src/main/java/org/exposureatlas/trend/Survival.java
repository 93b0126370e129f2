package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.RowGroups;
import org.exposureatlas.schema.StoreLife;
import org.exposureatlas.statistics.KaplanMeier;
import org.exposureatlas.statistics.Lifetime;
import org.exposureatlas.statistics.LogRank;
import org.exposureatlas.statistics.MedianLife;

/**
 * How long stores stand open: {@link ExposureSurvival}, by the Kaplan-Meier estimate with late
 * entry.
 */
public final class Survival {

  private static final String ALL = "all";
  private static final String ENTRY = "entry";
  private static final String EXIT = "exit";
  private static final String CLOSED = "closed";
  private static final String LIVES = "lives";
  private static final double HALF_DAYS = 2;
  private static final int SHARE_AFTER_DAYS = 28;

  /** Equal lives; cohort, ages and end NULL for stores of unknown age. */
  private static final String[] LIFE = {
    ExposureSurvival.COUNTRY_CODE.name(),
    ExposureSurvival.SERVICE_TYPE.name(),
    ExposureSurvival.COHORT_MONTH.name(),
    ENTRY,
    EXIT,
    CLOSED
  };

  private Survival() {}

  /**
   * Survival as of a day.
   *
   * @param lives {@link StoreLife}: those that had not ended on that day, and those that ended in
   *     the look back or before it
   * @param snapshots days of the whole snapshots of the look back
   * @param missed a store missed in as many whole snapshots in a row is gone
   */
  public static Dataset<Row> asOf(
      Dataset<Row> lives, Collection<LocalDate> snapshots, int missed, LocalDate asOf) {
    long[] days = snapshots.stream().mapToLong(LocalDate::toEpochDay).sorted().toArray();
    long first = days.length == 0 ? asOf.toEpochDay() + 1 : days[0];
    long settled = days.length < missed ? first : days[days.length - missed];
    double distance = usualDistance(days);
    return RowGroups.made(
        counted(watched(lives, first, settled)),
        List.of(ExposureSurvival.SERVICE_TYPE, ExposureSurvival.COHORT_MONTH),
        rows -> survival(rows, asOf, distance),
        ExposureSurvival.TABLE.relaxed());
  }

  /** The median distance of neighbouring snapshots, in days; 1 for fewer than two. */
  private static double usualDistance(long... days) {
    long[] distances = new long[Math.max(0, days.length - 1)];
    Arrays.setAll(distances, i -> days[i + 1] - days[i]);
    Arrays.sort(distances);
    return distances.length == 0 ? 1 : distances[distances.length / 2];
  }

  /**
   * Lives as far as they were watched, in half days: an opening or a closure between two snapshots
   * is put halfway.
   *
   * @param first day of the first snapshot, since 1970-01-01; lives that were over are left out
   * @param settled the last day for which it is known which lives had ended
   */
  private static Dataset<Row> watched(Dataset<Row> lives, long first, long settled) {
    Column opened = halfway(StoreLife.UNSEEN_BEFORE_DATE, StoreLife.FIRST_SEEN_DATE);
    Column closed = halfway(StoreLife.LAST_SEEN_DATE, StoreLife.UNSEEN_AFTER_DATE);
    Column isEnded = StoreLife.IS_ENDED.col();
    Column isKnown = opened.isNotNull();
    Column opening = date_from_unix_date(floor(opened.divide(2)).cast(DataTypes.IntegerType));
    return lives
        .where(unix_date(StoreLife.LAST_SEEN_DATE.col()).geq(first))
        .select(
            StoreLife.COUNTRY_CODE.col().as(ExposureSurvival.COUNTRY_CODE.name()),
            StoreLife.SERVICE_TYPE.col().as(ExposureSurvival.SERVICE_TYPE.name()),
            date_format(opening, "yyyy-MM").as(ExposureSurvival.COHORT_MONTH.name()),
            when(isKnown, greatest(lit(2 * first).minus(opened), lit(0L))).as(ENTRY),
            when(isEnded, closed).otherwise(lit(2 * settled)).minus(opened).as(EXIT),
            when(isKnown, isEnded).as(CLOSED),
            StoreLife.LIFE_COUNT.col().as(LIVES))
        .where(col(EXIT).isNull().or(col(EXIT).gt(col(ENTRY))));
  }

  /** Half days since 1970-01-01; NULL where the first is. */
  private static Column halfway(Field before, Field after) {
    return unix_date(before.col()).plus(unix_date(after.col())).cast(DataTypes.LongType);
  }

  /** Equal lives counted together, in the cells of their service and of all, and of their month. */
  private static Dataset<Row> counted(Dataset<Row> lives) {
    Column services = explode(array(ExposureSurvival.SERVICE_TYPE.col(), lit(ALL)));
    Column months = explode(array_compact(array(ExposureSurvival.COHORT_MONTH.col(), lit(ALL))));
    Column[] key = Arrays.stream(LIFE).map(functions::col).toArray(Column[]::new);
    return lives
        .groupBy(key)
        .agg(sum(col(LIVES)).as(LIVES))
        .withColumn(ExposureSurvival.SERVICE_TYPE.name(), services)
        .withColumn(ExposureSurvival.COHORT_MONTH.name(), months)
        .groupBy(key)
        .agg(sum(col(LIVES)).as(LIVES));
  }

  /** The lives of one country in a cell. */
  private static final class Country {

    private final List<Lifetime> lives = new ArrayList<>();
    private long late;
    private long closed;
    private long prevalent;

    void add(Row row) {
      long count = row.getAs(LIVES);
      Long exit = row.getAs(EXIT);
      if (exit == null) {
        prevalent += count;
        return;
      }
      long entry = row.getAs(ENTRY);
      boolean isClosed = row.getAs(CLOSED);
      late += entry > 0 ? count : 0;
      closed += isClosed ? count : 0;
      lives.add(
          new Lifetime(
              entry / HALF_DAYS,
              exit / HALF_DAYS,
              isClosed ? Lifetime.End.CLOSED : Lifetime.End.STILL_OPEN,
              count));
    }
  }

  private static List<Row> survival(List<Row> rows, LocalDate asOf, double distance) {
    String[] cell = {rows.get(0).getString(1), rows.get(0).getString(2)};
    Country world = new Country();
    Map<String, Country> countries = new TreeMap<>();
    for (Row row : rows) {
      world.add(row);
      countries.computeIfAbsent(row.getString(0), code -> new Country()).add(row);
    }
    List<Row> found = new ArrayList<>();
    found.add(row(cell, asOf, distance, ALL, world, null));
    countries.forEach(
        (code, country) ->
            found.add(row(cell, asOf, distance, code, country, logRank(country, world))));
    return found;
  }

  private static Double logRank(Country country, Country world) {
    boolean isAlone = country.lives.size() == world.lives.size();
    return isAlone || country.lives.isEmpty() || world.closed == 0
        ? null
        : (Double) LogRank.test(country.lives, world.lives).pValue();
  }

  private static Row row(
      String[] cell,
      LocalDate asOf,
      double distance,
      String code,
      Country country,
      Double logRank) {
    KaplanMeier curve = KaplanMeier.fit(country.lives);
    MedianLife median = MedianLife.of(curve, distance);
    KaplanMeier.Step share = curve.at(SHARE_AFTER_DAYS);
    boolean isWatched =
        country.lives.stream().anyMatch(life -> life.exit() >= SHARE_AFTER_DAYS)
            || share.survival() == 0;
    boolean isBounded = isWatched && share.closed() > 0;
    return RowFactory.create(
        Date.valueOf(asOf),
        code,
        cell[0],
        cell[1],
        country.lives.stream().mapToLong(Lifetime::count).sum(),
        country.late,
        country.closed,
        country.prevalent,
        known(median.age()),
        known(median.low()),
        known(median.high()),
        isWatched ? (Double) share.survival() : null,
        isBounded ? (Double) share.low() : null,
        isBounded ? (Double) share.high() : null,
        logRank);
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}

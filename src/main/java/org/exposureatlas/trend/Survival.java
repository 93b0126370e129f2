package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.ExposureSurvival;
import org.exposureatlas.statistics.KaplanMeier;
import org.exposureatlas.statistics.Lifetime;
import org.exposureatlas.statistics.LogRank;
import org.exposureatlas.statistics.MedianLife;

/**
 * How long stores stand open: {@link ExposureSurvival}, by the Kaplan-Meier estimate with late
 * entry.
 *
 * <p>A store is known over time by its cluster key where the store itself gives one that lasts,
 * else by its first address and service type. Decoys and pseudo-services are left out.
 */
public final class Survival {

  private static final String ALL = "all";
  private static final String STORE = "store";
  private static final String SEEN = "seen";
  private static final String ENTRY = "entry";
  private static final String EXIT = "exit";
  private static final String CLOSED = "closed";
  private static final String LIVES = "lives";
  private static final double HONEYPOT_FROM = 0.5;
  private static final double HALF_DAYS = 2;
  private static final int SHARE_AFTER_DAYS = 28;

  /** One row per life; cohort, ages and end NULL for a store of unknown age. */
  private static final StructType LIFE =
      new StructType()
          .add(ExposureSurvival.COUNTRY_CODE.name(), DataTypes.StringType)
          .add(ExposureSurvival.SERVICE_TYPE.name(), DataTypes.StringType)
          .add(ExposureSurvival.COHORT_MONTH.name(), DataTypes.StringType)
          .add(ENTRY, DataTypes.LongType)
          .add(EXIT, DataTypes.LongType)
          .add(CLOSED, DataTypes.BooleanType);

  private Survival() {}

  /**
   * Survival as of a day.
   *
   * @param exposures {@link Exposure} of the look back
   * @param snapshots days of the whole snapshots of the look back; others are not looked at
   * @param recordsStart first day of all records
   * @param missed a store missed in as many whole snapshots in a row is gone
   */
  public static Dataset<Row> asOf(
      Dataset<Row> exposures,
      List<LocalDate> snapshots,
      LocalDate recordsStart,
      int missed,
      LocalDate asOf) {
    long[] days = snapshots.stream().mapToLong(LocalDate::toEpochDay).sorted().toArray();
    Lives lives = new Lives(days, missed, recordsStart.toEpochDay());
    FlatMapFunction<Row, Row> livesOf = store -> lives(store, lives);
    MapFunction<Row, String> group = row -> row.getString(1) + "\t" + row.getString(2);
    double distance = usualDistance(days);
    FlatMapGroupsFunction<String, Row, Row> survival =
        (key, rows) -> survival(key.split("\t"), rows, asOf, distance);
    return ExposureSurvival.TABLE.conform(
        counted(stores(exposures, snapshots).flatMap(livesOf, Encoders.row(LIFE)))
            .groupByKey(group, Encoders.STRING())
            .flatMapGroups(survival, Encoders.row(ExposureSurvival.TABLE.relaxed())));
  }

  /** The median distance of neighbouring snapshots, in days; 1 for fewer than two. */
  private static double usualDistance(long... days) {
    long[] distances = new long[Math.max(0, days.length - 1)];
    Arrays.setAll(distances, i -> days[i + 1] - days[i]);
    Arrays.sort(distances);
    return distances.length == 0 ? 1 : distances[distances.length / 2];
  }

  private static Dataset<Row> stores(Dataset<Row> exposures, List<LocalDate> snapshots) {
    Column isLasting = Exposure.CLUSTER_KEY_QUALITY.col().isin("uuid", "run_id");
    Column address =
        concat(Exposure.SERVICE_TYPE.col(), lit(" "), element_at(Exposure.HOSTS.col(), 1));
    return exposures
        .where(SnapshotRange.isAmong(Exposure.SNAPSHOT_DATE.col(), Set.copyOf(snapshots)))
        .where(Exposure.HONEYPOT_SCORE.col().lt(HONEYPOT_FROM))
        .where(functions.not(Exposure.PSEUDO_SERVICE.col()))
        .groupBy(when(isLasting, Exposure.EXPOSURE_KEY.col()).otherwise(address).as(STORE))
        .agg(
            min_by(
                    Exposure.COUNTRY_CODE.col(),
                    functions.struct(Exposure.SNAPSHOT_DATE.col(), Exposure.COUNTRY_CODE.col()))
                .as(ExposureSurvival.COUNTRY_CODE.name()),
            min(Exposure.SERVICE_TYPE.col()).as(ExposureSurvival.SERVICE_TYPE.name()),
            collect_set(unix_date(Exposure.SNAPSHOT_DATE.col())).as(SEEN),
            min(unix_date(Exposure.FIRST_SEEN_DATE.col())).as(ENTRY));
  }

  private static Iterator<Row> lives(Row store, Lives lives) {
    long[] seen =
        store.<Integer>getList(store.fieldIndex(SEEN)).stream()
            .mapToLong(Integer::longValue)
            .toArray();
    long firstSeen = store.<Integer>getAs(ENTRY);
    List<Row> rows = new ArrayList<>();
    for (Lives.Life life : lives.of(seen, firstSeen)) {
      boolean isKnown = life != Lives.PREVALENT;
      LocalDate opened = LocalDate.ofEpochDay(Math.floorDiv(life.openedHalfDays(), 2));
      rows.add(
          RowFactory.create(
              store.getString(1),
              store.getString(2),
              isKnown ? YearMonth.from(opened).toString() : null,
              isKnown ? life.entry() : null,
              isKnown ? life.exit() : null,
              isKnown ? life.isClosed() : null));
    }
    return rows.iterator();
  }

  /** Equal lives counted together, in the cells of their service and of all, and of their month. */
  private static Dataset<Row> counted(Dataset<Row> lives) {
    Column services = explode(array(ExposureSurvival.SERVICE_TYPE.col(), lit(ALL)));
    Column months = explode(array_compact(array(ExposureSurvival.COHORT_MONTH.col(), lit(ALL))));
    Column[] key = Arrays.stream(LIFE.fieldNames()).map(functions::col).toArray(Column[]::new);
    return lives
        .groupBy(key)
        .agg(count(lit(1)).as(LIVES))
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

  private static Iterator<Row> survival(
      String[] cell, Iterator<Row> rows, LocalDate asOf, double distance) {
    Country world = new Country();
    Map<String, Country> countries = new TreeMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      world.add(row);
      countries.computeIfAbsent(row.getString(0), code -> new Country()).add(row);
    }
    List<Row> found = new ArrayList<>();
    found.add(row(cell, asOf, distance, ALL, world, null));
    countries.forEach(
        (code, country) ->
            found.add(row(cell, asOf, distance, code, country, logRank(country, world))));
    return found.iterator();
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

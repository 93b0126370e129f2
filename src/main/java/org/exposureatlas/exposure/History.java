package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.EarlierSight;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;

/**
 * Carries from snapshot to snapshot when a store was first seen, when first ransomed, and what it
 * held before.
 */
public final class History {

  /** Evenly spread, so that rows sort by it without a look at their keys, which begin alike. */
  private static final String ORDER = "store_hash";

  /** A column, not an expression: rows sorted for one window are sorted for the others, too. */
  private static final String SEEN_DAY = "seen_day";

  /** All of an exposure in one column, because a window copies every column of its rows twice. */
  private static final String EXPOSURE = "exposure";

  private static final String STARTED = "started";
  private static final String SIZED_DATE = "sized_date";
  private static final String SIZE_BEFORE = "size_before";
  private static final String INFECTION = "infection";
  private static final String DAY = "day";

  /** What an earlier sight tells; columns of {@link EarlierSight} have the same names. */
  private static final Field[] SIGHT = {
    Exposure.SNAPSHOT_DATE,
    Exposure.STORE_KEY,
    Exposure.FIRST_SEEN_DATE,
    Exposure.SIZE_BYTES,
    Exposure.FIRST_INFECTED_DATE,
    Exposure.BYTES_BEFORE_INFECTION
  };

  private History() {}

  /**
   * Adds first_seen_date, last_seen_date, first_infected_date and bytes_before_infection.
   *
   * @param exposures new rows, of the snapshots of {@code range}
   * @param earlier {@link #lastSights} of the {@code memoryDays} days before {@code range}
   * @param memoryDays a store unseen for more days than this is new again
   * @return {@link Exposure} rows of {@code range}
   */
  public static Dataset<Row> carry(
      Dataset<Row> exposures, Dataset<Row> earlier, SnapshotRange range, int memoryDays) {
    Column date = Exposure.SNAPSHOT_DATE.col();
    WindowSpec byDay =
        Window.partitionBy(col(ORDER), Exposure.STORE_KEY.col()).orderBy(col(SEEN_DAY));
    WindowSpec upToNow = byDay.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column previous = lag(date, 1).over(byDay);
    Column isNew = previous.isNull().or(datediff(date, previous).gt(memoryDays));
    Column started = coalesce(Exposure.FIRST_SEEN_DATE.col(), when(isNew, date));
    Column sizeBefore =
        last(Exposure.SIZE_BYTES.col(), true).over(byDay.rangeBetween(-memoryDays, -1));
    Dataset<Row> seen =
        exposures
            .select(
                date,
                Exposure.STORE_KEY.col(),
                Exposure.SIZE_BYTES.col(),
                Exposure.INFECTED.col(),
                struct(known(exposures)).as(EXPOSURE))
            .unionByName(earlier, true)
            .withColumns(
                Map.of(ORDER, xxhash64(Exposure.STORE_KEY.col()), SEEN_DAY, unix_date(date)))
            .withColumns(Map.of(SIZE_BEFORE, sizeBefore, STARTED, started))
            .withColumn(Exposure.FIRST_SEEN_DATE.name(), last(col(STARTED), true).over(upToNow))
            .withColumn(INFECTION, max(infection()).over(upToNow));
    return Exposure.TABLE.conform(
        seen.where(range.contains(date))
            .select(col(EXPOSURE + ".*"), Exposure.FIRST_SEEN_DATE.col(), col(INFECTION))
            .withColumns(
                Map.of(
                    Exposure.LAST_SEEN_DATE.name(), date,
                    Exposure.FIRST_INFECTED_DATE.name(),
                        ofThisStay(date_from_unix_date(negate(col(INFECTION).getField(DAY)))),
                    Exposure.BYTES_BEFORE_INFECTION.name(),
                        ofThisStay(
                            col(INFECTION).getField(Exposure.BYTES_BEFORE_INFECTION.name())))));
  }

  /** The columns of {@link Exposure} that rows have: no others, or Spark takes them apart again. */
  private static Column[] known(Dataset<Row> rows) {
    List<String> names = List.of(rows.columns());
    return Exposure.TABLE.fields().stream()
        .filter(field -> names.contains(field.name()))
        .map(Field::col)
        .toArray(Column[]::new);
  }

  /** What rows of {@link Exposure}, or of {@link EarlierSight}, tell those of later days. */
  public static Dataset<Row> sights(Dataset<Row> rows) {
    return rows.select(Arrays.stream(SIGHT).map(Field::col).toArray(Column[]::new));
  }

  /**
   * Of each store the last sight and, where it had no size then, the last one with a size: all that
   * is needed of days by those after them.
   *
   * @param sights {@link #sights} of the days
   */
  public static Dataset<Row> lastSights(Dataset<Row> sights) {
    Column date = Exposure.SNAPSHOT_DATE.col();
    Column sized = when(Exposure.SIZE_BYTES.col().isNotNull(), date);
    Dataset<Row> byStore =
        sights
            .groupBy(Exposure.STORE_KEY.col())
            .agg(
                max(date).as(Exposure.SNAPSHOT_DATE.name()),
                latest(Exposure.FIRST_SEEN_DATE, date),
                latest(Exposure.FIRST_INFECTED_DATE, date),
                latest(Exposure.BYTES_BEFORE_INFECTION, date),
                latest(Exposure.SIZE_BYTES, sized),
                max(sized).as(SIZED_DATE));
    Column size = Exposure.SIZE_BYTES.col();
    Column last = sight(date, when(col(SIZED_DATE).equalTo(date), size));
    Column lastSized = when(col(SIZED_DATE).lt(date), sight(col(SIZED_DATE), size));
    return byStore.select(inline(array_compact(array(last, lastSized))));
  }

  /** An infected sight, so made that the largest is the earliest of the latest stay. */
  private static Column infection() {
    Column firstInfected = Exposure.FIRST_INFECTED_DATE.col();
    return when(
            firstInfected.isNotNull(),
            infection(firstInfected, Exposure.BYTES_BEFORE_INFECTION.col()))
        .when(Exposure.INFECTED.col(), infection(Exposure.SNAPSHOT_DATE.col(), col(SIZE_BEFORE)));
  }

  private static Column infection(Column date, Column bytesBefore) {
    return struct(
        Exposure.FIRST_SEEN_DATE.col(),
        negate(unix_date(date)).as(DAY),
        bytesBefore.as(Exposure.BYTES_BEFORE_INFECTION.name()));
  }

  /** A store that was away for too long is another one: its infection is not carried over. */
  private static Column ofThisStay(Column value) {
    String firstSeen = Exposure.FIRST_SEEN_DATE.name();
    return when(col(INFECTION).getField(firstSeen).equalTo(Exposure.FIRST_SEEN_DATE.col()), value);
  }

  private static Column latest(Field field, Column by) {
    return max_by(field.col(), by).as(field.name());
  }

  private static Column sight(Column date, Column size) {
    return struct(
        Arrays.stream(SIGHT)
            .map(
                field ->
                    (field.equals(Exposure.SNAPSHOT_DATE)
                            ? date
                            : field.equals(Exposure.SIZE_BYTES) ? size : field.col())
                        .as(field.name()))
            .toArray(Column[]::new));
  }
}

package org.exposureatlas.job;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.store.Publication;
import org.exposureatlas.trend.Churn;

/**
 * Tells what came, went, grew and shrank between snapshots; described in jobs/churn.conf. A partial
 * snapshot is compared with none.
 */
public final class ChurnJob {

  /** A snapshot and the one that it is compared with. */
  private record Pair(LocalDate day, LocalDate from) {}

  /** How far back the snapshot before may lie. */
  private static final int LOOK_BACK_DAYS = 28;

  private ChurnJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("churn", args, ChurnJob::run);
  }

  /** About how many rows it reads: snapshots are alike in size. */
  static long rowsRead(JobContext context) {
    return 2 * context.rowCount(Exposure.TABLE, context.config().dates());
  }

  static void run(JobContext context) {
    SnapshotRange range = context.config().dates();
    Inputs.requireSnapshots(context, range);
    List<Pair> pairs = pairs(context, range);
    context.publish(range, Publication.of(CountryChurn.TABLE, between(context, pairs)));
  }

  private static Dataset<Row> between(JobContext context, List<Pair> pairs) {
    return pairs.isEmpty()
        ? CountryChurn.TABLE.empty(context.spark())
        : Churn.between(
            exposures(context, pairs, Pair::from),
            exposures(context, pairs, Pair::day),
            rows(context, pairs));
  }

  private static Dataset<Row> exposures(
      JobContext context, List<Pair> pairs, Function<Pair, LocalDate> side) {
    return context.read(Exposure.TABLE, pairs.stream().map(side).collect(Collectors.toSet()));
  }

  private static Dataset<Row> rows(JobContext context, List<Pair> pairs) {
    StructType type =
        new StructType()
            .add(CountryChurn.SNAPSHOT_DATE.name(), DataTypes.DateType)
            .add(CountryChurn.FROM_DATE.name(), DataTypes.DateType);
    List<Row> rows =
        pairs.stream()
            .map(pair -> RowFactory.create(Date.valueOf(pair.day), Date.valueOf(pair.from)))
            .toList();
    return context.spark().createDataFrame(rows, type);
  }

  /** Each whole snapshot of the range with the one before, and the last with the one asked for. */
  private static List<Pair> pairs(JobContext context, SnapshotRange range) {
    LocalDate last = range.to();
    SnapshotRange looked = new SnapshotRange(range.from().minusDays(LOOK_BACK_DAYS), last);
    NavigableSet<LocalDate> whole = new TreeSet<>(Inputs.wholeDays(context, looked));
    List<Pair> pairs = new ArrayList<>();
    for (LocalDate day : whole.tailSet(range.from())) {
      LocalDate before = whole.lower(day);
      if (before != null) {
        pairs.add(new Pair(day, before));
      }
    }
    context
        .config()
        .churnFrom()
        .filter(from -> !from.equals(whole.lower(last)))
        .ifPresent(from -> pairs.add(new Pair(last, required(context, whole, last, from))));
    return pairs;
  }

  private static LocalDate required(
      JobContext context, NavigableSet<LocalDate> whole, LocalDate last, LocalDate from) {
    boolean isThere = !Inputs.wholeDays(context, SnapshotRange.day(from)).isEmpty();
    if (!isThere || !from.isBefore(last) || !whole.contains(last)) {
      throw new ConfigException(
          "spark.atlas.churn.from", from, "the day of a whole snapshot before that of " + last);
    }
    return from;
  }
}

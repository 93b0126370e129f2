package org.exposureatlas.job;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
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

  /** How far back the snapshot before may lie. */
  private static final int LOOK_BACK_DAYS = 28;

  private ChurnJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("churn", args, ChurnJob::run);
  }

  static void run(JobContext context) {
    SnapshotRange range = context.config().dates();
    Inputs.requireSnapshots(context, range);
    List<Row> pairs = pairs(context, range);
    Object[] days = pairs.stream().flatMap(pair -> Stream.of(pair.get(0), pair.get(1))).toArray();
    LocalDate first =
        pairs.stream()
            .map(pair -> pair.getDate(1).toLocalDate())
            .min(Comparator.naturalOrder())
            .orElse(range.from());
    Dataset<Row> exposures =
        context
            .read(Exposure.TABLE, new SnapshotRange(first, range.to()))
            .where(Exposure.SNAPSHOT_DATE.col().isin(days));
    StructType type =
        new StructType()
            .add(CountryChurn.SNAPSHOT_DATE.name(), DataTypes.DateType)
            .add(CountryChurn.FROM_DATE.name(), DataTypes.DateType);
    context.publish(
        range,
        Publication.of(
            CountryChurn.TABLE,
            Churn.between(exposures, context.spark().createDataFrame(pairs, type))));
  }

  /** Each whole snapshot of the range with the one before, and the last with the one asked for. */
  private static List<Row> pairs(JobContext context, SnapshotRange range) {
    LocalDate last = range.to();
    SnapshotRange looked = new SnapshotRange(range.from().minusDays(LOOK_BACK_DAYS), last);
    NavigableSet<LocalDate> whole = new TreeSet<>(Inputs.wholeDays(context, looked));
    List<Row> pairs = new ArrayList<>();
    for (LocalDate day : whole.tailSet(range.from())) {
      LocalDate before = whole.lower(day);
      if (before != null) {
        pairs.add(pair(day, before));
      }
    }
    context
        .config()
        .churnFrom()
        .filter(from -> !from.equals(whole.lower(last)))
        .ifPresent(from -> pairs.add(pair(last, required(context, whole, last, from))));
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

  private static Row pair(LocalDate day, LocalDate from) {
    return RowFactory.create(Date.valueOf(day), Date.valueOf(from));
  }
}

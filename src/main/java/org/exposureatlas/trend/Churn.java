package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.exposureatlas.schema.CountryChurn;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;

/**
 * What became of the exposures of one snapshot in another, per country, and per country and service
 * type: {@link CountryChurn}. Volume is clean volume.
 *
 * <p>What was and what is are counted from the snapshots themselves, the flows from stores that are
 * the same in both; the audit refuses rows where they do not close.
 */
public final class Churn {

  private static final String ALL_SERVICES = "all";
  private static final String FLOW = "flow";
  private static final String BYTES = "bytes";

  /** A way to be counted, and the columns for it. */
  private enum Flow {
    BEFORE(CountryChurn.BEFORE_COUNT, CountryChurn.BEFORE_BYTES),
    ENTERED(CountryChurn.ENTERED_COUNT, CountryChurn.ENTERED_BYTES),
    LEFT(CountryChurn.LEFT_COUNT, CountryChurn.LEFT_BYTES),
    MOVED_IN(CountryChurn.MOVED_IN_COUNT, CountryChurn.MOVED_IN_BYTES),
    MOVED_OUT(CountryChurn.MOVED_OUT_COUNT, CountryChurn.MOVED_OUT_BYTES),
    STAYED(CountryChurn.STAYED_COUNT, CountryChurn.STAYED_BYTES),
    GREW(CountryChurn.GREW_COUNT, CountryChurn.GREW_BYTES),
    SHRANK(CountryChurn.SHRANK_COUNT, CountryChurn.SHRANK_BYTES),
    REMEASURED(CountryChurn.REMEASURED_COUNT, CountryChurn.REMEASURED_BYTES),
    AFTER(CountryChurn.AFTER_COUNT, CountryChurn.AFTER_BYTES);

    private final Field count;
    private final Field bytes;

    Flow(Field count, Field bytes) {
      this.count = count;
      this.bytes = bytes;
    }

    /** An entry of a cell. */
    Column of(Column country, Column service, Column bytesOfEntry) {
      return struct(
          country.as(CountryChurn.COUNTRY_CODE.name()),
          service.as(CountryChurn.SERVICE_TYPE.name()),
          lit(name()).as(FLOW),
          bytesOfEntry.as(BYTES));
    }
  }

  private Churn() {}

  /**
   * Churn between snapshots.
   *
   * @param exposures {@link Exposure} of all days of the pairs
   * @param pairs snapshot_date and from_date of the snapshots to compare
   */
  public static Dataset<Row> between(Dataset<Row> exposures, Dataset<Row> pairs) {
    Dataset<Row> sights = SameStore.sights(exposures, pairs);
    Dataset<Row> entries =
        entries(SameStore.linked(sights), flows()).unionByName(entries(sights, stock()));
    List<Column> figures = new ArrayList<>();
    for (Flow flow : Flow.values()) {
      Column isFlow = col(FLOW).equalTo(flow.name());
      figures.add(flow.count.from(count_if(isFlow)));
      figures.add(flow.bytes.from(sum(when(isFlow, col(BYTES)).otherwise(0L))));
    }
    return CountryChurn.TABLE.conform(
        entries
            .groupBy(
                CountryChurn.SNAPSHOT_DATE.col(),
                CountryChurn.FROM_DATE.col(),
                CountryChurn.COUNTRY_CODE.col(),
                CountryChurn.SERVICE_TYPE.col())
            .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new)));
  }

  /** What a snapshot holds, by itself. */
  private static Column stock() {
    return when(col(SameStore.BEFORE).isNotNull(), stock(Flow.BEFORE, SameStore.BEFORE))
        .otherwise(stock(Flow.AFTER, SameStore.AFTER));
  }

  private static Column stock(Flow flow, String side) {
    Column country = SameStore.of(side, Exposure.COUNTRY_CODE.name());
    Column service = SameStore.of(side, Exposure.SERVICE_TYPE.name());
    Column bytes = SameStore.of(side, SameStore.VALUE);
    return array(flow.of(country, service, bytes), flow.of(country, lit(ALL_SERVICES), bytes));
  }

  private static Dataset<Row> entries(Dataset<Row> rows, Column entriesOfRow) {
    String entry = "entry";
    return rows.select(
            CountryChurn.SNAPSHOT_DATE.col(),
            CountryChurn.FROM_DATE.col(),
            explode(entriesOfRow).as(entry))
        .select(CountryChurn.SNAPSHOT_DATE.col(), CountryChurn.FROM_DATE.col(), col(entry + ".*"));
  }

  private static Column flows() {
    Column before = SameStore.of(SameStore.BEFORE, Exposure.SERVICE_TYPE.name());
    Column after = SameStore.of(SameStore.AFTER, Exposure.SERVICE_TYPE.name());
    return functions.concat(flows(before, after), flows(lit(ALL_SERVICES), lit(ALL_SERVICES)));
  }

  /** The entries of a store: one where it stays in its cell, two where it moves. */
  private static Column flows(Column serviceBefore, Column serviceAfter) {
    Column wasThere = col(SameStore.BEFORE).isNotNull();
    Column isThere = col(SameStore.AFTER).isNotNull();
    Column countryBefore = SameStore.of(SameStore.BEFORE, Exposure.COUNTRY_CODE.name());
    Column countryAfter = SameStore.of(SameStore.AFTER, Exposure.COUNTRY_CODE.name());
    Column had = SameStore.of(SameStore.BEFORE, SameStore.VALUE);
    Column has = SameStore.of(SameStore.AFTER, SameStore.VALUE);
    Column isInPlace = countryBefore.equalTo(countryAfter).and(serviceBefore.equalTo(serviceAfter));
    Column isComparable =
        SameStore.of(SameStore.BEFORE, SameStore.METHOD)
            .eqNullSafe(SameStore.of(SameStore.AFTER, SameStore.METHOD));
    Column left = Flow.LEFT.of(countryBefore, serviceBefore, had);
    Column entered = Flow.ENTERED.of(countryAfter, serviceAfter, has);
    Column movedOut = Flow.MOVED_OUT.of(countryBefore, serviceBefore, had);
    Column movedIn = Flow.MOVED_IN.of(countryAfter, serviceAfter, has);
    Column remeasured = Flow.REMEASURED.of(countryAfter, serviceAfter, has.minus(had));
    Column stayed = Flow.STAYED.of(countryAfter, serviceAfter, has);
    Column grew = Flow.GREW.of(countryAfter, serviceAfter, has.minus(had));
    Column shrank = Flow.SHRANK.of(countryAfter, serviceAfter, had.minus(has));
    Column inPlace =
        when(functions.not(isComparable), remeasured)
            .when(has.gt(had), grew)
            .when(has.lt(had), shrank)
            .otherwise(stayed);
    return when(functions.not(isThere), array(left))
        .when(functions.not(wasThere), array(entered))
        .when(isInPlace, array(inPlace))
        .otherwise(array(movedOut, movedIn));
  }
}

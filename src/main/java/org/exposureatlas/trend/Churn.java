package org.exposureatlas.trend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.signum;
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
 * the same in both; the audit refuses rows where they do not close. Stores that went the same way
 * are added up first, and then counted in two cells: of their service type, and of all.
 */
public final class Churn {

  private static final String ALL_SERVICES = "all";
  private static final String FLOW = "flow";
  private static final String COUNT = "count";
  private static final String BYTES = "bytes";
  private static final String COUNTRY_BEFORE = "country_before";
  private static final String SERVICE_BEFORE = "service_before";
  private static final String COUNTRY_AFTER = "country_after";
  private static final String SERVICE_AFTER = "service_after";
  private static final String HAD = "had";
  private static final String HAS = "has";
  private static final String IS_COMPARABLE = "is_comparable";
  private static final String CHANGE = "change";

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
    Column of(Column country, Column service, Column count, Column bytes) {
      return struct(
          country.as(CountryChurn.COUNTRY_CODE.name()),
          service.as(CountryChurn.SERVICE_TYPE.name()),
          lit(name()).as(FLOW),
          count.as(COUNT),
          bytes.as(BYTES));
    }
  }

  private Churn() {}

  /**
   * Churn between snapshots.
   *
   * @param earlier {@link Exposure} of the earlier snapshots of the pairs
   * @param later those of the later ones
   * @param pairs snapshot_date and from_date of the snapshots to compare
   */
  public static Dataset<Row> between(Dataset<Row> earlier, Dataset<Row> later, Dataset<Row> pairs) {
    Dataset<Row> before = SameStore.sights(earlier, pairs, SameStore.BEFORE);
    Dataset<Row> after = SameStore.sights(later, pairs, SameStore.AFTER);
    Dataset<Row> entries =
        flows(SameStore.linked(before, after))
            .unionByName(stock(before, Flow.BEFORE, SameStore.BEFORE))
            .unionByName(stock(after, Flow.AFTER, SameStore.AFTER));
    List<Column> figures = new ArrayList<>();
    for (Flow flow : Flow.values()) {
      figures.add(flow.count.from(totalOf(flow, COUNT)));
      figures.add(flow.bytes.from(totalOf(flow, BYTES)));
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

  private static Column totalOf(Flow flow, String figure) {
    return sum(when(col(FLOW).equalTo(flow.name()), col(figure)).otherwise(0L));
  }

  /** What snapshots hold, by themselves. */
  private static Dataset<Row> stock(Dataset<Row> sights, Flow flow, String side) {
    Column country = CountryChurn.COUNTRY_CODE.col();
    Dataset<Row> cells =
        sights
            .groupBy(
                CountryChurn.SNAPSHOT_DATE.col(),
                CountryChurn.FROM_DATE.col(),
                country(side).as(CountryChurn.COUNTRY_CODE.name()),
                service(side).as(CountryChurn.SERVICE_TYPE.name()))
            .agg(count(lit(1)).as(COUNT), sum(SameStore.of(side, SameStore.VALUE)).as(BYTES));
    return entries(
        cells,
        array(
            flow.of(country, CountryChurn.SERVICE_TYPE.col(), col(COUNT), col(BYTES)),
            flow.of(country, lit(ALL_SERVICES), col(COUNT), col(BYTES))));
  }

  private static Dataset<Row> entries(Dataset<Row> rows, Column entriesOfRow) {
    return rows.select(
        CountryChurn.SNAPSHOT_DATE.col(), CountryChurn.FROM_DATE.col(), inline(entriesOfRow));
  }

  /** What became of stores, from the {@link SameStore#linked} ones. */
  private static Dataset<Row> flows(Dataset<Row> stores) {
    Column had = SameStore.of(SameStore.BEFORE, SameStore.VALUE);
    Column has = SameStore.of(SameStore.AFTER, SameStore.VALUE);
    Column isComparable =
        SameStore.of(SameStore.BEFORE, SameStore.METHOD)
            .eqNullSafe(SameStore.of(SameStore.AFTER, SameStore.METHOD));
    Column weight = col(SameStore.WEIGHT);
    Dataset<Row> ways =
        stores
            .groupBy(
                CountryChurn.SNAPSHOT_DATE.col(),
                CountryChurn.FROM_DATE.col(),
                country(SameStore.BEFORE).as(COUNTRY_BEFORE),
                service(SameStore.BEFORE).as(SERVICE_BEFORE),
                country(SameStore.AFTER).as(COUNTRY_AFTER),
                service(SameStore.AFTER).as(SERVICE_AFTER),
                isComparable.as(IS_COMPARABLE),
                signum(has.minus(had)).as(CHANGE))
            .agg(
                sum(weight).as(COUNT),
                sum(weight.multiply(had)).as(HAD),
                sum(weight.multiply(has)).as(HAS));
    Column all = lit(ALL_SERVICES);
    return entries(
        ways, functions.concat(flows(col(SERVICE_BEFORE), col(SERVICE_AFTER)), flows(all, all)));
  }

  private static Column country(String side) {
    return SameStore.of(side, Exposure.COUNTRY_CODE.name());
  }

  private static Column service(String side) {
    return SameStore.of(side, Exposure.SERVICE_TYPE.name());
  }

  /** The entries of stores that went one way: one where they stay in their cell, two if not. */
  private static Column flows(Column serviceBefore, Column serviceAfter) {
    Column countryBefore = col(COUNTRY_BEFORE);
    Column countryAfter = col(COUNTRY_AFTER);
    Column count = col(COUNT);
    Column had = col(HAD);
    Column has = col(HAS);
    Column isInPlace = countryBefore.equalTo(countryAfter).and(serviceBefore.equalTo(serviceAfter));
    Column left = Flow.LEFT.of(countryBefore, serviceBefore, count, had);
    Column entered = Flow.ENTERED.of(countryAfter, serviceAfter, count, has);
    Column movedOut = Flow.MOVED_OUT.of(countryBefore, serviceBefore, count, had);
    Column movedIn = Flow.MOVED_IN.of(countryAfter, serviceAfter, count, has);
    Column remeasured = Flow.REMEASURED.of(countryAfter, serviceAfter, count, has.minus(had));
    Column stayed = Flow.STAYED.of(countryAfter, serviceAfter, count, has);
    Column grew = Flow.GREW.of(countryAfter, serviceAfter, count, has.minus(had));
    Column shrank = Flow.SHRANK.of(countryAfter, serviceAfter, count, had.minus(has));
    Column inPlace =
        when(functions.not(col(IS_COMPARABLE)), remeasured)
            .when(col(CHANGE).gt(0), grew)
            .when(col(CHANGE).lt(0), shrank)
            .otherwise(stayed);
    return when(countryAfter.isNull(), array(left))
        .when(countryBefore.isNull(), array(entered))
        .when(isInPlace, array(inPlace))
        .otherwise(array(movedOut, movedIn));
  }
}

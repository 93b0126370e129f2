package org.exposureatlas.source;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract_all;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_add;
import static org.apache.spark.sql.functions.try_subtract;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.exposureatlas.schema.Observation;

/**
 * What Redis says of itself in {@code INFO}; each part as text.
 *
 * @param used used_memory
 * @param startup used_memory_startup: what an empty server takes
 * @param dataset used_memory_dataset
 * @param limit maxmemory; 0 is no limit
 * @param keyspace the section of that name, as INFO or as JSON; NULL: INFO was not answered
 */
record RedisInfo(Column used, Column startup, Column dataset, Column limit, Column keyspace) {

  private static final String SERVICE = "redis";
  private static final String DATABASE =
      "\\bdb\\d+\"?\\s*:\\s*\"?\\{?\\s*\"?keys\"?\\s*[=:]\\s*(\\d+)";

  /**
   * Fills what Redis tells of itself.
   *
   * @param answer what it answered to a command, or its banner
   * @param version redis_version
   * @param run run_id, which identifies the process
   */
  ByService fill(ByService figures, Column answer, Column version, Column run) {
    return figures
        .size(SERVICE, bytes(), "memory")
        .with(SERVICE, Observation.CAPACITY_BYTES, capacity())
        .with(SERVICE, Observation.RECORD_COUNT, keys())
        .with(SERVICE, Observation.CONTAINER_COUNT, databaseCount())
        .with(SERVICE, Observation.PRODUCT_VERSION, version)
        .with(SERVICE, Observation.ACCESS, access(answer))
        .flags(SERVICE, RawValues.unreadable(used, startup, dataset), RawValues.unreadable(limit))
        .identity(SERVICE, run, "run_id");
  }

  /** Renamed commands are a lock of a kind: reachable, but nothing is told. */
  private Column access(Column answer) {
    return when(used.isNotNull().or(answer.equalTo("PONG")), "open")
        .when(answer.rlike("NOAUTH|WRONGPASS|DENIED"), "auth_required")
        .when(answer.contains("unknown command"), "listing_refused");
  }

  /** Bytes of the data in memory: without what an empty server takes, where that is told. */
  private Column bytes() {
    return coalesce(
        RawValues.whole(dataset),
        try_subtract(RawValues.whole(used), RawValues.whole(startup)),
        RawValues.whole(used));
  }

  /** The limit of memory; NULL: none, or not told. */
  private Column capacity() {
    Column bytes = RawValues.whole(limit);
    return when(bytes.gt(0), bytes);
  }

  /** Keys of all databases. */
  private Column keys() {
    Column counts = filter(transform(databases(), RawValues::whole), Column::isNotNull);
    return aggregate(counts, lit(0L), (sum, next) -> try_add(sum, next));
  }

  /** Databases that hold a key. */
  private Column databaseCount() {
    return when(keyspace.isNotNull(), size(databases()));
  }

  private Column databases() {
    return regexp_extract_all(keyspace, lit(DATABASE), lit(1));
  }
}

package org.exposureatlas.source;

import static org.apache.spark.sql.functions.when;
import static org.exposureatlas.source.RawValues.unreadable;
import static org.exposureatlas.source.RawValues.whole;

import org.apache.spark.sql.Column;
import org.exposureatlas.schema.Observation;

/**
 * What Memcached says of itself in {@code stats}; each part as text.
 *
 * @param bytes bytes of the items it holds, with their overhead
 * @param items curr_items
 * @param limit limit_maxbytes
 */
record MemcachedStats(Column bytes, Column items, Column limit) {

  private static final String SERVICE = "memcached";

  /** Fills what Memcached tells of itself. */
  ByService fill(ByService figures, Column version) {
    return figures
        .size(SERVICE, whole(bytes), "memory")
        .with(SERVICE, Observation.CAPACITY_BYTES, whole(limit))
        .with(SERVICE, Observation.RECORD_COUNT, whole(items))
        .with(SERVICE, Observation.PRODUCT_VERSION, version)
        .with(SERVICE, Observation.ACCESS, when(bytes.isNotNull(), "open"))
        .flags(SERVICE, unreadable(bytes), unreadable(items, limit));
  }
}

package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.sql.Column;

/** What a cluster key rests on, and how far it can be trusted. */
final class KeyQuality {

  static final String FINGERPRINT = "fingerprint";

  private static final List<String> WEAKEST_FIRST =
      List.of("address", FINGERPRINT, "replica_set", "run_id", "uuid");

  private static final Column ORDER =
      array(WEAKEST_FIRST.stream().map(quality -> lit(quality)).toArray(Column[]::new));

  private KeyQuality() {}

  /** 1 for an address, the weakest, to 5 for a uuid; 0 for a quality that is not known. */
  static Column strength(Column quality) {
    return array_position(ORDER, quality);
  }

  /** True for a name that the store itself bears: two that differ are two stores. */
  static Column isIdentity(Column quality) {
    return not(quality.isin("address", FINGERPRINT));
  }
}

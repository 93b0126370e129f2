package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.types.UTF8String;

/** What a cluster key rests on, and how far it can be trusted. */
final class KeyQuality {

  static final String FINGERPRINT = "fingerprint";

  private static final List<UTF8String> WEAKEST_FIRST =
      Stream.of("address", FINGERPRINT, "replica_set", "run_id", "uuid")
          .map(UTF8String::fromString)
          .toList();

  private KeyQuality() {}

  /** 1 for an address, the weakest, to 5 for a uuid; 0 for a quality that is not known. */
  static int strength(UTF8String quality) {
    return WEAKEST_FIRST.indexOf(quality) + 1;
  }

  /** True for a name that the store itself bears: two that differ are two stores. */
  static Column isIdentity(Column quality) {
    return not(quality.isin("address", FINGERPRINT));
  }
}

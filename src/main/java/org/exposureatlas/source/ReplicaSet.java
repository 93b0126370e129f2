package org.exposureatlas.source;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The members of a MongoDB replica set, by which they and whatever stands in front of them know
 * each other.
 *
 * <p>Names such as {@code mongo1} and private addresses are the same in many networks. A set is an
 * identity only when each of its members has a name of the public Internet, or a public address.
 *
 * @param name name of the set; NULL: none
 * @param members array of host:port; NULL: none
 */
record ReplicaSet(Column name, Column members) {

  private static final String PUBLIC_NAME = "^[a-z0-9-]+(?:\\.[a-z0-9-]+)+:[0-9]+$";
  private static final String PRIVATE_ADDRESS =
      "^(?:0|10|127|169\\.254|192\\.168|172\\.(?:1[6-9]|2[0-9]|3[01])"
          + "|100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))\\.[0-9.]+:";
  private static final String PRIVATE_NAME =
      "\\.(?:local|localdomain|localhost|internal|intranet|lan|home|corp|private|svc|test|invalid)"
          + ":";

  /** Of a connection string such as {@code config/one.example.net:27019,two.example.net:27019}. */
  static ReplicaSet ofConnection(Column text) {
    Column parts = split(text, "/", 2);
    return new ReplicaSet(try_element_at(parts, lit(1)), split(try_element_at(parts, lit(2)), ","));
  }

  /** A checksum over name and members, in any order; NULL where they are no identity. */
  Column identity() {
    Column hosts = array_sort(transform(members, functions::lower));
    Column isIdentity =
        size(hosts).gt(0).and(forall(hosts, ReplicaSet::isPublic)).and(name.isNotNull());
    return when(isIdentity, sha2(concat_ws("/", lower(name), concat_ws(",", hosts)), 256));
  }

  private static Column isPublic(Column host) {
    return host.rlike(PUBLIC_NAME)
        .and(not(host.rlike(PRIVATE_ADDRESS)))
        .and(not(host.rlike(PRIVATE_NAME)));
  }
}

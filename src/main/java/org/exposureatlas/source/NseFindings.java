package org.exposureatlas.source;

import java.util.List;

/**
 * What scripts found out about the data behind one port.
 *
 * @param serviceType service type the scripts speak for; null: none said anything
 * @param access one of {@code observation.access}; null: not tested
 * @param sizeBytes volume; null: not measured, or the sum of {@code databases}
 * @param sizeSemantics what {@code sizeBytes} counts; null without it
 * @param capacityBytes room for data; null: not reported
 * @param containerCount databases or modules listed; null: not listed, or in {@code databases}
 * @param infected whether a database has a name that extortionists leave; null: no names
 * @param version version of the server; null: not reported
 * @param databases databases of a MongoDB server; null: not listed
 * @param databaseTotal their size as the server adds it up, as text; null: not given
 */
record NseFindings(
    String serviceType,
    String access,
    Long sizeBytes,
    String sizeSemantics,
    Long capacityBytes,
    Long containerCount,
    Boolean infected,
    String version,
    List<Database> databases,
    String databaseTotal) {

  /**
   * A database.
   *
   * @param name its name; null: not given
   * @param bytes its size as text; null: not given
   */
  record Database(String name, String bytes) {}

  static final NseFindings NOTHING = of(null, null);

  static NseFindings of(String serviceType, String access) {
    return new NseFindings(serviceType, access, null, null, null, null, null, null, null, null);
  }

  NseFindings withAccess(String found) {
    return new NseFindings(
        serviceType,
        found,
        sizeBytes,
        sizeSemantics,
        capacityBytes,
        containerCount,
        infected,
        version,
        databases,
        databaseTotal);
  }

  /** With a size, which has no meaning when it is null. */
  NseFindings withSize(Long bytes, String semantics, Long capacity) {
    return new NseFindings(
        serviceType,
        access,
        bytes,
        bytes == null ? null : semantics,
        capacity,
        containerCount,
        infected,
        version,
        databases,
        databaseTotal);
  }

  NseFindings withContainers(Long count, Boolean isInfected) {
    return new NseFindings(
        serviceType,
        access,
        sizeBytes,
        sizeSemantics,
        capacityBytes,
        count,
        isInfected,
        version,
        databases,
        databaseTotal);
  }

  NseFindings withVersion(String found) {
    return new NseFindings(
        serviceType,
        access,
        sizeBytes,
        sizeSemantics,
        capacityBytes,
        containerCount,
        infected,
        found,
        databases,
        databaseTotal);
  }

  NseFindings withDatabases(List<Database> listed, String total) {
    return new NseFindings(
        serviceType,
        access,
        sizeBytes,
        sizeSemantics,
        capacityBytes,
        containerCount,
        infected,
        version,
        listed,
        total);
  }

  /** These, or {@code others} where no script here spoke for a service. */
  NseFindings or(NseFindings others) {
    return serviceType == null ? others : this;
  }
}

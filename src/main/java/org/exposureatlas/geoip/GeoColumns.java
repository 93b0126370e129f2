package org.exposureatlas.geoip;

import org.apache.spark.sql.Column;

/**
 * What the edition in force on a date says of an address, as columns. An address is read and looked
 * up once, for its {@link #place}; all else follows from that.
 */
public interface GeoColumns {

  /**
   * Place of an address: a number that the other columns take; negative for a text that is no
   * address, NULL too.
   *
   * @param ip its text in any form
   * @param snapshotDate a date with an edition; any other one fails
   */
  Column place(Column ip, Column snapshotDate);

  /** Whether a text is an address, by its place. */
  Column isAddress(Column place);

  /** RFC 5952 text of an address; NULL for no address. */
  Column address(Column ip, Column place);

  /**
   * ISO 3166-1 alpha-2 country; {@code ZZ} where no range covers the address or it is of special
   * purpose; NULL for no address.
   */
  Column countryCode(Column place);

  /** AS number; NULL where the edition has none. */
  Column asn(Column place);

  /** AS name; NULL where the edition has none. */
  Column asName(Column place);

  /** Whether no host on the public Internet answers from there. */
  Column isSpecialPurpose(Column place);

  /** Id of the edition in force on a date, such as {@code rir/2022-07-01}. */
  Column geoEdition(Column snapshotDate);

  /** Whether the edition in force on a date is younger than that. */
  Column isEditionAfterSnapshot(Column snapshotDate);
}

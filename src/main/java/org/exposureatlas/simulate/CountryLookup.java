package org.exposureatlas.simulate;

import java.io.Serializable;
import java.time.LocalDate;

/** In which country an address lies by the geo-IP edition in force on a date. */
@FunctionalInterface
public interface CountryLookup extends Serializable {

  /**
   * Country of {@code address} on {@code date}.
   *
   * @param address 4 or 16 bytes in network order
   * @return ISO 3166-1 alpha-2; {@code ZZ} where the edition does not cover the address
   */
  String countryCode(LocalDate date, byte[] address);
}

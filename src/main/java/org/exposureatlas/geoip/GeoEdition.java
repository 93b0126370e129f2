package org.exposureatlas.geoip;

import java.io.Serializable;
import java.time.LocalDate;
import org.apache.hadoop.fs.Path;

/**
 * One dated issue of geo-IP data.
 *
 * @param provider who made it, such as {@code rir}
 * @param date the day it is of
 * @param folder where its files lie
 */
public record GeoEdition(String provider, LocalDate date, Path folder) implements Serializable {

  /** As it stands on every row: {@code rir/2022-07-01}. */
  public String id() {
    return provider + "/" + date;
  }
}

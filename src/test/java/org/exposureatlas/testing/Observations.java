package org.exposureatlas.testing;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.exposureatlas.schema.Observation;

/** Observations with ordinary values everywhere. */
public final class Observations {

  public static final Date DAY = Date.valueOf("2022-07-21");

  private Observations() {}

  /** An open store of unknown size at an address, port and service. */
  public static RowBuilder observation(String ip, int port, String service) {
    return RowBuilder.of(Observation.TABLE)
        .with(Observation.SNAPSHOT_DATE, DAY)
        .with(Observation.SOURCE, "leakix")
        .with(Observation.FILE, "part-0.ndjson")
        .with(Observation.LINE, 1L)
        .with(Observation.OBSERVED_AT, at(0))
        .with(Observation.IP, ip)
        .with(Observation.PORT, port)
        .with(Observation.TRANSPORT, "tcp")
        .with(Observation.SERVICE_TYPE, service)
        .with(Observation.ACCESS, "open")
        .with(Observation.SIZE_SEMANTICS, "absent")
        .with(Observation.CLUSTER_KEY, "address:" + ip + "/" + port + "/tcp/" + service)
        .with(Observation.CLUSTER_KEY_QUALITY, "address")
        .with(Observation.HONEYPOT_HINT, false)
        .with(Observation.COUNTRY_CODE, "NL")
        .with(Observation.GEO_EDITION, "test/2022-07-01")
        .with(Observation.QUALITY_FLAGS, List.of());
  }

  /** The same with a size of logical bytes. */
  public static RowBuilder sized(String ip, int port, String service, long bytes) {
    return observation(ip, port, service)
        .with(Observation.SIZE_BYTES, bytes)
        .with(Observation.SIZE_SEMANTICS, "logical");
  }

  /** Seconds after noon of {@link #DAY}. */
  public static Timestamp at(int seconds) {
    return Timestamp.from(Instant.parse("2022-07-21T12:00:00Z").plusSeconds(seconds));
  }
}

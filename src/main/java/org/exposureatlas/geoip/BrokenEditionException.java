package org.exposureatlas.geoip;

import org.exposureatlas.config.AtlasException;

/** An edition that cannot be trusted; it is refused before any row is located with it. */
public final class BrokenEditionException extends AtlasException {

  /** Names the file, the line where there is one, and what was found and expected. */
  BrokenEditionException(String place, String problem, Throwable cause) {
    super("geo-IP edition refused: " + place + ": " + problem, cause);
  }
}

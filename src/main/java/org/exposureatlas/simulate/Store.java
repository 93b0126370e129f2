package org.exposureatlas.simulate;

import java.util.List;

/**
 * One data store on a day, as it truly is.
 *
 * @param id its number in the world
 * @param network network of its endpoints
 * @param endpoints all endpoints that lead to it
 * @param bytes size it reports; 0: none is measured
 * @param records records it reports; 0: none
 * @param containers containers it reports; 0: none
 * @param files files it reports; 0: none
 * @param isInfected ransomed
 * @param nature what it is in truth
 */
record Store(
    long id,
    Network network,
    List<Endpoint> endpoints,
    long bytes,
    long records,
    int containers,
    int files,
    boolean isInfected,
    Nature nature) {

  enum Nature {
    GENUINE,
    DECOY,
    ON_PSEUDO_SERVICE
  }

  private static final long IMPLAUSIBLE_BYTES = 1L << 60;

  boolean isImplausible() {
    return bytes < 0 || bytes >= IMPLAUSIBLE_BYTES;
  }

  /** Size that counts; 0 where none is known. */
  long plausibleBytes() {
    return isImplausible() ? 0 : bytes;
  }

  boolean isClean() {
    return nature == Nature.GENUINE && !isImplausible();
  }
}

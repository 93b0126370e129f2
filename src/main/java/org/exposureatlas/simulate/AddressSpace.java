package org.exposureatlas.simulate;

import java.util.List;

/** Where the stores of a simulated world may live: the networks of every country. */
public interface AddressSpace {

  /** All networks, in an order that does not change from call to call. */
  List<Network> networks();
}

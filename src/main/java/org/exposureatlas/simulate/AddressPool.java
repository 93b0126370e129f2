package org.exposureatlas.simulate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** The addresses of some ranges by number, scattered: different numbers, different addresses. */
final class AddressPool implements Serializable {

  private final long[] firsts;
  private final long[] offsets;
  private final Permutation scatter;
  private final long size;

  AddressPool(List<Ipv4Range> ranges) {
    firsts = ranges.stream().mapToLong(Ipv4Range::first).toArray();
    offsets = new long[firsts.length];
    long total = 0;
    for (int i = 0; i < firsts.length; i++) {
      offsets[i] = total;
      total += ranges.get(i).size();
    }
    scatter = Permutation.of(Math.max(1, total));
    size = total;
  }

  long size() {
    return size;
  }

  Address at(long number) {
    if (number >= size) {
      throw new IllegalArgumentException(
          "address " + number + " of a pool that holds " + size + ": the world is too large");
    }
    long offset = scatter.at(number);
    int found = Arrays.binarySearch(offsets, offset);
    int range = found >= 0 ? found : -found - 2;
    return Address.ipv4(firsts[range] + offset - offsets[range]);
  }
}

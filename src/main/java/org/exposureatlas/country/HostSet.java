package org.exposureatlas.country;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;
import org.exposureatlas.address.AddressParser;
import org.exposureatlas.address.AddressText;
import org.exposureatlas.address.IpAddress;

/**
 * Addresses, each kept once: four bytes for one of IPv4, its text for any other. Public for the
 * encoders of Spark.
 */
public final class HostSet {

  private static final int LEAST_ROOM = 16;

  /** Fewer are not sorted to make room, and are sorted by comparisons: there are 256 digits. */
  private static final int FEW = 1 << 10;

  private static final int DIGIT_BITS = 8;
  private static final int DIGITS = 1 << DIGIT_BITS;

  /** In any order, some of them more than once, until they are {@link #sort}ed. */
  private int[] ipv4 = {};

  private int size;
  private final TreeSet<String> others = new TreeSet<>();

  /** Sees every address of a set. */
  interface Visitor {

    /** The first {@code length} bytes of {@code text} are an address. */
    void visit(byte[] text, int length);
  }

  /** Adds an address, as RFC 5952 text or dotted. */
  void add(byte[] text) {
    long bits = AddressParser.ipv4(text, 0, text.length);
    if (bits < 0) {
      others.add(new String(text, StandardCharsets.US_ASCII));
    } else {
      makeRoom(1);
      ipv4[size++] = (int) bits;
    }
  }

  HostSet merge(HostSet other) {
    makeRoom(other.size);
    System.arraycopy(other.ipv4, 0, ipv4, size, other.size);
    size += other.size;
    others.addAll(other.others);
    return this;
  }

  /** Number of addresses. */
  long count() {
    sort();
    return (long) size + others.size();
  }

  /** Shows every address once, in the same order for the same set. */
  void forEach(Visitor visitor) {
    sort();
    byte[] text = new byte[AddressText.MAX_LENGTH];
    for (int i = 0; i < size; i++) {
      IpAddress address = IpAddress.ofIpv4(ipv4[i]);
      visitor.visit(text, AddressText.write(address.high(), address.low(), text));
    }
    for (String other : others) {
      byte[] bytes = other.getBytes(StandardCharsets.US_ASCII);
      visitor.visit(bytes, bytes.length);
    }
  }

  /** Sorting often makes the room itself. */
  private void makeRoom(int more) {
    if (size + more > ipv4.length) {
      if (size >= FEW) {
        sort();
      }
      int wanted = size + more;
      if (wanted > ipv4.length / 2) {
        ipv4 = Arrays.copyOf(ipv4, Math.max(2 * wanted, LEAST_ROOM));
      }
    }
  }

  private void sort() {
    if (size < FEW) {
      Arrays.sort(ipv4, 0, size);
    } else {
      sortByDigits();
    }
    int kept = Math.min(size, 1);
    for (int i = 1; i < size; i++) {
      if (ipv4[i] != ipv4[i - 1]) {
        ipv4[kept++] = ipv4[i];
      }
    }
    size = kept;
  }

  /** Digit by digit from the lowest on, each time into the other array; there are four. */
  private void sortByDigits() {
    int[] from = ipv4;
    int[] to = new int[from.length];
    for (int shift = 0; shift < Integer.SIZE; shift += DIGIT_BITS) {
      int[] places = places(from, shift);
      for (int i = 0; i < size; i++) {
        to[places[digit(from[i], shift)]++] = from[i];
      }
      int[] other = from;
      from = to;
      to = other;
    }
  }

  /** Where the first of every digit belongs. */
  private int[] places(int[] values, int shift) {
    int[] places = new int[DIGITS + 1];
    for (int i = 0; i < size; i++) {
      places[digit(values[i], shift) + 1]++;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      places[digit + 1] += places[digit];
    }
    return places;
  }

  /** Negative numbers come first, as in every sorted array. */
  private static int digit(int value, int shift) {
    return (value ^ Integer.MIN_VALUE) >>> shift & DIGITS - 1;
  }
}

package org.exposureatlas.csv;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the wanted columns stand in the rows of one file. */
final class CsvHeader {

  private final int width;
  private final int[] positions;

  private CsvHeader(int width, int... positions) {
    this.width = width;
    this.positions = positions;
  }

  /** The header that {@code names} make; empty when they lack a required column. */
  static Optional<CsvHeader> of(List<String> names, List<CsvColumn> wanted) {
    List<String> known = names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    int[] positions = wanted.stream().mapToInt(column -> position(known, column)).toArray();
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0 && wanted.get(i).need() == CsvColumn.Need.REQUIRED) {
        return Optional.empty();
      }
    }
    return Optional.of(new CsvHeader(names.size(), positions));
  }

  private static int position(List<String> known, CsvColumn column) {
    return column.headers().stream()
        .mapToInt(header -> known.indexOf(header.toLowerCase(Locale.ROOT)))
        .filter(position -> position >= 0)
        .findFirst()
        .orElse(-1);
  }

  /** Number of its names. */
  int width() {
    return width;
  }

  /** Position of a wanted column, from 0; -1: there is none. */
  int position(int column) {
    return positions[column];
  }

  /** Whether a row of {@code size} values can be read: none too many, no wanted one lacking. */
  boolean fits(int size) {
    if (size >= width) {
      return size == width;
    }
    for (int position : positions) {
      if (position >= size) {
        return false;
      }
    }
    return true;
  }
}

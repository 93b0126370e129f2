package org.exposureatlas.geoip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** CSV files, told apart by their first line: names of columns, or the first range itself. */
final class CsvEdition {

  private CsvEdition() {}

  static void read(SeparatedValues lines, GeoIndex.Builder index) throws IOException {
    if (!lines.next()) {
      throw lines.broken("found an empty file, expected a geo-IP edition");
    }
    if (RangeCsv.isRange(lines)) {
      RangeCsv.read(lines, index);
      return;
    }
    List<String> header = new ArrayList<>();
    for (int i = 0; i < lines.count(); i++) {
      if (header.contains(lines.text(i))) {
        throw lines.broken("found column '" + lines.text(i) + "' twice, expected it once");
      }
      header.add(lines.text(i));
    }
    if (LocationCsv.isHeader(header)) {
      LocationCsv.read(lines, header, index);
    } else {
      NetworkCsv.read(lines, header, index);
    }
  }
}

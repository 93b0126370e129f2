package org.exposureatlas.geoip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * IPinfo Lite as JSON lines: {@code network}, {@code country_code}, {@code asn}, {@code as_name}.
 */
final class JsonLinesEdition {

  /** Leaves closing to who opened the file. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  private final String place;
  private final MappingIterator<JsonNode> rows;
  private final Entry entry;
  private int lineNumber = 1;

  private JsonLinesEdition(String place, MappingIterator<JsonNode> rows, GeoIndex.Builder index) {
    this.place = place;
    this.rows = rows;
    entry = new Entry(index, problem -> broken(problem, null));
  }

  static void read(String place, InputStream in, GeoIndex.Builder index) throws IOException {
    try (MappingIterator<JsonNode> rows =
        new ObjectMapper(JSON).readerFor(JsonNode.class).readValues(in)) {
      new JsonLinesEdition(place, rows, index).read();
    }
  }

  private void read() throws IOException {
    try {
      while (rows.hasNextValue()) {
        lineNumber = rows.getCurrentLocation().getLineNr();
        row(rows.nextValue());
      }
    } catch (JsonProcessingException e) {
      lineNumber = e.getLocation() == null ? lineNumber : e.getLocation().getLineNr();
      throw broken("found no JSON, expected an object: " + e.getOriginalMessage(), e);
    }
  }

  private void row(JsonNode row) {
    entry.row(
        text(row, "network"), text(row, "country_code"), text(row, "asn"), text(row, "as_name"));
  }

  private static String text(JsonNode row, String member) {
    return row.path(member).asText("");
  }

  private BrokenEditionException broken(String problem, Throwable cause) {
    return new BrokenEditionException(place + ", line " + lineNumber, problem, cause);
  }
}

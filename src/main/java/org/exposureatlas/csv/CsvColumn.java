package org.exposureatlas.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value to read from every row.
 *
 * @param name name of the column
 * @param headers names that files give it, the preferred one first; in any case
 * @param need whether a first row without it is no header
 */
public record CsvColumn(String name, List<String> headers, Need need) implements Serializable {

  /** What a file without the column is. */
  public enum Need {
    /** Its first row is no header. */
    REQUIRED,
    /** The value is NULL. */
    OPTIONAL
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  public CsvColumn {
    headers = List.copyOf(headers);
  }

  /** A column that every header has. */
  public static CsvColumn required(String name, String... headers) {
    return new CsvColumn(name, List.of(headers), Need.REQUIRED);
  }

  /** A column that is NULL where a file lacks it. */
  public static CsvColumn optional(String name, String... headers) {
    return new CsvColumn(name, List.of(headers), Need.OPTIONAL);
  }

  /** The text of the reader's {@code columns} option. */
  public static String encode(List<CsvColumn> columns) {
    ArrayNode array = MAPPER.createArrayNode();
    for (CsvColumn column : columns) {
      ObjectNode node = array.addObject().put("name", column.name).put("need", column.need.name());
      column.headers.forEach(node.putArray("headers")::add);
    }
    return array.toString();
  }

  /** The text of the reader's {@code headers} option. */
  public static String encodeHeaders(Map<String, List<String>> headers) {
    ObjectNode object = MAPPER.createObjectNode();
    headers.forEach((part, names) -> names.forEach(object.withArray("/" + part)::add));
    return object.toString();
  }

  /**
   * The columns of a {@code columns} option.
   *
   * @throws IllegalArgumentException for text that is no such option
   */
  static List<CsvColumn> decode(String option) {
    try {
      List<CsvColumn> columns = new ArrayList<>();
      for (JsonNode node : MAPPER.readTree(option)) {
        List<String> headers = new ArrayList<>();
        node.required("headers").forEach(header -> headers.add(header.asText()));
        columns.add(
            new CsvColumn(
                node.required("name").asText(),
                headers,
                Need.valueOf(node.required("need").asText())));
      }
      return columns;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("columns: expected a JSON array, found " + option, e);
    }
  }
}

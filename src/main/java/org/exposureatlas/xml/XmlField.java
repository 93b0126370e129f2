package org.exposureatlas.xml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A value to read for every record.
 *
 * @param name name of the column
 * @param path elements to follow from the root, separated by slashes; with {@code @name} as its
 *     last step the value of that attribute, else all such elements so far, as a JSON array
 */
public record XmlField(String name, String path) implements Serializable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ATTRIBUTE = "@";

  /** The text of the reader's {@code fields} option. */
  public static String encode(List<XmlField> fields) {
    ArrayNode array = MAPPER.createArrayNode();
    fields.forEach(field -> array.addObject().put("name", field.name).put("path", field.path));
    return array.toString();
  }

  /**
   * The fields of a {@code fields} option.
   *
   * @throws IllegalArgumentException for text that is no such option
   */
  static List<XmlField> decode(String option) {
    try {
      List<XmlField> fields = new ArrayList<>();
      for (JsonNode node : MAPPER.readTree(option)) {
        fields.add(new XmlField(node.required("name").asText(), node.required("path").asText()));
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("fields: expected a JSON array, found " + option, e);
    }
  }

  /** The elements of the path. */
  String[] elements() {
    String elements = isAttribute() ? path.substring(0, path.lastIndexOf('/')) : path;
    return elements.split("/", -1);
  }

  /** The attribute the path ends in; null when it ends in an element. */
  String attribute() {
    return isAttribute() ? path.substring(path.lastIndexOf('/') + 2) : null;
  }

  private boolean isAttribute() {
    return path.substring(path.lastIndexOf('/') + 1).startsWith(ATTRIBUTE);
  }
}

package org.exposureatlas.ndjson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A value to read from every record.
 *
 * @param name name of the column
 * @param path members to follow from the record's object, separated by dots
 * @param type what is accepted there
 * @param scope where the path is looked for
 */
public record JsonField(String name, String path, FieldType type, Scope scope)
    implements Serializable {

  /** Where a path is looked for. */
  public enum Scope {
    /** In the record itself. */
    RECORD,
    /** In the record, and where that has nothing or null, in the carrier it is an element of. */
    RECORD_OR_CARRIER,
    /** In the carrier that the record is an element of; in the record where it is none. */
    OUTERMOST
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A value of the record itself. */
  public JsonField(String name, String path, FieldType type) {
    this(name, path, type, Scope.RECORD);
  }

  /** A value of the record itself. */
  public static JsonField field(String name, String path, FieldType type) {
    return new JsonField(name, path, type);
  }

  /** A value of the record, else of the carrier that it is an element of. */
  public static JsonField inherited(String name, String path, FieldType type) {
    return new JsonField(name, path, type, Scope.RECORD_OR_CARRIER);
  }

  /** The text of the reader's {@code fields} option. */
  public static String encode(List<JsonField> fields) {
    ArrayNode array = MAPPER.createArrayNode();
    for (JsonField field : fields) {
      array
          .addObject()
          .put("name", field.name)
          .put("path", field.path)
          .put("type", field.type.label())
          .put("scope", field.scope.name());
    }
    return array.toString();
  }

  /**
   * The fields of a {@code fields} option.
   *
   * @throws IllegalArgumentException for text that is no such option
   */
  static List<JsonField> decode(String option) {
    try {
      List<JsonField> fields = new ArrayList<>();
      for (JsonNode node : MAPPER.readTree(option)) {
        fields.add(
            new JsonField(
                node.required("name").asText(),
                node.required("path").asText(),
                FieldType.of(node.required("type").asText()),
                Scope.valueOf(node.path("scope").asText(Scope.RECORD.name()))));
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("fields: expected a JSON array, found " + option, e);
    }
  }
}

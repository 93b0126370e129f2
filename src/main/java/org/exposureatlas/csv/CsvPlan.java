package org.exposureatlas.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What a read was asked for.
 *
 * @param wanted values to read from every row, whether or not their columns are asked for
 * @param headers header rows of files that have none, by a part of the name of such files
 * @param separator the character between two values
 * @param maxBytes longer records are rejected
 * @param columns columns asked for
 */
record CsvPlan(
    List<CsvColumn> wanted,
    Map<String, List<String>> headers,
    char separator,
    int maxBytes,
    StructType columns)
    implements Serializable {

  private static final int DEFAULT_MAX_BYTES = 16 << 20;

  static CsvPlan of(CaseInsensitiveStringMap options) {
    if (!options.containsKey("columns")) {
      throw new IllegalArgumentException("option columns: found nothing, expected a JSON array");
    }
    List<CsvColumn> wanted = CsvColumn.decode(options.get("columns"));
    StructType columns = new StructType();
    for (CsvColumn column : wanted) {
      columns = columns.add(column.name(), DataTypes.StringType);
    }
    return new CsvPlan(
        wanted,
        headers(options.getOrDefault("headers", "{}")),
        separator(options.getOrDefault("separator", ",")),
        options.getInt("maxLineBytes", DEFAULT_MAX_BYTES),
        columns
            .add("file", DataTypes.StringType, false)
            .add("line", DataTypes.LongType, false)
            .add("reason", DataTypes.StringType)
            .add("detail", DataTypes.StringType));
  }

  private static Map<String, List<String>> headers(String option) {
    try {
      return new TreeMap<>(
          new ObjectMapper().readValue(option, new TypeReference<Map<String, List<String>>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("headers: expected a JSON object, found " + option, e);
    }
  }

  private static char separator(String option) {
    if (option.length() != 1 || option.charAt(0) > 0x7F || "\"\r\n".contains(option)) {
      throw new IllegalArgumentException(
          "separator: found '" + option + "', expected one ASCII character such as ',' or ';'");
    }
    return option.charAt(0);
  }

  CsvPlan withColumns(StructType asked) {
    return new CsvPlan(wanted, headers, separator, maxBytes, asked);
  }
}

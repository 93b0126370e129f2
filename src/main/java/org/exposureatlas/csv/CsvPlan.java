package org.exposureatlas.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;
import org.exposureatlas.raw.RawPlan;

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
    implements RawPlan {

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
        RawPlan.maxBytes(options),
        RawPlan.withPlace(columns));
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

  @Override
  public PartitionReaderFactory readers(StructType asked, SerializableConfiguration hadoop) {
    return new CsvReaderFactory(new CsvPlan(wanted, headers, separator, maxBytes, asked), hadoop);
  }
}

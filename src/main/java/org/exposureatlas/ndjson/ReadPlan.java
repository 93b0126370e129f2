package org.exposureatlas.ndjson;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;
import org.exposureatlas.raw.RawPlan;

/**
 * What a read was asked for.
 *
 * @param fields values to read from every record, whether or not their columns are asked for: what
 *     is rejected must not depend on that
 * @param explodedMembers top-level members whose array elements or member values are records
 * @param maxLineBytes longer records are rejected
 * @param columns columns asked for
 */
record ReadPlan(
    List<JsonField> fields, List<String> explodedMembers, int maxLineBytes, StructType columns)
    implements RawPlan {

  private static final List<String> ADDED = List.of("file", "line", "reason", "detail");

  static ReadPlan of(CaseInsensitiveStringMap options) {
    if (!options.containsKey("fields")) {
      throw new IllegalArgumentException("option fields: found nothing, expected a JSON array");
    }
    List<JsonField> fields = JsonField.decode(options.get("fields"));
    return new ReadPlan(
        fields,
        list(options.getOrDefault("explode", "")),
        RawPlan.maxBytes(options),
        allColumns(fields));
  }

  private static List<String> list(String option) {
    return Arrays.stream(option.split(",")).filter(item -> !item.isBlank()).toList();
  }

  @Override
  public PartitionReaderFactory readers(StructType asked, SerializableConfiguration hadoop) {
    return new RawReaderFactory(new ReadPlan(fields, explodedMembers, maxLineBytes, asked), hadoop);
  }

  private static StructType allColumns(List<JsonField> fields) {
    StructType columns = new StructType();
    for (JsonField field : fields) {
      if (ADDED.contains(field.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "field " + field.name() + ": the reader has a column of this name");
      }
      columns = columns.add(field.name(), field.type().dataType());
    }
    return RawPlan.withPlace(columns);
  }
}

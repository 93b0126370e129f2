package org.exposureatlas.xml;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What a read was asked for.
 *
 * @param recordPath elements from the root to the record, separated by slashes
 * @param fields values to read for every record
 * @param maxBytes longest value of a record, and longest tag or text
 * @param columns columns asked for
 */
record XmlPlan(String recordPath, List<XmlField> fields, int maxBytes, StructType columns)
    implements Serializable {

  private static final int DEFAULT_MAX_BYTES = 16 << 20;

  static XmlPlan of(CaseInsensitiveStringMap options) {
    List<XmlField> fields = XmlField.decode(required(options, "fields"));
    StructType columns = new StructType();
    for (XmlField field : fields) {
      columns = columns.add(field.name(), DataTypes.StringType);
    }
    return new XmlPlan(
        required(options, "record"),
        fields,
        options.getInt("maxLineBytes", DEFAULT_MAX_BYTES),
        columns
            .add("file", DataTypes.StringType, false)
            .add("line", DataTypes.LongType, false)
            .add("reason", DataTypes.StringType)
            .add("detail", DataTypes.StringType));
  }

  private static String required(CaseInsensitiveStringMap options, String name) {
    if (!options.containsKey(name)) {
      throw new IllegalArgumentException("option " + name + ": found nothing, expected a value");
    }
    return options.get(name);
  }

  XmlPlan withColumns(StructType wanted) {
    return new XmlPlan(recordPath, fields, maxBytes, wanted);
  }
}

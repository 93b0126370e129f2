package org.exposureatlas.xml;

import java.util.List;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;
import org.exposureatlas.raw.RawPlan;

/**
 * What a read was asked for.
 *
 * @param recordPath elements from the root to the record, separated by slashes
 * @param fields values to read for every record
 * @param maxBytes longest value of a record, and longest tag or text
 * @param columns columns asked for
 */
record XmlPlan(String recordPath, List<XmlField> fields, int maxBytes, StructType columns)
    implements RawPlan {

  static XmlPlan of(CaseInsensitiveStringMap options) {
    List<XmlField> fields = XmlField.decode(required(options, "fields"));
    StructType columns = new StructType();
    for (XmlField field : fields) {
      columns = columns.add(field.name(), DataTypes.StringType);
    }
    return new XmlPlan(
        required(options, "record"), fields, RawPlan.maxBytes(options), RawPlan.withPlace(columns));
  }

  private static String required(CaseInsensitiveStringMap options, String name) {
    if (!options.containsKey(name)) {
      throw new IllegalArgumentException("option " + name + ": found nothing, expected a value");
    }
    return options.get(name);
  }

  @Override
  public PartitionReaderFactory readers(StructType wanted, SerializableConfiguration hadoop) {
    return new XmlReaderFactory(new XmlPlan(recordPath, fields, maxBytes, wanted), hadoop);
  }
}

package org.exposureatlas.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.exposureatlas.schema.Field;

/** The texts of a release: what a person or a program reads before the data. */
final class ReleaseDocuments {

  /** Member of the manifest: the day of the last snapshot. */
  static final String LAST_DATE = "last_snapshot_date";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String COMMENT = "comment";
  private static final String UNIT = "unit";
  private static final String NAME = "name";

  private final ReleaseContent content;
  private final String name;
  private final List<String> paths;

  /**
   * @param name name of the release
   * @param paths sorted, its Parquet files, relative to its folder
   */
  ReleaseDocuments(ReleaseContent content, String name, List<String> paths) {
    this.content = content;
    this.name = name;
    this.paths = paths;
  }

  /** All texts but the manifest, by file name. */
  Map<String, String> all() {
    Map<String, String> texts = new TreeMap<>();
    texts.put("README.md", filled("release-readme.md"));
    texts.put("CITATION.cff", filled("citation.cff"));
    texts.put("data-dictionary.md", dictionary());
    texts.put("datapackage.json", dataPackage());
    return texts;
  }

  /**
   * The manifest.
   *
   * @param supersedes the release that this one corrects; null: none
   * @param changed paths of the files in which the two differ
   */
  String manifest(String supersedes, List<String> changed) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("release", name);
    manifest.put(LAST_DATE, content.lastDate().toString());
    manifest.put("code_version", content.codeVersion());
    manifest.put("simulated", isSimulated());
    manifest.put("min_hosts", content.minHosts());
    manifest.put("supersedes", supersedes);
    changed.forEach(manifest.putArray("changed_files")::add);
    ObjectNode tables = manifest.putObject("tables");
    for (PublicTables.PublicTable table : PublicTables.ALL) {
      ObjectNode entry = tables.putObject(table.table().name());
      entry.put("file_count", pathsOf(table).size());
      entry.put("warehouse_snapshot", content.tables().version(table.table()));
    }
    return json(manifest);
  }

  private boolean isSimulated() {
    return content.origin() == ReleaseContent.Origin.SIMULATED;
  }

  private String filled(String resource) {
    try (InputStream in = ReleaseDocuments.class.getResourceAsStream(resource)) {
      String simulated =
          "**The world is simulated: these figures say nothing about any country.**\n\n";
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{{release}}", name)
          .replace("{{date}}", content.lastDate().toString())
          .replace("{{version}}", content.codeVersion())
          .replace("{{min_hosts}}", Integer.toString(content.minHosts()))
          .replace("{{simulated}}", isSimulated() ? simulated : "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private String dictionary() {
    StringBuilder text = new StringBuilder("# Data dictionary, release " + name + "\n\n");
    text.append("NULL means \"not measured\", or hidden because of few hosts; never 0.\n");
    for (PublicTables.PublicTable table : PublicTables.ALL) {
      text.append("\n## ").append(table.table().name()).append("\n\nOne row per ");
      text.append(String.join(", ", keyOf(table))).append(".\n\n");
      text.append("| column | type | unit | meaning |\n|---|---|---|---|\n");
      for (StructField field : table.table().structType().fields()) {
        text.append("| `").append(field.name()).append("` | ");
        text.append(field.dataType().simpleString()).append(" | ");
        text.append(metadata(field, UNIT)).append(" | ");
        text.append(metadata(field, COMMENT)).append(" |\n");
      }
    }
    return text.toString();
  }

  /** Frictionless Data Package, version 2. */
  private String dataPackage() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
    root.put(NAME, "exposure-atlas");
    root.put("title", "Exposure Atlas: data left open on the internet, by country");
    root.put("version", name);
    root.put("description", isSimulated() ? "A simulated world." : "From internet-scan snapshots.");
    ArrayNode resources = root.putArray("resources");
    for (PublicTables.PublicTable table : PublicTables.ALL) {
      ObjectNode resource = resources.addObject();
      resource.put(NAME, table.table().name());
      resource.put("format", "parquet");
      resource.put("mediatype", "application/vnd.apache.parquet");
      pathsOf(table).forEach(resource.putArray("path")::add);
      ObjectNode schema = resource.putObject("schema");
      ArrayNode fields = schema.putArray("fields");
      for (StructField field : table.table().structType().fields()) {
        ObjectNode entry = fields.addObject();
        entry.put(NAME, field.name());
        entry.put("type", frictionless(field.dataType()));
        entry.put("description", metadata(field, COMMENT));
        if (field.metadata().contains(UNIT)) {
          entry.put(UNIT, field.metadata().getString(UNIT));
        }
      }
      keyOf(table).forEach(schema.putArray("primaryKey")::add);
    }
    return json(root);
  }

  private static String frictionless(DataType type) {
    if (type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType)) {
      return "integer";
    }
    if (type.equals(DataTypes.DoubleType)) {
      return "number";
    }
    if (type.equals(DataTypes.BinaryType)) {
      return "any";
    }
    if (type instanceof MapType) {
      return "object";
    }
    return type instanceof ArrayType ? "array" : type.typeName();
  }

  private List<String> pathsOf(PublicTables.PublicTable table) {
    String prefix = table.table().name() + "/";
    return paths.stream().filter(path -> path.startsWith(prefix)).toList();
  }

  private static List<String> keyOf(PublicTables.PublicTable table) {
    return table.key().stream().map(Field::name).toList();
  }

  private static String metadata(StructField field, String key) {
    return field.metadata().contains(key) ? field.metadata().getString(key) : "";
  }

  private static String json(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }
}

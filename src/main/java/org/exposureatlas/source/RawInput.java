package org.exposureatlas.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.csv.CsvColumn;
import org.exposureatlas.ndjson.JsonField;

/**
 * One kind of file that a source publishes: how it is read, and what its records mean.
 *
 * <p>Every raw reader gives the wanted values, then {@code file} (below the raw root), {@code
 * line}, {@code reason} and {@code detail}: one row per record, and one that says why for every
 * record that cannot be used.
 *
 * @param reader short name of the Spark data source
 * @param options its options, without those that {@link #read} sets
 * @param endings endings of the names of its files, without {@code .gz} and {@code .zst}
 * @param normalise from the columns of the reader to those of {@link SourceRecord} and {@code
 *     observation}
 */
public record RawInput(
    String reader,
    Map<String, String> options,
    List<String> endings,
    UnaryOperator<Dataset<Row>> normalise) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  public RawInput {
    options = Map.copyOf(options);
    endings = List.copyOf(endings);
  }

  /**
   * JSON records: lines, arrays or documents.
   *
   * @param fields the JSON paths to read
   * @param explodedMembers top-level members whose elements are records of their own
   */
  public static RawInput ndjson(
      List<JsonField> fields, List<String> explodedMembers, UnaryOperator<Dataset<Row>> normalise) {
    return new RawInput(
        "ndjson-paths",
        Map.of("fields", JsonField.encode(fields), "explode", String.join(",", explodedMembers)),
        List.of(".json", ".ndjson", ".jsonl"),
        normalise);
  }

  /**
   * CSV, plain or in zip archives, by header name.
   *
   * @param columns the columns to read
   * @param headers header rows of files that have none, by a part of the name of such files
   */
  public static RawInput csv(
      List<CsvColumn> columns,
      Map<String, List<String>> headers,
      UnaryOperator<Dataset<Row>> normalise) {
    return csv(columns, ",", headers, normalise);
  }

  /** The same with another character between two values. */
  public static RawInput csv(
      List<CsvColumn> columns,
      String separator,
      Map<String, List<String>> headers,
      UnaryOperator<Dataset<Row>> normalise) {
    return new RawInput(
        "csv-columns",
        Map.of(
            "columns",
            CsvColumn.encode(columns),
            "headers",
            CsvColumn.encodeHeaders(headers),
            "separator",
            separator),
        List.of(".csv", ".zip"),
        normalise);
  }

  /**
   * Parquet, by Spark's own reader.
   *
   * @param normalise from the columns of the files and {@code _metadata}; file and line are its
   *     part, and a file that is damaged stops the run
   */
  public static RawInput parquet(UnaryOperator<Dataset<Row>> normalise) {
    return new RawInput(
        "parquet",
        Map.of("pathGlobFilter", "*.parquet*", "recursiveFileLookup", "true"),
        List.of(".parquet"),
        normalise);
  }

  /** What is read of a record: JSON paths, XML paths or header names; empty: any column. */
  public List<String> fields() {
    try {
      List<String> fields = new ArrayList<>();
      for (JsonNode field : MAPPER.readTree(wanted())) {
        fields.add(
            field.has("path")
                ? field.path("path").asText()
                : StreamSupport.stream(field.path("headers").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining("|")));
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("fields of " + reader, e);
    }
  }

  private String wanted() {
    return options.getOrDefault("fields", options.getOrDefault("columns", "[]"));
  }

  /** Whether a file of this name is of this kind. */
  public boolean takes(String fileName) {
    String plain = fileName.replaceFirst("\\.(gz|zst)$", "");
    return endings.stream().anyMatch(plain::endsWith);
  }

  /**
   * The records of this kind of file, normalised.
   *
   * @param root folder that {@code file} is relative to
   * @param maxLineBytes longer records are rejected
   * @param folders where the files are; those of other kinds are not looked at
   */
  public Dataset<Row> read(
      DataFrameReader read, String root, int maxLineBytes, List<String> folders) {
    return normalise.apply(
        read.format(reader)
            .options(options)
            .option("endings", String.join(",", endings))
            .option("root", root)
            .option("maxLineBytes", maxLineBytes)
            .load(folders.toArray(String[]::new)));
  }
}

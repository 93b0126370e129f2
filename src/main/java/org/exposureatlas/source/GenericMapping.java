package org.exposureatlas.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.exposureatlas.config.ConfigException;

/**
 * How the records of a source without an adapter are read, as a mapping file says it.
 *
 * @param name folder below the raw root
 * @param format what its files are
 * @param separator between the values of a CSV row
 * @param explode top-level members whose elements are records of their own
 * @param columns what fills which column
 */
record GenericMapping(
    String name,
    Format format,
    String separator,
    List<String> explode,
    Map<String, Value> columns) {

  /** Kinds of files. */
  enum Format {
    NDJSON,
    CSV,
    PARQUET
  }

  /**
   * What fills a column: a value of the record, or the same text always.
   *
   * @param from path, header name or column of the value; empty for a constant
   * @param constant the text; empty for a value of the record
   * @param values what to write for what is found; other values stay as they are
   * @param factor what a number is multiplied with
   */
  record Value(
      Optional<String> from,
      Optional<String> constant,
      Map<String, String> values,
      BigDecimal factor) {

    boolean isScaled() {
      return factor.compareTo(BigDecimal.ONE) != 0;
    }
  }

  private static final Set<String> TEXTS =
      Set.of("product", "product_version", "severity", "source_country_code", "as_name");
  private static final Set<String> NUMBERS =
      Set.of(
          "size_bytes",
          "system_bytes",
          "capacity_bytes",
          "record_count",
          "container_count",
          "file_count",
          "asn");
  private static final Set<String> MARKS = Set.of("infected", "honeypot_hint");
  private static final Set<String> ESSENTIALS =
      Set.of("ip", "port", "observed_at", "service_type", "access");
  private static final Set<String> OTHERS =
      Set.of("transport", "size_semantics", "cluster_uuid", "run_id");

  private static final Map<String, Set<String>> CLOSED =
      Map.of(
          "service_type",
          ServiceType.ALL,
          "access",
          Set.of("open", "weak_credentials", "listing_refused", "auth_required", "unknown"),
          "size_semantics",
          Set.of(
              "logical",
              "stored_primary",
              "stored_replicated",
              "memory",
              "listed_files",
              "estimated"),
          "transport",
          Set.of("tcp", "udp"));

  private static final Map<String, BigDecimal> UNITS = units();

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * The mappings of a file.
   *
   * @param file its name, for messages
   * @param text JSON with comments: an object of one member for each source
   * @throws ConfigException for anything it must not be; names file, place, found and expected
   */
  static List<GenericMapping> parse(String file, String text) {
    List<GenericMapping> mappings = new ArrayList<>();
    try {
      JsonNode root = MAPPER.readTree(text);
      new Place(file, "").require(root.isObject(), root, "an object of sources");
      root.properties()
          .forEach(source -> mappings.add(mapping(file, source.getKey(), source.getValue())));
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          file + ", line " + e.getLocation().getLineNr(), e.getOriginalMessage(), "JSON");
    }
    return mappings;
  }

  private static GenericMapping mapping(String file, String name, JsonNode node) {
    Place place = new Place(file, name);
    place.require(name.matches("[a-z0-9][a-z0-9_-]*"), name, "letters a to z, digits, '_' and '-'");
    place.onlyMembers(node, Set.of("format", "separator", "explode", "columns"));
    Map<String, Value> columns = new LinkedHashMap<>();
    Place columnsPlace = place.in("columns");
    columnsPlace.onlyMembers(node.path("columns"), known());
    node.path("columns")
        .properties()
        .forEach(
            column ->
                columns.put(
                    column.getKey(),
                    value(columnsPlace.in(column.getKey()), column.getKey(), column.getValue())));
    for (String essential : ESSENTIALS.stream().sorted().toList()) {
      columnsPlace.require(columns.containsKey(essential), "nothing", "a value for " + essential);
    }
    columnsPlace.require(
        columns.containsKey("size_bytes") == columns.containsKey("size_semantics"),
        columns.keySet(),
        "size_bytes and size_semantics together");
    List<String> explode = new ArrayList<>();
    node.path("explode").forEach(member -> explode.add(member.asText()));
    return new GenericMapping(
        name,
        format(place.in("format"), node.path("format")),
        node.path("separator").asText(","),
        List.copyOf(explode),
        columns);
  }

  private static Format format(Place place, JsonNode node) {
    for (Format format : Format.values()) {
      if (format.name().equalsIgnoreCase(node.asText())) {
        return format;
      }
    }
    throw place.error(node, "ndjson, csv or parquet");
  }

  private static Value value(Place place, String column, JsonNode node) {
    if (node.isTextual()) {
      return new Value(Optional.of(node.asText()), Optional.empty(), Map.of(), BigDecimal.ONE);
    }
    place.onlyMembers(node, Set.of("from", "constant", "values", "unit", "factor"));
    place.require(node.has("from") != node.has("constant"), node, "either 'from' or 'constant'");
    Map<String, String> values = new TreeMap<>();
    node.path("values")
        .properties()
        .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
    Optional<String> constant = Optional.ofNullable(node.get("constant")).map(JsonNode::asText);
    Set<String> closed = CLOSED.get(column);
    if (closed != null) {
      constant.ifPresent(
          text -> place.require(closed.contains(text), text, "one of " + sorted(closed)));
      values.forEach(
          (found, text) ->
              place
                  .in("values")
                  .in(found)
                  .require(closed.contains(text), text, "one of " + sorted(closed)));
    }
    return new Value(
        Optional.ofNullable(node.get("from")).map(JsonNode::asText),
        constant,
        values,
        factor(place, column, node));
  }

  private static BigDecimal factor(Place place, String column, JsonNode node) {
    if (!node.has("unit") && !node.has("factor")) {
      return BigDecimal.ONE;
    }
    place.require(
        NUMBERS.contains(column) && node.has("unit") != node.has("factor"),
        node,
        "one of 'unit' and 'factor', for a number only");
    if (node.has("factor")) {
      place.in("factor").require(node.path("factor").isNumber(), node.path("factor"), "a number");
      return node.path("factor").decimalValue();
    }
    BigDecimal unit = UNITS.get(node.path("unit").asText());
    place.in("unit").require(unit != null, node.path("unit"), "one of " + sorted(UNITS.keySet()));
    return unit;
  }

  private static Map<String, BigDecimal> units() {
    Map<String, BigDecimal> units = new TreeMap<>();
    units.put("B", BigDecimal.ONE);
    String[] prefixes = {"k", "M", "G", "T", "P"};
    for (int i = 0; i < prefixes.length; i++) {
      units.put(prefixes[i] + "B", BigDecimal.TEN.pow(3 * (i + 1)));
      units.put(prefixes[i].toUpperCase(Locale.ROOT) + "iB", BigDecimal.valueOf(1024).pow(i + 1));
    }
    return units;
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(ESSENTIALS);
    List.of(TEXTS, NUMBERS, MARKS, OTHERS).forEach(known::addAll);
    return known;
  }

  private static List<String> sorted(Set<String> texts) {
    return texts.stream().sorted().toList();
  }

  /** The closed list of a column's values. */
  static Set<String> closed(String column) {
    return CLOSED.get(column);
  }

  /** Where in a mapping file something stands, for messages. */
  private record Place(String file, String key) {

    Place in(String member) {
      return new Place(file, key + "." + member);
    }

    ConfigException error(Object found, String expected) {
      return new ConfigException(file + (key.isEmpty() ? "" : ": " + key), found, expected);
    }

    void require(boolean holds, Object found, String expected) {
      if (!holds) {
        throw error(found, expected);
      }
    }

    void onlyMembers(JsonNode node, Set<String> known) {
      require(node.isObject(), node, "an object");
      node.fieldNames()
          .forEachRemaining(
              name -> in(name).require(known.contains(name), name, "one of " + sorted(known)));
    }
  }
}

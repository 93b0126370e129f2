package org.exposureatlas.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the results of Nmap's scripts for one port.
 *
 * <p>Read are {@code mongodb-databases}, {@code hadoop-namenode-info}, {@code redis-info}, {@code
 * nfs-statfs}, {@code couchdb-databases}, {@code rsync-list-modules}, and of the {@code -brute}
 * scripts that they got in. The memory that {@code membase-http-info} tells is the machine's and no
 * data. Names, comments and credentials are looked at and forgotten. Source: nmap/nmap, scripts.
 */
final class NseScripts {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String OPEN = "open";

  private static final Pattern UNAUTHORIZED =
      Pattern.compile(
          "unauthori[sz]ed|not authorized|need to login|requires? authentication"
              + "|authentication required|noauth|operation not permitted",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(\\w+)\\s*[=:]\\s*(.*)");
  private static final Pattern BEGIN_OF_TABLE = Pattern.compile("\\s*\\d+:?\\s*");
  private static final Pattern HDFS_STORAGE =
      Pattern.compile(
          "(?m)^[ \\t]*Total\\s+Used \\(DFS\\).*\\s+"
              + "(?<total>[\\d.]+ [KMGTP]B)\\s+(?<used>[\\d.]+ [KMGTP]B)");
  private static final Pattern VERSION = Pattern.compile("(?m)^[ \\t]*Version:?[ \\t]+([^\\s,]+)");
  private static final Pattern REDIS_MEMORY =
      Pattern.compile("(?m)^[ \\t]*Used memory:?[ \\t]+(\\S+)");
  private static final Pattern NUMBERED =
      Pattern.compile("(?m)^[ \\t]*\\d+[ \\t]*[=:][ \\t]*(.*)$");
  private static final long BLOCK_BYTES = 1_024;

  /** Old MongoDB servers report one byte for an empty database. */
  private static final String EMPTY_DATABASE = "\\s*1(?:\\.0)?\\s*";

  private NseScripts() {}

  /**
   * What the scripts found.
   *
   * @param scripts JSON array of {@code script} elements as the reader of XML records gives it;
   *     null: none
   */
  static NseFindings read(String scripts) {
    NseFindings found = NseFindings.NOTHING;
    boolean gotIn = false;
    for (JsonNode script : parse(scripts)) {
      found = found.or(findings(script));
      gotIn |= id(script).endsWith("-brute") && output(script).contains("Valid credentials");
    }
    return gotIn ? found.withAccess("weak_credentials") : found;
  }

  private static JsonNode parse(String scripts) {
    try {
      return MAPPER.readTree(scripts == null ? "[]" : scripts);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a JSON array of script elements", e);
    }
  }

  private static NseFindings findings(JsonNode script) {
    return switch (id(script)) {
      case "mongodb-databases" -> unlessRefused("mongodb", script, mongodb(script));
      case "hadoop-namenode-info" -> hdfs(output(script));
      case "redis-info" -> unlessRefused("redis", script, redis(output(script)));
      case "nfs-statfs" -> nfs(output(script));
      case "couchdb-databases" -> unlessRefused("couchdb", script, couchdb(output(script)));
      case "rsync-list-modules" -> rsync(output(script));
      default -> NseFindings.NOTHING;
    };
  }

  /** What was found; where that is nothing, whether the server asked for a login. */
  private static NseFindings unlessRefused(String service, JsonNode script, NseFindings found) {
    boolean isRefused = found.serviceType() == null && UNAUTHORIZED.matcher(output(script)).find();
    return isRefused ? NseFindings.of(service, "auth_required") : found;
  }

  /** Databases by name and size on disk; what they add up to is decided by others. */
  private static NseFindings mongodb(JsonNode script) {
    List<Map<String, String>> tables = tables(script);
    List<NseFindings.Database> databases =
        tables.stream()
            .filter(table -> table.containsKey("sizeOnDisk"))
            .map(table -> new NseFindings.Database(table.get("name"), bytes(table)))
            .toList();
    String total =
        tables.stream()
            .map(table -> table.get("totalSize"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return databases.isEmpty() && total == null
        ? NseFindings.NOTHING
        : NseFindings.of("mongodb", OPEN)
            .withDatabases(databases.isEmpty() ? null : databases, total);
  }

  private static String bytes(Map<String, String> database) {
    String size = database.get("sizeOnDisk");
    return size.matches(EMPTY_DATABASE) ? "0" : size;
  }

  /** Figures of the status page: rounded, powers of 1024, all replicas included. */
  private static NseFindings hdfs(String output) {
    Matcher storage = HDFS_STORAGE.matcher(output);
    NseFindings open = NseFindings.of("hdfs", OPEN).withVersion(first(VERSION, output));
    return storage.find()
        ? open.withSize(
            SizeText.bytes(storage.group("used")),
            "estimated",
            SizeText.bytes(storage.group("total")))
        : open;
  }

  /** Memory in use with the server's own overhead: rounded, powers of 1024. */
  private static NseFindings redis(String output) {
    String used = first(REDIS_MEMORY, output);
    return used == null
        ? NseFindings.NOTHING
        : NseFindings.of("redis", OPEN)
            .withVersion(first(VERSION, output))
            .withSize(SizeText.bytes(used), "memory", null);
  }

  /**
   * Blocks in use on the exported file systems, which may hold more than is exported. Exports with
   * the very same figures lie on one file system, which counts once.
   */
  private static NseFindings nfs(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty() || !lines.get(0).strip().startsWith("Filesystem ")) {
      return NseFindings.NOTHING;
    }
    String[] header = lines.get(0).strip().split("\\s+");
    Set<FileSystem> fileSystems = new HashSet<>();
    lines.stream().skip(1).map(line -> FileSystem.parse(header, line)).forEach(fileSystems::add);
    fileSystems.removeIf(Objects::isNull);
    return fileSystems.isEmpty()
        ? NseFindings.of("nfs", OPEN)
        : NseFindings.of("nfs", OPEN)
            .withSize(
                SizeText.sum(fileSystems.stream().map(FileSystem::used).toList()),
                "estimated",
                SizeText.sum(fileSystems.stream().map(FileSystem::size).toList()));
  }

  private record FileSystem(long size, long used) {

    /** Cells are counted from the right: a path may hold spaces. */
    static FileSystem parse(String[] header, String line) {
      String[] cells = line.strip().split("\\s+");
      int shift = cells.length - header.length;
      if (shift < 0 || header.length < 3) {
        return null;
      }
      boolean isInBlocks = header[1].equals("1K-blocks");
      Long size = bytes(cells[shift + 1], isInBlocks);
      Long used = bytes(cells[shift + 2], isInBlocks);
      return size == null || used == null ? null : new FileSystem(size, used);
    }

    private static Long bytes(String cell, boolean isInBlocks) {
      return isInBlocks ? SizeText.times(cell, BLOCK_BYTES) : SizeText.bytes(cell);
    }
  }

  private static NseFindings couchdb(String output) {
    List<String> names = NUMBERED.matcher(output).results().map(NseScripts::group).toList();
    return names.isEmpty()
        ? NseFindings.NOTHING
        : NseFindings.of("couchdb", OPEN)
            .withContainers((long) names.size(), names.stream().anyMatch(RansomNames::contain));
  }

  /** The list is open to all; whether the modules are is not tested. */
  private static NseFindings rsync(String output) {
    long modules = output.lines().filter(line -> !line.isBlank()).count();
    return modules == 0 || output.stripLeading().startsWith("ERROR")
        ? NseFindings.NOTHING
        : NseFindings.of("rsync", null).withContainers(modules, null);
  }

  /**
   * The values of a result, a map for each of its tables: from its structure, or where it has none
   * from its text, in which a line of a mere number begins a table.
   */
  private static List<Map<String, String>> tables(JsonNode script) {
    List<Map<String, String>> tables = new ArrayList<>();
    if (script.path("#content").isEmpty()) {
      tables.add(new HashMap<>());
      output(script).lines().forEach(line -> read(line, tables));
    } else {
      collect(script, tables);
    }
    return tables;
  }

  private static void read(String line, List<Map<String, String>> tables) {
    Matcher assignment = ASSIGNMENT.matcher(line);
    if (assignment.matches()) {
      tables.get(tables.size() - 1).put(assignment.group(1), assignment.group(2));
    } else if (BEGIN_OF_TABLE.matcher(line).matches()) {
      tables.add(new HashMap<>());
    }
  }

  private static void collect(JsonNode element, List<Map<String, String>> tables) {
    Map<String, String> values = new HashMap<>();
    tables.add(values);
    for (JsonNode child : element.path("#content")) {
      switch (child.path("#name").asText()) {
        case "elem" -> values.put(child.path("key").asText(), text(child));
        case "table" -> collect(child, tables);
        default -> {
          // text between elements
        }
      }
    }
  }

  private static String text(JsonNode element) {
    StringBuilder text = new StringBuilder();
    element.path("#content").forEach(part -> text.append(part.asText()));
    return text.toString();
  }

  private static String first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().map(NseScripts::group).orElse(null);
  }

  private static String group(MatchResult match) {
    return match.group(1);
  }

  private static String id(JsonNode script) {
    return script.path("id").asText();
  }

  private static String output(JsonNode script) {
    return script.path("output").asText();
  }
}

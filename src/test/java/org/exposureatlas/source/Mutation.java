package org.exposureatlas.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Damages a raw file as scanners, networks and hosts that lie do, the same way for the same seed.
 * Lines stay lines.
 */
final class Mutation {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Values that stand where others are expected. */
  static final List<String> STRANGE =
      List.of(
          "null",
          "-1",
          "0",
          "-9223372036854775808",
          "9223372036854775807",
          "9223372036854775808",
          "1e400",
          "1.5",
          "true",
          "[]",
          "{}",
          "[null,5,\"x\",{}]",
          "{\"a\":[1]}",
          "\"\"",
          "\"1,234\"",
          "\"NaN\"",
          "\"-5\"",
          "\"\\u0000\\ud800\"",
          "\"5 GB\"");

  private final Random random;

  Mutation(int seed) {
    random = new Random(seed);
  }

  /** A damaged copy of a file. */
  byte[] of(String name, byte[] content) {
    if (!name.endsWith(".ndjson")) {
      return bytes(content);
    }
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .map(this::line)
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Half of the lines get a strange value, a quarter damaged bytes. */
  private String line(String line) {
    int choice = random.nextInt(4);
    if (choice == 0) {
      return line;
    }
    if (choice == 1) {
      return new String(bytes(line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1)
          .replaceAll("[\n\r]", " ");
    }
    try {
      JsonNode tree = JSON.readTree(line);
      strange(tree);
      return tree.toString();
    } catch (JsonProcessingException e) {
      return line;
    }
  }

  private void strange(JsonNode tree) throws JsonProcessingException {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    if (containers.isEmpty()) {
      return;
    }
    JsonNode container = containers.get(random.nextInt(containers.size()));
    JsonNode value = JSON.readTree(STRANGE.get(random.nextInt(STRANGE.size())));
    int at = random.nextInt(container.size());
    if (container instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      object.set(names.get(at), value);
    } else {
      ((ArrayNode) container).set(at, value);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  /** Some bytes overwritten, and now and then the rest cut off. */
  private byte[] bytes(byte[] content) {
    byte[] damaged = content.clone();
    for (int i = 0; i < 1 + content.length / 500 && content.length > 0; i++) {
      int at = random.nextInt(content.length);
      damaged[at] = content[at] == '\n' ? content[at] : (byte) random.nextInt(256);
    }
    boolean isCut = random.nextInt(4) == 0;
    return isCut ? Arrays.copyOf(damaged, random.nextInt(content.length + 1)) : damaged;
  }
}

package org.exposureatlas.xml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** A node of the wanted paths: an element, the fields it fills, and the elements below it. */
final class ElementTrie {

  /** An element of which nothing is wanted. */
  static final ElementTrie NOTHING = new ElementTrie();

  private static final int NONE = -1;

  private final Map<String, ElementTrie> children = new HashMap<>();
  private final Map<String, Integer> attributes = new HashMap<>();
  private int elementField = NONE;
  private boolean isRecord;

  /** Paths of {@code fields}, and the one whose elements are the records. */
  static ElementTrie of(String recordPath, List<XmlField> fields) {
    ElementTrie root = new ElementTrie();
    root.descend(recordPath.split("/", -1)).isRecord = true;
    for (int i = 0; i < fields.size(); i++) {
      ElementTrie node = root.descend(fields.get(i).elements());
      if (fields.get(i).attribute() == null) {
        node.elementField = i;
      } else {
        node.attributes.put(fields.get(i).attribute(), i);
      }
    }
    return root;
  }

  private ElementTrie descend(String... steps) {
    ElementTrie node = this;
    for (String step : steps) {
      node = node.children.computeIfAbsent(step, name -> new ElementTrie());
    }
    return node;
  }

  /** The element of this name below; null when nothing of it is wanted. */
  ElementTrie child(String name) {
    return children.get(name);
  }

  /** Names of the elements below. */
  String childNames() {
    return String.join(", ", children.keySet());
  }

  /** Whether the elements themselves are wanted. */
  boolean isCaptured() {
    return elementField != NONE;
  }

  int elementField() {
    return elementField;
  }

  boolean isRecord() {
    return isRecord;
  }

  /** Fields of attributes, by name. */
  Map<String, Integer> attributes() {
    return attributes;
  }

  /** The fields that a new element of this kind makes void: its attributes, and all below it. */
  void forEachField(IntConsumer field) {
    attributes.values().forEach(field::accept);
    for (ElementTrie child : children.values()) {
      if (child.isCaptured()) {
        field.accept(child.elementField);
      }
      child.forEachField(field);
    }
  }
}

package org.exposureatlas.xml;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.exposureatlas.raw.RawRows;

/**
 * Reads the records of an XML document one by one: the elements of a given path, each with values
 * of itself and of what stands before it in the elements around it.
 *
 * <p>The document is not trusted. Document types are passed over, so that no entity is declared and
 * nothing outside is looked up. Memory is bounded: by the bytes of one tag or text, the depth, and
 * the number of different names. A document that ends early or is not well-formed keeps the records
 * before that place, and its last record says where it is.
 */
final class XmlRecords implements RawRows {

  static final String MALFORMED = "malformed_xml";
  static final String TOO_LONG = "line_too_long";
  static final String DAMAGED = "damaged_file";

  private static final int MAX_DEPTH = 200;
  private static final int MAX_NAMES = 10_000;

  private final MeteredInput in;
  private final String file;
  private final ElementTrie trie;
  private final String recordPath;
  private final int maxBytes;
  private final String[] attributes;
  private final ElementText[] elements;
  private final Deque<String> open = new ArrayDeque<>();
  private final Deque<ElementTrie> wanted = new ArrayDeque<>();
  private final Set<String> names = new HashSet<>();

  private XMLStreamReader reader;
  private ElementText captured;
  private int capturedDepth;
  private long line = 1;
  private long recordLine;
  private boolean ended;
  private String reason;
  private String detail;

  /**
   * Reads {@code in}, whose IOExceptions say that the data is damaged.
   *
   * @param file what the records call the document
   * @param recordPath elements from the root to the record, separated by slashes
   * @param maxBytes longest value of a record, and longest tag or text
   */
  XmlRecords(InputStream in, String file, String recordPath, List<XmlField> fields, int maxBytes) {
    this.file = file;
    this.in = new MeteredInput(in, maxBytes);
    this.recordPath = recordPath;
    this.maxBytes = maxBytes;
    trie = ElementTrie.of(recordPath, fields);
    attributes = new String[fields.size()];
    elements = new ElementText[fields.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = new ElementText(maxBytes);
    }
  }

  @Override
  public String value(int field) {
    return attributes[field] == null ? elements[field].json() : attributes[field];
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public long line() {
    return recordLine;
  }

  @Override
  public String reason() {
    return reason;
  }

  @Override
  public String detail() {
    return detail;
  }

  @Override
  public boolean next() {
    reason = null;
    detail = null;
    if (ended) {
      return false;
    }
    try {
      return nextRecord();
    } catch (XMLStreamException e) {
      return fail();
    }
  }

  private boolean nextRecord() throws XMLStreamException {
    if (reader == null) {
      in.grant();
      reader = factory().createXMLStreamReader(in);
    }
    while (reader.hasNext()) {
      in.grant();
      line = reader.getLocation().getLineNumber();
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String refusal = start();
          if (refusal != null) {
            return end(MALFORMED, refusal);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (endElement()) {
            return true;
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (captured != null && !reader.isWhiteSpace()) {
            captured.text(reader.getText());
          }
        }
        case XMLStreamConstants.PROCESSING_INSTRUCTION -> names.add(reader.getPITarget());
        default -> {
          // comments and document types say nothing of interest
        }
      }
      if (names.size() > MAX_NAMES) {
        return end(MALFORMED, "found more than " + MAX_NAMES + " different names");
      }
    }
    ended = true;
    return false;
  }

  /** What forbids to go on; null: nothing. */
  private String start() {
    String name = reader.getLocalName();
    ElementTrie parent = open.isEmpty() ? trie : wanted.peek();
    ElementTrie node = parent == null || captured != null ? null : parent.child(name);
    if (open.isEmpty() && node == null) {
      return "found a document of <" + name + ">, expected <" + trie.childNames() + ">";
    }
    if (open.size() == MAX_DEPTH) {
      return "found elements more than " + MAX_DEPTH + " deep";
    }
    open.push(name);
    // a deque holds no nulls: what is below an unwanted element is looked up in an empty node
    wanted.push(node == null ? ElementTrie.NOTHING : node);
    names.add(name);
    if (node != null) {
      clear(node);
      keepAttributes(node);
    }
    if (captured != null) {
      captured.start(name);
    } else if (node != null && node.isCaptured()) {
      captured = elements[node.elementField()];
      capturedDepth = open.size();
      captured.start(name);
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      names.add(reader.getAttributeLocalName(i));
      if (captured != null) {
        captured.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
    }
    if (captured != null) {
      captured.content();
    }
    if (node != null && node.isRecord()) {
      recordLine = line;
    }
    return null;
  }

  private void clear(ElementTrie node) {
    node.forEachField(
        field -> {
          attributes[field] = null;
          elements[field].clear();
        });
  }

  private void keepAttributes(ElementTrie node) {
    node.attributes()
        .forEach((name, field) -> attributes[field] = reader.getAttributeValue(null, name));
  }

  /** Whether the element that ends is a record. */
  private boolean endElement() {
    if (captured != null) {
      captured.end();
      if (open.size() == capturedDepth) {
        captured = null;
      }
    }
    open.pop();
    if (!wanted.pop().isRecord()) {
      return false;
    }
    for (ElementText element : elements) {
      if (element.isTooLong()) {
        reason = TOO_LONG;
        detail = "found a longer record, expected at most " + maxBytes + " bytes";
      }
    }
    return true;
  }

  private boolean end(String why, String what) {
    ended = true;
    reason = why;
    detail = what + "; the rest of the file is not read";
    recordLine = line;
    return true;
  }

  private boolean fail() {
    if (in.isEmpty()) {
      ended = true;
      return false;
    }
    if (reader != null) {
      line = reader.getLocation().getLineNumber();
    }
    if (in.failure() != null) {
      return end(DAMAGED, "found damaged data: " + in.failure().getMessage());
    }
    if (in.isExhausted()) {
      return end(TOO_LONG, "found a longer tag or text, expected at most " + maxBytes + " bytes");
    }
    return in.isEnded()
        ? end(MALFORMED, "found the end of the file " + place() + ", expected " + expectedEnd())
        : end(MALFORMED, "found text that is not well-formed XML " + place());
  }

  private String place() {
    String outside = names.isEmpty() ? "before the first element" : "after the last element";
    return open.isEmpty() ? outside : "inside " + path();
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    Iterator<String> inwards = open.descendingIterator();
    inwards.forEachRemaining(name -> path.append(path.isEmpty() ? "" : "/").append(name));
    return path.toString();
  }

  private String expectedEnd() {
    return "</" + recordPath.split("/", -1)[0] + ">";
  }

  /** The JDK's own parser, whatever else is on the class path, without document types. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLReporter((message, type, information, location) -> {});
    return factory;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package org.exposureatlas.xml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Elements as a JSON array, bounded in length.
 *
 * <p>An element is an object: {@code #name}, its attributes under their own names, and {@code
 * #content}, an array of its texts and elements in order. Texts of white space are left out.
 */
final class ElementText {

  private static final JsonFactory JSON = new JsonFactory();

  private final int maxLength;
  private StringWriter text;
  private JsonGenerator generator;
  private boolean isTooLong;

  ElementText(int maxLength) {
    this.maxLength = maxLength;
  }

  void clear() {
    text = null;
    generator = null;
    isTooLong = false;
  }

  /** Whether there was more than can be held; nothing of it is kept. */
  boolean isTooLong() {
    return isTooLong;
  }

  /** The array of all elements so far; null when there was none. */
  String json() {
    if (text == null) {
      return null;
    }
    flush();
    return text + "]";
  }

  void start(String name) {
    write(
        json -> {
          json.writeStartObject();
          json.writeStringField("#name", name);
        });
  }

  void attribute(String name, String value) {
    write(json -> json.writeStringField(name, value));
  }

  void content() {
    write(json -> json.writeArrayFieldStart("#content"));
  }

  void text(String value) {
    write(json -> json.writeString(value));
  }

  void end() {
    write(
        json -> {
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private interface Step {
    void write(JsonGenerator json) throws IOException;
  }

  private void write(Step step) {
    if (isTooLong) {
      return;
    }
    try {
      if (generator == null) {
        text = new StringWriter();
        generator = JSON.createGenerator(text);
        generator.writeStartArray();
      }
      step.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (text.getBuffer().length() > maxLength) {
      clear();
      isTooLong = true;
    }
  }

  private void flush() {
    try {
      generator.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

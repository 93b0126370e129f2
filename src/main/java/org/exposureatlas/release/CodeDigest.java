package org.exposureatlas.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Tells whether code is the same as it was. */
public final class CodeDigest {

  private CodeDigest() {}

  /** SHA-256 digest of the bytecode of classes, with those nested in them. */
  public static String of(Collection<Class<?>> types) {
    return Digests.of(
        types.stream()
            .map(Class::getNestMembers)
            .flatMap(Arrays::stream)
            .sorted(Comparator.comparing(Class::getName))
            .map(CodeDigest::bytecode)
            .collect(Collectors.joining()));
  }

  private static String bytecode(Class<?> type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = CodeDigest.class.getResourceAsStream(file)) {
      return Digests.of(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}

package org.exposureatlas.job;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the person at the keyboard sees: progress on the error stream, results on the output. */
final class Console {

  private static final int LISTED = 10;

  private final PrintStream results;
  private final PrintStream progress;

  Console(PrintStream results, PrintStream progress) {
    this.results = results;
    this.progress = progress;
  }

  static Console standard() {
    return new Console(System.out, System.err);
  }

  /** The first few of {@code many}, and how many more there are. */
  static String listed(List<?> many) {
    String first =
        many.stream().limit(LISTED).map(Object::toString).collect(Collectors.joining(", "));
    return many.size() > LISTED ? first + " and " + (many.size() - LISTED) + " more" : first;
  }

  void result(String format, Object... values) {
    results.println(String.format(Locale.ROOT, format, values));
  }

  void progress(String format, Object... values) {
    progress.println(String.format(Locale.ROOT, format, values));
  }
}

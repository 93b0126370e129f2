package org.exposureatlas.job;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the person at the keyboard sees: progress on the error stream, results on the output. */
final class Console {

  private static final int LISTED = 10;

  private final PrintStream results;
  private final PrintStream progress;
  private final List<Runnable> kept = new ArrayList<>();
  private boolean keeps;

  Console(PrintStream results, PrintStream progress) {
    this.results = results;
    this.progress = progress;
  }

  static Console standard() {
    return new Console(System.out, System.err);
  }

  /** Prints to the same streams, but keeps everything until {@link #letGo}. */
  Console keeping() {
    Console console = new Console(results, progress);
    console.keeps = true;
    return console;
  }

  /** Prints what was kept, and from now on at once. */
  synchronized void letGo() {
    kept.forEach(Runnable::run);
    kept.clear();
    keeps = false;
  }

  /** The first few of {@code many}, and how many more there are. */
  static String listed(List<?> many) {
    String first =
        many.stream().limit(LISTED).map(Object::toString).collect(Collectors.joining(", "));
    return many.size() > LISTED ? first + " and " + (many.size() - LISTED) + " more" : first;
  }

  void result(String format, Object... values) {
    print(results, String.format(Locale.ROOT, format, values));
  }

  void progress(String format, Object... values) {
    print(progress, String.format(Locale.ROOT, format, values));
  }

  private synchronized void print(PrintStream stream, String line) {
    if (keeps) {
      kept.add(() -> stream.println(line));
    } else {
      stream.println(line);
    }
  }
}

package org.exposureatlas.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * Idiomatic Spark in a process of its own, which waits between rounds. The limits of our own
 * options on what the optimising compiler does are not for it: with less inlining its JSON reader
 * takes a tenth longer.
 */
final class SparkJsonProcess implements AutoCloseable {

  /** Argument of {@link Benchmarks} in that process. */
  static final String ARGUMENT = "spark-json";

  private static final Pattern OUR_LIMITS =
      Pattern.compile("-XX:(MaxNodeLimit|FreqInlineSize|MaxInlineLevel)=.*");

  private static final String FOUND = "found ";

  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  SparkJsonProcess() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !OUR_LIMITS.matcher(option).matches())
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), Benchmarks.class.getName(), ARGUMENT));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** In that process: works once for every line that comes in, until none does. */
  static void serve(Callable<Long> work) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (lines.readLine() != null) {
      System.out.println(FOUND + work.call());
    }
  }

  /** Works once; returns what was found. */
  long run() throws IOException {
    questions.write("\n");
    questions.flush();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(FOUND)) {
        return Long.parseLong(line.substring(FOUND.length()));
      }
    }
    throw new IOException("the process of idiomatic Spark ended");
  }

  @Override
  public void close() throws IOException {
    questions.close();
    process.onExit().join();
  }
}

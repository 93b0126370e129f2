package org.exposureatlas.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs {@code submit.sh} as a person would, and keeps what it said. */
public final class Command {

  private static final long TIMEOUT_MINUTES = 8;

  /** Exit status, standard output and standard error of a command that ended. */
  public record Result(int status, String output, String errors) {}

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private Command(Path folder) {
    this.folder = folder;
  }

  /** A command run in {@code folder}. */
  public static Command in(Path folder) {
    return new Command(folder);
  }

  public Command with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs the project's submit.sh. */
  public Result submit(String... arguments) throws IOException, InterruptedException {
    return run(Path.of("submit.sh").toAbsolutePath(), arguments);
  }

  /** Runs {@code program}. */
  public Result run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> words =
        Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList();
    Path output = Files.createTempFile("command", ".out");
    Path errors = Files.createTempFile("command", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IllegalStateException(words + " did not end: " + Files.readString(errors));
    }
    return new Result(process.exitValue(), text(output), text(errors));
  }

  private static String text(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }
}

package org.exposureatlas.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.Row;

/**
 * Runs steps that are small work two at a time: planning is one thread's work, and all that takes
 * long there. Consoles and the table of runs show the same as after one step at a time.
 */
final class ConcurrentSteps {

  private static final int AT_A_TIME = 2;

  private ConcurrentSteps() {}

  /**
   * Runs all steps, each after the one it names, and waits for all.
   *
   * @throws RuntimeException what the first step in order threw that failed
   */
  static void run(List<Step> steps, JobContext parent) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      Map<String, CompletableFuture<Optional<Row>>> runs = new LinkedHashMap<>();
      List<Console> consoles = new ArrayList<>();
      for (Step step : steps) {
        JobContext context = parent.stepBesideOthers();
        consoles.add(context.console());
        runs.put(
            step.name(),
            step.after()
                .<CompletableFuture<?>>map(runs::get)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenApplyAsync(
                    ended -> JobRunner.timed(step.name(), context, step.job()), threads));
      }
      await(List.copyOf(runs.values()), consoles, parent);
    } finally {
      threads.shutdown();
    }
  }

  private static void await(
      List<CompletableFuture<Optional<Row>>> runs, List<Console> consoles, JobContext parent) {
    List<Row> rows = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (failures.isEmpty()) {
        consoles.get(i).letGo();
      }
      try {
        runs.get(i).join().ifPresent(rows::add);
      } catch (CompletionException e) {
        failures.add(e.getCause() instanceof RuntimeException cause ? cause : e);
      }
    }
    JobRunner.record(rows, parent);
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }
}

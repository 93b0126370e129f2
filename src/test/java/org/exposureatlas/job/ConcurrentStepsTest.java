package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.AtlasException;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ConcurrentStepsTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

  @Test
  void twoStepsRunAtATimeAndWhatTheySayComesInOrder(SparkSession spark) {
    CyclicBarrier both = new CyclicBarrier(2);
    run(
        spark,
        step("first", context -> meet(both)),
        after("first", "second", this::end),
        step(
            "third",
            context -> {
              end(context);
              meet(both);
            }));

    assertThat(ended).containsExactly("third", "second");
    assertThat(said())
        .containsExactly(
            "first ...",
            "first done",
            "second ...",
            "  second ends",
            "second done",
            "third ...",
            "  third ends",
            "third done");
  }

  @Test
  void theFirstFailureInOrderIsThrownWhenAllStepsAreOver(SparkSession spark) {
    CyclicBarrier both = new CyclicBarrier(2);
    AtlasException first = new MissingInputException("release", "2022-07-21", "releases");
    AtlasException other = new ConfigException("key", "found", "another value");

    assertThatThrownBy(
            () ->
                run(
                    spark,
                    step("first", this::end),
                    step("second", context -> failAfter(both, first)),
                    step("third", context -> failAfter(both, other)),
                    after("second", "fourth", this::end),
                    after("first", "fifth", this::end)))
        .isSameAs(first);

    assertThat(ended).containsExactly("first", "fifth");
    assertThat(said()).containsExactly("first ...", "  first ends", "first done", "second ...");
  }

  private void run(SparkSession spark, Step... steps) {
    PrintStream printer = new PrintStream(said, true, StandardCharsets.UTF_8);
    JobConfig config = JobConfig.of(Map.of());
    ConcurrentSteps.run(
        List.of(steps), new JobContext(spark, null, config, new Console(printer, printer)));
  }

  private static Step step(String name, Job job) {
    return Step.of(name, job, context -> 0);
  }

  private static Step after(String other, String name, Job job) {
    return Step.after(other, name, job, context -> 0);
  }

  private void end(JobContext context) {
    String step = context.spark().sparkContext().getLocalProperty("spark.job.description");
    context.console().progress("  %s ends", step);
    ended.add(step);
  }

  private static void failAfter(CyclicBarrier barrier, AtlasException failure) {
    meet(barrier);
    throw failure;
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> said() {
    return said.toString(StandardCharsets.UTF_8).replaceAll(" in [0-9.]+ s", "").lines().toList();
  }
}

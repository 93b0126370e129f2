package org.exposureatlas.job;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;

/** Says every few seconds how far a long stage has come. */
final class ProgressListener extends SparkListener {

  /** Local properties of Spark that say how many raw files a stage works on, and their size. */
  static final String FILES = "exposure-atlas.files";

  static final String BYTES = "exposure-atlas.bytes";

  private static final String DESCRIPTION = "spark.job.description";
  private static final String BYTES_READ = "internal.metrics.input.bytesRead";
  private static final String ROWS_READ = "internal.metrics.input.recordsRead";

  private final Console console;
  private final long every;
  private final Map<Integer, StageProgress> stages = new ConcurrentHashMap<>();
  private long saidAt;

  /**
   * @param every milliseconds that a stage must last, and that pass between two sentences
   */
  ProgressListener(Console console, long every) {
    this.console = console;
    this.every = every;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    StageInfo stage = submitted.stageInfo();
    Properties properties = submitted.properties();
    stages.put(
        stage.stageId(),
        new StageProgress(
            new StageProgress.Work(
                properties.getProperty(DESCRIPTION, "work"),
                stage.numTasks(),
                Long.parseLong(properties.getProperty(FILES, "0")),
                Long.parseLong(properties.getProperty(BYTES, "0"))),
            System.currentTimeMillis()));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    StageProgress stage = stages.get(task.stageId());
    if (stage == null || !task.taskInfo().successful() || task.taskMetrics() == null) {
      return;
    }
    InputMetrics read = task.taskMetrics().inputMetrics();
    stage.ended(
        task.taskInfo().taskId(),
        read.bytesRead(),
        read.recordsRead(),
        task.taskMetrics().outputMetrics().recordsWritten());
    say(stage);
  }

  /** Executors tell of the tasks they are at every ten seconds. */
  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    var tasks = update.accumUpdates().iterator();
    while (tasks.hasNext()) {
      var task = tasks.next();
      StageProgress stage = stages.get((Integer) task._2());
      if (stage != null) {
        long bytes = 0;
        long rows = 0;
        var metrics = task._4().iterator();
        while (metrics.hasNext()) {
          var metric = metrics.next();
          String name = metric.name().getOrElse(() -> "");
          bytes += name.equals(BYTES_READ) ? (Long) metric.update().get() : 0;
          rows += name.equals(ROWS_READ) ? (Long) metric.update().get() : 0;
        }
        stage.running((Long) task._1(), bytes, rows);
        say(stage);
      }
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    stages.remove(completed.stageInfo().stageId());
  }

  private void say(StageProgress stage) {
    long now = System.currentTimeMillis();
    if (now - saidAt >= every && now - stage.startedAt() >= every && !stage.isWhole()) {
      saidAt = now;
      console.progress("%s", stage.sentence(now));
    }
  }
}

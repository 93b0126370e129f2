package org.exposureatlas.job;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How far one running stage has come. */
final class StageProgress {

  private static final double MEGABYTE = 1e6;

  /**
   * What a stage has to do.
   *
   * @param step the step of the job it belongs to
   * @param tasks number of tasks
   * @param files raw files that it reads or writes; 0 when it works on something else
   * @param bytes size of the files it reads; 0 when that is not known
   */
  record Work(String step, int tasks, long files, long bytes) {}

  /** What one task has done: bytes and rows read, rows written. */
  private record Done(long bytes, long rows, long kept) {}

  private final Work work;
  private final long startedAt;
  private final Map<Long, Done> tasks = new HashMap<>();
  private int ended;

  /**
   * @param startedAt milliseconds of the clock that {@link #sentence} is given
   */
  StageProgress(Work work, long startedAt) {
    this.work = work;
    this.startedAt = startedAt;
  }

  long startedAt() {
    return startedAt;
  }

  /** Notes what a task that still runs has done so far. */
  void running(long task, long bytes, long rows) {
    tasks.put(task, new Done(bytes, rows, 0));
  }

  /** Notes a task that has come to its end. */
  void ended(long task, long bytes, long rows, long kept) {
    tasks.put(task, new Done(bytes, rows, kept));
    ended++;
  }

  boolean isWhole() {
    return ended == work.tasks();
  }

  /** Parts done of how many, bytes of how many, rows read and kept, time left. */
  String sentence(long now) {
    StringBuilder text = new StringBuilder("  ").append(work.step()).append(": ");
    text.append(format("%d of %d %s", ended, work.tasks(), parts()));
    long bytes = tasks.values().stream().mapToLong(Done::bytes).sum();
    if (work.bytes() > 0) {
      text.append(format(", %,.1f of %,.1f MB", bytes / MEGABYTE, work.bytes() / MEGABYTE));
    } else if (bytes > 0) {
      text.append(format(", %,.1f MB read", bytes / MEGABYTE));
    }
    long rows = tasks.values().stream().mapToLong(Done::rows).sum();
    long kept = tasks.values().stream().mapToLong(Done::kept).sum();
    text.append(rows > 0 ? format(", %,d rows", rows) : "");
    text.append(rows > 0 && work.bytes() > 0 ? format(", %,d kept", kept) : "");
    double share = share(bytes);
    if (share > 0) {
      text.append(format(", about %.0f s left", (now - startedAt) / share * (1 - share) / 1e3));
    }
    return text.toString();
  }

  private String parts() {
    return work.files() == work.tasks() ? "files" : "parts";
  }

  /** A fraction, 0 to 1. */
  private double share(long bytes) {
    return work.bytes() > 0
        ? Math.min(1, (double) bytes / work.bytes())
        : (double) ended / work.tasks();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

package org.exposureatlas.job;

import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A part of a job that is a job by itself.
 *
 * @param name what the console and the table of runs call it
 * @param after name of the step whose tables it reads, among those it may run beside
 * @param rowsRead about how many rows it reads, its tables being as they are
 */
record Step(String name, Job job, Optional<String> after, ToLongFunction<JobContext> rowsRead) {

  static Step of(String name, Job job, ToLongFunction<JobContext> rowsRead) {
    return new Step(name, job, Optional.empty(), rowsRead);
  }

  static Step after(String other, String name, Job job, ToLongFunction<JobContext> rowsRead) {
    return new Step(name, job, Optional.of(other), rowsRead);
  }
}

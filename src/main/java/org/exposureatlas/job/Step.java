package org.exposureatlas.job;

import java.util.Optional;

/**
 * A part of a job that is a job by itself.
 *
 * @param name what the console and the table of runs call it
 * @param after name of the step whose tables it reads, among those it may run beside
 */
record Step(String name, Job job, Optional<String> after) {

  static Step of(String name, Job job) {
    return new Step(name, job, Optional.empty());
  }

  static Step after(String other, String name, Job job) {
    return new Step(name, job, Optional.of(other));
  }
}

package org.exposureatlas.job;

/** What a job does with an open session. */
@FunctionalInterface
public interface Job {

  /** Reads tables, writes tables; throws when it cannot. */
  void run(JobContext context);
}

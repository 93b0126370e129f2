package org.exposureatlas.schema;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SQLExecution;

/** Settings of a session in tasks that no query starts. */
public final class SessionSettings {

  private SessionSettings() {}

  /**
   * Runs {@code work} so that its tasks see the settings of the session, as those of a query do.
   * Without them they compile what small work interprets.
   */
  public static void seenByTasksOf(SparkSession spark, Runnable work) {
    SQLExecution.withSQLConfPropagated(
        (org.apache.spark.sql.classic.SparkSession) spark,
        () -> {
          work.run();
          return null;
        });
  }
}

package org.exposureatlas.statistics;

/**
 * Things watched for the same part of their life.
 *
 * @param entry age at which watching began; 0: from the start
 * @param exit age at which they ended, or watching did; above {@code entry}
 * @param end what happened at {@code exit}
 * @param count number of things
 */
public record Lifetime(double entry, double exit, End end, long count) {

  /** What is known at the end of watching. */
  public enum End {
    CLOSED,
    STILL_OPEN
  }

  public Lifetime {
    if (!(entry >= 0 && exit > entry)) {
      throw new IllegalArgumentException(
          "found a life from age " + entry + " to " + exit + ", expected 0 <= entry < exit");
    }
  }
}

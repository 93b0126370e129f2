package org.exposureatlas.config;

/**
 * Settings of the measure job.
 *
 * @param presenceDays countries and services seen in this many days get rows
 * @param replicates bootstrap replicates that intervals and rank bounds are made of; 0: none
 */
public record MeasureConfig(int presenceDays, int replicates) {

  /** Room for the sums of a cell is limited. */
  private static final int MOST_REPLICATES = 10_000;

  static MeasureConfig of(Settings settings) {
    return new MeasureConfig(
        settings.positiveInt("measure.presence-days"),
        settings.count("measure.replicates", MOST_REPLICATES));
  }
}

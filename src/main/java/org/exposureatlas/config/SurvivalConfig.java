package org.exposureatlas.config;

/**
 * Settings of the survival job.
 *
 * @param days length of the look back
 * @param missedSnapshots a store missed in as many whole snapshots in a row is gone
 */
public record SurvivalConfig(int days, int missedSnapshots) {

  static SurvivalConfig of(Settings settings) {
    return new SurvivalConfig(
        settings.positiveInt("survival.days"), settings.positiveInt("survival.missed-snapshots"));
  }
}

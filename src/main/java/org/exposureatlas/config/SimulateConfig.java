package org.exposureatlas.config;

/**
 * Settings of the simulated world.
 *
 * @param scale records per snapshot, about
 * @param seed the world is the same for the same seed
 * @param snapshots number of snapshots when the command line names no dates
 */
public record SimulateConfig(long scale, long seed, int snapshots) {

  /** Fewer records do not hold one of everything. */
  private static final long SMALLEST_SCALE = 500;

  public SimulateConfig {
    if (scale < SMALLEST_SCALE) {
      throw new ConfigException("scale", scale, "at least " + SMALLEST_SCALE + " records");
    }
  }

  static SimulateConfig of(Settings settings, Arguments arguments) {
    return new SimulateConfig(
        arguments
            .value("--scale")
            .map(text -> whole("--scale", text))
            .orElseGet(() -> settings.positiveLong("simulate.scale")),
        arguments
            .value("--seed")
            .map(text -> whole("--seed", text))
            .orElseGet(() -> settings.positiveLong("simulate.seed")),
        settings.positiveInt("simulate.snapshots"));
  }

  private static long whole(String name, String text) {
    try {
      long value = Long.parseLong(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw new ConfigException(name, text, "a whole number above 0");
  }
}

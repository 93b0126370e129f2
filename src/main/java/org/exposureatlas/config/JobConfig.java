package org.exposureatlas.config;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a job is told.
 *
 * @param range snapshot dates to work on; empty when the command line names none
 * @param raw root of raw scan files
 * @param geoip root of geo-IP editions
 * @param geoipProvider provider to locate with; empty: the only one there is
 * @param warehouse Iceberg warehouse of the default catalog
 * @param releases root of releases
 * @param out place given by {@code --out}
 * @param country country asked for, ISO 3166-1 alpha-2 or ZZ; empty when the command line names
 *     none
 * @param ingest bounds of ingest
 * @param expose thresholds of the exposure rules
 * @param relocateEdition id of the edition to relocate with; empty: not chosen
 * @param measure settings of the measure job
 * @param trendWindows lengths of the trend windows, days; the first one is shown
 * @param churnFrom an earlier snapshot to compare the last one with, beside the one before
 * @param index settings of the exposure index
 * @param survival settings of the survival job
 * @param explainKeyFile file with the secret of pseudonyms; empty: from the environment, or none
 * @param release settings of the release
 * @param simulate settings of the simulated world
 * @param settings all {@code spark.atlas.*} settings in force, by key
 */
public record JobConfig(
    Optional<SnapshotRange> range,
    String raw,
    String geoip,
    Optional<String> geoipProvider,
    String warehouse,
    String releases,
    Optional<String> out,
    Optional<String> country,
    IngestConfig ingest,
    ExposeConfig expose,
    Optional<String> relocateEdition,
    MeasureConfig measure,
    List<Integer> trendWindows,
    Optional<LocalDate> churnFrom,
    IndexConfig index,
    SurvivalConfig survival,
    Optional<String> explainKeyFile,
    ReleaseConfig release,
    SimulateConfig simulate,
    Map<String, String> settings) {

  public JobConfig {
    trendWindows = List.copyOf(trendWindows);
    settings = Map.copyOf(settings);
  }

  /**
   * The configuration of one run.
   *
   * @param configuration Spark's configuration; only {@code spark.atlas.*} is looked at
   * @param args the job's command line
   * @throws ConfigException for anything unknown or out of bounds
   */
  public static JobConfig of(Map<String, String> configuration, String... args) {
    Arguments arguments = Arguments.parse(args);
    Settings settings = Settings.of(configuration);
    return new JobConfig(
        arguments.range(),
        settings.text("raw"),
        settings.text("geoip"),
        Optional.of(settings.text("geoip.provider")).filter(text -> !text.isEmpty()),
        settings.text("warehouse"),
        settings.text("releases"),
        arguments.value("--out"),
        arguments.country(),
        IngestConfig.of(settings),
        ExposeConfig.of(settings),
        edition(settings.text("relocate.edition")),
        MeasureConfig.of(settings),
        windows(settings.text("trend.windows")),
        settings.date("churn.from"),
        IndexConfig.of(settings),
        SurvivalConfig.of(settings),
        Optional.of(settings.text("explain.key-file")).filter(text -> !text.isEmpty()),
        ReleaseConfig.of(settings),
        SimulateConfig.of(settings, arguments),
        settings.asMap());
  }

  /**
   * The dates to work on.
   *
   * @throws ConfigException when the command line names none
   */
  public SnapshotRange dates() {
    return range.orElseThrow(
        () -> ConfigException.missing("--snapshot-date", "a date such as 2022-07-21"));
  }

  private static Optional<String> edition(String id) {
    if (!id.isEmpty() && !id.matches("[^/]+/[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      throw new ConfigException(
          Settings.PREFIX + "relocate.edition", id, "an edition such as rir/2022-07-01");
    }
    return Optional.of(id).filter(text -> !text.isEmpty());
  }

  private static List<Integer> windows(String text) {
    try {
      List<Integer> days =
          Arrays.stream(text.split(",")).map(String::strip).map(Integer::valueOf).toList();
      if (days.stream().allMatch(day -> day > 1)) {
        return days;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw new ConfigException(
        Settings.PREFIX + "trend.windows", text, "numbers of days above 1, comma separated");
  }
}

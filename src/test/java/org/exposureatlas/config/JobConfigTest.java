package org.exposureatlas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigTest {

  @Test
  void allDefaults() {
    JobConfig config = JobConfig.of(Map.of());
    assertThat(config.range()).isEmpty();
    assertThat(config.raw()).isEqualTo("atlas/raw");
    assertThat(config.geoip()).isEqualTo("atlas/geoip");
    assertThat(config.geoipProvider()).isEmpty();
    assertThat(config.warehouse()).isEqualTo("atlas/warehouse");
    assertThat(config.releases()).isEqualTo("atlas/releases");
    assertThat(config.ingest())
        .isEqualTo(
            new IngestConfig(
                16 << 20, 0.05, 0.25, new ShareBySource(0.5, Map.of()), Optional.empty()));
    assertThat(config.expose())
        .isEqualTo(new ExposeConfig(20, 5, 0.5, List.of(), Map.of("censys", 7, "shodan", 30), 28));
    assertThat(config.relocateEdition()).isEmpty();
    assertThat(config.measure()).isEqualTo(new MeasureConfig(90, 200));
    assertThat(config.trendWindows()).containsExactly(28, 90, 365);
    assertThat(config.churnFrom()).isEmpty();
    assertThat(config.country()).isEmpty();
    assertThat(config.index().counts()).isEmpty();
    assertThat(config.index().weights())
        .containsEntry("aggregate", 5)
        .containsEntry("telnet", 4)
        .containsEntry("mongodb", 3)
        .hasSize(35);
    assertThat(config.explainKeyFile()).isEmpty();
    assertThat(config.survival()).isEqualTo(new SurvivalConfig(365, 3));
    assertThat(config.release()).isEqualTo(new ReleaseConfig(Optional.empty(), 5));
    assertThat(config.simulate()).isEqualTo(new SimulateConfig(4_500, 20_220_721, 28));
  }

  @Test
  void everyKeySetToAValueOtherThanItsDefault() {
    Map<String, String> keys =
        Map.ofEntries(
            Map.entry("spark.atlas.raw", "r"),
            Map.entry("spark.atlas.geoip", "g"),
            Map.entry("spark.atlas.geoip.provider", "rir"),
            Map.entry("spark.atlas.warehouse", "w"),
            Map.entry("spark.atlas.releases", "s"),
            Map.entry("spark.atlas.job.main-class", "c"),
            Map.entry("spark.atlas.ingest.max-line-bytes", "1000"),
            Map.entry("spark.atlas.ingest.max-rejected-share", "0.5"),
            Map.entry("spark.atlas.ingest.max-unlocated-share", "1"),
            Map.entry("spark.atlas.ingest.max-absent-share", "0.25, shodan=0.9"),
            Map.entry("spark.atlas.ingest.mappings", "m.json"),
            Map.entry("spark.atlas.expose.pseudo-service-ports", "7"),
            Map.entry("spark.atlas.expose.honeypot-networks", "8"),
            Map.entry("spark.atlas.expose.honeypot-score", "0.25"),
            Map.entry("spark.atlas.expose.source-precedence", "leakix, shodan"),
            Map.entry("spark.atlas.expose.validity-days", "odin=2"),
            Map.entry("spark.atlas.expose.memory-days", "9"),
            Map.entry("spark.atlas.relocate.edition", "rir/2022-07-01"),
            Map.entry("spark.atlas.measure.presence-days", "10"),
            Map.entry("spark.atlas.measure.replicates", "0"),
            Map.entry("spark.atlas.trend.windows", "14, 90"),
            Map.entry("spark.atlas.churn.from", "2022-06-01"),
            Map.entry("spark.atlas.index.counts", "c.csv"),
            Map.entry("spark.atlas.index.weights", "smb=2, aggregate=7"),
            Map.entry("spark.atlas.explain.key-file", "k"),
            Map.entry("spark.atlas.survival.days", "15"),
            Map.entry("spark.atlas.survival.missed-snapshots", "2"),
            Map.entry("spark.atlas.release.id", "v2"),
            Map.entry("spark.atlas.release.min-hosts", "11"),
            Map.entry("spark.atlas.simulate.scale", "612"),
            Map.entry("spark.atlas.simulate.seed", "13"),
            Map.entry("spark.atlas.simulate.snapshots", "14"));
    assertThat(keys).containsOnlyKeys(Settings.defaults().keySet());
    JobConfig config =
        JobConfig.of(keys, "--from", "2022-07-01", "--to", "2022-07-03", "--country", "CN");
    assertThat(config.dates())
        .isEqualTo(new SnapshotRange(LocalDate.parse("2022-07-01"), LocalDate.parse("2022-07-03")));
    assertThat(List.of(config.raw(), config.geoip(), config.warehouse(), config.releases()))
        .containsExactly("r", "g", "w", "s");
    assertThat(config.geoipProvider()).contains("rir");
    assertThat(config.ingest())
        .isEqualTo(
            new IngestConfig(
                1_000,
                0.5,
                1,
                new ShareBySource(0.25, Map.of("shodan", 0.9)),
                Optional.of("m.json")));
    assertThat(config.expose())
        .isEqualTo(new ExposeConfig(7, 8, 0.25, List.of("leakix", "shodan"), Map.of("odin", 2), 9));
    assertThat(config.relocateEdition()).contains("rir/2022-07-01");
    assertThat(config.measure()).isEqualTo(new MeasureConfig(10, 0));
    assertThat(config.trendWindows()).containsExactly(14, 90);
    assertThat(config.churnFrom()).contains(LocalDate.parse("2022-06-01"));
    assertThat(config.country()).contains("CN");
    assertThat(config.index())
        .isEqualTo(new IndexConfig(Optional.of("c.csv"), Map.of("smb", 2, "aggregate", 7)));
    assertThat(config.explainKeyFile()).contains("k");
    assertThat(config.survival()).isEqualTo(new SurvivalConfig(15, 2));
    assertThat(config.release()).isEqualTo(new ReleaseConfig(Optional.of("v2"), 11));
    assertThat(config.simulate()).isEqualTo(new SimulateConfig(612, 13, 14));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark.atlas.geoipp | x | spark.atlas.geoipp: found 'x', expected a known key, such as spark.atlas.geoip",
        "spark.atlas.ingest.max-rejected-share | NaN | spark.atlas.ingest.max-rejected-share: found 'NaN', expected a fraction from 0 to 1",
        "spark.atlas.ingest.max-absent-share | shodan=2 | spark.atlas.ingest.max-absent-share: found 'shodan=2', expected a fraction from 0 to 1, perhaps with others such as 0.5,shodan=0.9",
        "spark.atlas.expose.validity-days | shodan:30 | spark.atlas.expose.validity-days: found 'shodan:30', expected source=days, comma separated, such as censys=7,shodan=30",
        "spark.atlas.release.min-hosts | -1 | spark.atlas.release.min-hosts: found '-1', expected a whole number from 1 to 2147483647",
        "spark.atlas.measure.replicates | -1 | spark.atlas.measure.replicates: found '-1', expected a whole number from 0 to 10000",
        "spark.atlas.trend.windows | 28,x | spark.atlas.trend.windows: found '28,x', expected numbers of days above 1, comma separated",
        "spark.atlas.index.weights | smb=x | spark.atlas.index.weights: found 'smb=x', expected list=weight, comma separated, such as mysql=3,smb=4",
        "spark.atlas.churn.from | today | spark.atlas.churn.from: found 'today', expected a date such as 2022-07-21",
        "spark.atlas.relocate.edition | rir | spark.atlas.relocate.edition: found 'rir', expected an edition such as rir/2022-07-01",
        "spark.atlas.release.id | ../x | spark.atlas.release.id: found '../x', expected letters, digits, '.', '_' and '-'",
      })
  void aBadSettingNamesKeyFoundAndExpected(String key, String value, String message) {
    assertThatThrownBy(() -> JobConfig.of(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--snapshot-date 2022-02-30 | --snapshot-date: found '2022-02-30', expected a date such as 2022-07-21",
        "--snapshot-date | --snapshot-date: found nothing, expected a value after it",
        "--from 2022-07-01 | --to: found nothing, expected --from and --to together",
        "--from 2022-07-02 --to 2022-07-01 | --to: found '2022-07-01', expected a date not before --from 2022-07-02",
        "--date 2022-07-02 | argument: found '--date', expected one of --snapshot-date, --from, --to, --out, --scale, --seed, --country",
        "--country China | --country: found 'China', expected a code such as CN",
      })
  void aBadArgumentNamesFoundAndExpected(String args, String message) {
    assertThatThrownBy(() -> JobConfig.of(Map.of(), args.split(" ")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}

package org.exposureatlas.config;

import java.util.Optional;

/**
 * Settings of the release job.
 *
 * @param id name of the release; empty: the last snapshot date
 * @param minHosts cells with fewer hosts are suppressed
 */
public record ReleaseConfig(Optional<String> id, int minHosts) {

  static ReleaseConfig of(Settings settings) {
    Optional<String> id = Optional.of(settings.text("release.id")).filter(text -> !text.isEmpty());
    id.filter(text -> !text.matches("[A-Za-z0-9][A-Za-z0-9._-]*"))
        .ifPresent(
            text -> {
              throw new ConfigException(
                  Settings.PREFIX + "release.id", text, "letters, digits, '.', '_' and '-'");
            });
    return new ReleaseConfig(id, settings.positiveInt("release.min-hosts"));
  }
}

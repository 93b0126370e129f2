package org.exposureatlas.config;

import java.util.Optional;

/**
 * Bounds of the ingest job.
 *
 * @param maxLineBytes longer lines are rejected; bytes
 * @param maxRejectedShare largest accepted share of rejected records in a snapshot; fraction, 0 to
 *     1
 * @param maxUnlocatedShare largest accepted share of a snapshot's observations in country ZZ;
 *     fraction, 0 to 1
 * @param maxAbsentShare largest accepted share of observations that lack a field, of those expected
 *     to give it
 * @param mappings file of mappings of sources that have no adapter; empty: none
 */
public record IngestConfig(
    int maxLineBytes,
    double maxRejectedShare,
    double maxUnlocatedShare,
    ShareBySource maxAbsentShare,
    Optional<String> mappings) {

  static IngestConfig of(Settings settings) {
    return new IngestConfig(
        settings.positiveInt("ingest.max-line-bytes"),
        settings.fraction("ingest.max-rejected-share"),
        settings.fraction("ingest.max-unlocated-share"),
        settings.shareBySource("ingest.max-absent-share"),
        Optional.of(settings.text("ingest.mappings")).filter(text -> !text.isEmpty()));
  }
}

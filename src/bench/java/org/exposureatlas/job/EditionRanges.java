package org.exposureatlas.job;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.geoip.EditionReader;
import org.exposureatlas.geoip.GeoEdition;
import org.exposureatlas.geoip.GeoEditions;

/**
 * What the peers locate addresses with.
 *
 * @param edition its name, as it stands on every row
 * @param byCountry first and last IPv4 address of each range, by country
 */
record EditionRanges(String edition, Map<String, List<long[]>> byCountry) {

  /** Of the edition in force on the last date of a job. */
  static EditionRanges inForce(SparkSession spark, JobConfig config) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    GeoEdition edition =
        GeoEditions.list(hadoop, config.geoip(), config.geoipProvider()).asOf(config.dates().to());
    return new EditionRanges(
        edition.id(), EditionReader.load(hadoop, edition).index().ipv4Ranges());
  }
}

package org.exposureatlas.geoip;

import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Loading an edition from its files, once an iteration. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EditionLoadBenchmark {

  /** The edition in force on a day, of the one provider below the folder {@code bench.geoip}. */
  static GeoIndex load(LocalDate day) {
    Configuration hadoop = new Configuration();
    GeoEditions editions =
        GeoEditions.list(hadoop, System.getProperty("bench.geoip"), Optional.empty());
    return EditionReader.load(hadoop, editions.asOf(day)).index();
  }

  @Benchmark
  public GeoIndex loadEdition() {
    return load(LocalDate.parse("2022-07-21"));
  }
}

package org.exposureatlas.geoip;

import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The first load of an edition in a new Java, as a job has it. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
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

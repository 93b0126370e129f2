package org.exposureatlas.job;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The JMH benchmarks: scanner, numbers, addresses, look-up, loading an edition. */
final class MicroBenchmarks {

  private MicroBenchmarks() {}

  /**
   * Runs all of them, in processes of their own, and lets JMH print what it found.
   *
   * @param geoip root of editions
   */
  static void run(String geoip) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include("org\\.exposureatlas\\..*Benchmark")
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend("-Dbench.geoip=" + geoip)
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}

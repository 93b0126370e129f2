package org.exposureatlas.job;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkUserAppException;
import org.exposureatlas.address.IpAddress;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.config.SimulateConfig;
import org.exposureatlas.config.SnapshotRange;
import org.exposureatlas.geoip.GeoLocator;
import org.exposureatlas.simulate.AddressSpace;
import org.exposureatlas.simulate.CountryLookup;
import org.exposureatlas.simulate.Ipv4Range;
import org.exposureatlas.simulate.RangesByCountry;
import org.exposureatlas.simulate.Simulation;
import org.exposureatlas.simulate.SyntheticEdition;
import org.exposureatlas.simulate.WorldConfig;

/** Writes a simulated world as raw scan files; described in jobs/simulate.conf. */
public final class SimulateJob {

  private SimulateJob() {}

  /** Entry point of spark-submit. */
  public static void main(String[] args) throws SparkUserAppException {
    JobRunner.main("simulate", args, JobConfig::of, SimulateJob::run);
  }

  static void run(JobContext context) {
    SimulateConfig config = context.config().simulate();
    SnapshotRange range = range(context.config());
    WorldConfig world = new WorldConfig(range.from(), range.to(), config.seed(), config.scale());
    AddressSpace space = addressSpace(context, range.to());
    context.workingOnFiles(world.fileCount(), 0);
    Simulation.Written written =
        Simulation.write(
            context.spark(),
            context.config().raw(),
            world,
            space,
            countries(Editions.open(context).locator(world.snapshotDates())));
    context.workingOnTables();
    context
        .console()
        .progress(
            "  %d snapshots, %,d files, %,d lines, %,.1f MB below %s",
            written.snapshots(),
            written.files(),
            written.lines(),
            written.bytes() / 1e6,
            context.config().raw());
  }

  /** The days asked for; without, enough of them up to 2022-07-21 for the number of snapshots. */
  static SnapshotRange range(JobConfig config) {
    return config
        .range()
        .orElseGet(() -> WorldConfig.daysOfSnapshots(config.simulate().snapshots()));
  }

  /** Stores live in the editions that are there; where there are none, some are invented. */
  private static AddressSpace addressSpace(JobContext context, LocalDate last) {
    try {
      Editions editions = Editions.open(context);
      if (!editions.provider().equals(SyntheticEdition.PROVIDER)) {
        return new RangesByCountry(ranges(editions.ipv4Ranges(last)));
      }
    } catch (MissingInputException none) {
      context.console().progress("  no geo-IP edition there: some are invented");
    }
    SyntheticEdition invented = new SyntheticEdition();
    invented.write(context.hadoop(), context.config().geoip());
    return invented;
  }

  private static Map<String, List<Ipv4Range>> ranges(Map<String, List<long[]>> byCountry) {
    return byCountry.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    entry.getValue().stream()
                        .map(bounds -> new Ipv4Range(bounds[0], bounds[1]))
                        .toList()));
  }

  private static CountryLookup countries(GeoLocator locator) {
    return (date, address) -> locator.countryCode(IpAddress.ofBytes(address), date);
  }
}

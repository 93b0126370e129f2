package org.exposureatlas.geoip;

import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.spark.unsafe.types.UTF8String;
import org.exposureatlas.address.AddressParser;
import org.exposureatlas.address.IpAddress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Addresses of the ranges of an edition, in no order: reading their text, and looking them up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LookUpBenchmark {

  private static final int ADDRESSES = 1 << 16;
  private static final LocalDate DAY = LocalDate.parse("2022-07-21");

  private final int[] addresses = new int[ADDRESSES];
  private final byte[][] texts = new byte[ADDRESSES][];
  private final UTF8String[] strings = new UTF8String[ADDRESSES];
  private final UTF8String[] ipv6 = new UTF8String[ADDRESSES];
  private final int day = Math.toIntExact(DAY.toEpochDay());
  private GeoIndex index;
  private LocationTable table;

  @Setup
  public void load() {
    index = EditionLoadBenchmark.load(DAY);
    table = new LocationTable(day, new int[] {0}, List.of(index));
    SplittableRandom dice = new SplittableRandom(1);
    List<long[]> ranges = index.ipv4Ranges().values().stream().flatMap(List::stream).toList();
    for (int i = 0; i < ADDRESSES; i++) {
      long[] range = ranges.get(dice.nextInt(ranges.size()));
      addresses[i] = (int) dice.nextLong(range[0], range[1] + 1);
      strings[i] = UTF8String.fromString(IpAddress.ofIpv4(addresses[i]).toString());
      texts[i] = strings[i].getBytes();
      ipv6[i] =
          UTF8String.fromString(
              new IpAddress(0x2001L << 48 | dice.nextLong() >>> 16, dice.nextLong()).toString());
    }
  }

  /** An address that is parsed already. */
  @Benchmark
  @OperationsPerInvocation(ADDRESSES)
  public long lookUpBits() {
    long sum = 0;
    for (int address : addresses) {
      sum += index.placeIpv4(address);
    }
    return sum;
  }

  /** What generated code calls: text in, place out. */
  @Benchmark
  @OperationsPerInvocation(ADDRESSES)
  public long lookUpText() {
    long sum = 0;
    for (UTF8String address : strings) {
      sum += table.place(address, day);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(ADDRESSES)
  public long lookUpIpv6Text() {
    long sum = 0;
    for (UTF8String address : ipv6) {
      sum += table.place(address, day);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(ADDRESSES)
  public long parseText() {
    long sum = 0;
    for (byte[] text : texts) {
      sum += AddressParser.ipv4(text, 0, text.length);
    }
    return sum;
  }
}

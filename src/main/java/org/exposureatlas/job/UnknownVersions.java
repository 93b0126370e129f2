package org.exposureatlas.job;

import java.io.Serializable;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.util.AccumulatorV2;

/**
 * What records name that their adapter was not written for, each name once; the first ones in
 * alphabetical order where there are too many.
 */
final class UnknownVersions
    extends AccumulatorV2<
        UnknownVersions.Version, Map<UnknownVersions.Snapshot, SortedSet<String>>> {

  private static final int MOST = 100;
  private static final long serialVersionUID = 1L;

  /** A snapshot of a source. */
  record Snapshot(Date date, String source) implements Serializable {}

  /** A name in a snapshot. */
  record Version(Date date, String source, String name) {}

  /** An executor sends it to the driver now and then, also while its task adds to it. */
  private final ConcurrentHashMap<Snapshot, SortedSet<String>> names = new ConcurrentHashMap<>();

  @Override
  public boolean isZero() {
    return names.isEmpty();
  }

  @Override
  public UnknownVersions copy() {
    UnknownVersions copy = new UnknownVersions();
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    names.clear();
  }

  @Override
  public void add(Version version) {
    keep(new Snapshot(version.date(), version.source()), version.name());
  }

  @Override
  public void merge(AccumulatorV2<Version, Map<Snapshot, SortedSet<String>>> other) {
    other.value().forEach((snapshot, more) -> more.forEach(name -> keep(snapshot, name)));
  }

  private void keep(Snapshot snapshot, String name) {
    SortedSet<String> kept = names.computeIfAbsent(snapshot, key -> new ConcurrentSkipListSet<>());
    kept.add(name);
    if (kept.size() > MOST) {
      kept.remove(kept.last());
    }
  }

  /** The names by snapshot. */
  @Override
  public Map<Snapshot, SortedSet<String>> value() {
    return names;
  }

  List<String> of(Date date, String source) {
    return List.copyOf(names.getOrDefault(new Snapshot(date, source), new TreeSet<>()));
  }
}

package org.exposureatlas.statistics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The sums of several figures over units, and replicates of them by the Poisson bootstrap: each
 * unit counts as often in a replicate as its weight says.
 *
 * <p>Units may come in any order, and parts may be merged in any order: the result is the same to
 * the last digit. The first figures of the plan, those that may be heavy tailed, are summed over
 * the thinned samples of the m-out-of-n bootstrap as well. The weight of a unit is the same in all
 * figures, so ratios and ranks may be taken replicate by replicate.
 *
 * <p>Assumes that units are independent of each other; what depends on each other, such as the
 * endpoints of a cluster, must be one unit. Says how far a sum may be off because it is made of few
 * units that differ; knows nothing of units never seen or of wrong figures. Source: Efron 1979,
 * Ann. Stat. 7; the weights are those of {@link PoissonWeights}.
 */
public final class Resample implements Serializable {

  private static final long serialVersionUID = 1;

  private final BootstrapPlan plan;

  /** Number of units, then the sum of each figure. */
  private final long[] totals;

  /** Key and figures of each unit, as long as they take less room than the sums. */
  private LongList units;

  /** NULL as long as the units are kept. */
  private BootstrapSums sums;

  /** No unit yet. */
  public Resample(BootstrapPlan plan) {
    this(plan, new LongList(), null, new long[1 + plan.figures()]);
  }

  private Resample(BootstrapPlan plan, LongList units, BootstrapSums sums, long... totals) {
    this.plan = plan;
    this.units = units;
    this.sums = sums;
    this.totals = totals;
  }

  /** What is resampled. */
  public BootstrapPlan plan() {
    return plan;
  }

  /** Number of units, those whose figures are 0 included. */
  public long units() {
    return totals[0];
  }

  /** The sum of {@code figure}. */
  public long total(int figure) {
    return totals[1 + figure];
  }

  /**
   * Adds a unit.
   *
   * @param key identifies the unit; well mixed, such as a 64-bit hash
   * @param values its figures, none below 0
   */
  public void add(long key, long... values) {
    long[] bounded = new long[values.length];
    BootstrapSums.increase(totals, 0, 1);
    for (int figure = 0; figure < plan.figures(); figure++) {
      bounded[figure] = Math.min(values[figure], BootstrapSums.LARGEST_FIGURE);
      BootstrapSums.increase(totals, 1 + figure, bounded[figure]);
    }
    draw(key, bounded);
  }

  private void draw(long key, long... values) {
    if (sums == null && units.size() + 1 + values.length <= BootstrapSums.places(plan)) {
      units.add(key);
      units.addAll(values);
    } else {
      sums().add(key, values);
    }
  }

  /** The replicates; units kept until now are drawn. */
  BootstrapSums sums() {
    if (sums == null) {
      sums = new BootstrapSums(plan);
      eachUnit(units, sums::add);
      units = null;
    }
    return sums;
  }

  private interface Unit {
    void use(long key, long... values);
  }

  private void eachUnit(LongList kept, Unit unit) {
    long[] values = new long[plan.figures()];
    for (int start = 0; start < kept.size(); start += 1 + values.length) {
      for (int figure = 0; figure < values.length; figure++) {
        values[figure] = kept.at(start + 1 + figure);
      }
      unit.use(kept.at(start), values);
    }
  }

  /** Adds the units of {@code other}. */
  public Resample merge(Resample other) {
    if (!plan.equals(other.plan)) {
      throw new IllegalArgumentException("found " + other.plan + ", expected " + plan);
    }
    for (int i = 0; i < totals.length; i++) {
      BootstrapSums.increase(totals, i, other.totals[i]);
    }
    if (other.sums == null) {
      eachUnit(other.units, this::draw);
    } else {
      sums().merge(other.sums);
    }
    return this;
  }

  /** All of it as bytes; {@link #fromBytes} reads them. */
  public byte[] toBytes() {
    LongList all = new LongList();
    all.addAll(plan.replicates(), plan.figures(), plan.heavyFigures(), sums == null ? 0 : 1);
    all.addAll(totals);
    all.addAll(sums == null ? units.toArray() : sums.toArray());
    return all.toBytes();
  }

  /** What {@link #toBytes} wrote. */
  public static Resample fromBytes(byte... bytes) {
    long[] all = LongList.longs(bytes);
    BootstrapPlan plan = new BootstrapPlan((int) all[0], (int) all[1], (int) all[2]);
    int body = 4 + 1 + plan.figures();
    long[] totals = Arrays.copyOfRange(all, 4, body);
    long[] rest = Arrays.copyOfRange(all, body, all.length);
    if (all[3] == 1) {
      return new Resample(plan, null, new BootstrapSums(plan, rest), totals);
    }
    LongList units = new LongList();
    units.addAll(rest);
    return new Resample(plan, units, null, totals);
  }
}

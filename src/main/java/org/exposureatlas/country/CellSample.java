package org.exposureatlas.country;

import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.statistics.BootstrapPlan;
import org.exposureatlas.statistics.LongList;
import org.exposureatlas.statistics.Resample;

/**
 * The exposures of a cell, as far as intervals, ranks and concentration are made of them. Public
 * for the encoders of Spark.
 */
public final class CellSample implements Serializable {

  /** The figures that are resampled, by the names of their columns; the heavy-tailed ones first. */
  enum Figure {
    CLEAN_BYTES,
    DEDUPLICATED_BYTES,
    REPORTED_BYTES,
    ROBUST_BYTES,
    EXPOSURE_COUNT,
    HOST_COUNT;

    /** The figure in column {@code name}. */
    static Figure of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** {@link Resample} of a cell, as bytes. */
  static final String RESAMPLE = "resample";

  /** Known sizes of the clean exposures of a cell, as bytes of longs. */
  static final String SIZES = "sizes";

  static final StructType TYPE =
      new StructType().add(RESAMPLE, DataTypes.BinaryType).add(SIZES, DataTypes.BinaryType);

  private static final long serialVersionUID = 1;
  private static final int HEAVY_FIGURES = 3;

  /** NULL before the first part of an empty sample. */
  private Resample resample;

  private final LongList sizes = new LongList();

  /** No exposure, as planned by the first sample that is merged into it. */
  CellSample() {}

  /** No exposure. */
  CellSample(int replicates) {
    resample = new Resample(new BootstrapPlan(replicates, Figure.values().length, HEAVY_FIGURES));
  }

  /** Adds an exposure; {@code cleanSize}: NULL where it is not clean or not known. */
  void add(long key, Long cleanSize, long... figures) {
    resample.add(key, figures);
    if (cleanSize != null) {
      sizes.add(cleanSize);
    }
  }

  CellSample merge(CellSample other) {
    merge(other.resample);
    sizes.addAll(other.sizes.toArray());
    return this;
  }

  /** Adds what {@link #toRow} gave; a row without sizes adds none. */
  CellSample merge(Row row) {
    merge(Resample.fromBytes(row.<byte[]>getAs(0)));
    if (!row.isNullAt(1)) {
      sizes.addAll(LongList.longs(row.<byte[]>getAs(1)));
    }
    return this;
  }

  private void merge(Resample other) {
    if (resample == null) {
      resample = other;
    } else if (other != null) {
      resample.merge(other);
    }
  }

  /** The sample as a value of {@link #TYPE}. */
  Row toRow() {
    return RowFactory.create(resample.toBytes(), sizes.toBytes());
  }
}

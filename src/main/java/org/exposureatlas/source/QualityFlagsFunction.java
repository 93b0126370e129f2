package org.exposureatlas.source;

import java.util.TreeSet;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.exposureatlas.schema.Observation;

/** Remarks on an observation, sorted: those of its adapter, and those that any source can earn. */
public final class QualityFlagsFunction extends RecordFunction<ArrayData> {

  static final String NAME = "quality_flags";

  private static final long serialVersionUID = 1L;
  private static final ArrayData NONE = new GenericArrayData(new Object[0]);

  QualityFlagsFunction() {
    super(
        NAME,
        Observation.QUALITY_FLAGS.type(),
        SourceRecord.FLAGS.type(),
        DataTypes.LongType,
        DataTypes.StringType,
        DataTypes.StringType,
        DataTypes.BooleanType,
        DataTypes.BooleanType);
  }

  /**
   * Called by Spark.
   *
   * @param ofAdapter remarks, of which null elements say nothing; null: none
   * @param bytes size; 0 where it is not known
   * @param sourceCountry country by the source; null: not given
   * @param isEditionLater whether the geo-IP edition is younger than the snapshot
   * @param isSpecialPurpose whether the address is of special purpose
   */
  public static ArrayData invoke(
      ArrayData ofAdapter,
      long bytes,
      UTF8String sourceCountry,
      UTF8String country,
      boolean isEditionLater,
      boolean isSpecialPurpose) {
    boolean disagrees = sourceCountry != null && country != null && !sourceCountry.equals(country);
    boolean isPossible = bytes >= 0 && bytes < Ingestion.IMPLAUSIBLE_BYTES;
    if (ofAdapter == null && isPossible && !disagrees && !isEditionLater && !isSpecialPurpose) {
      return NONE;
    }
    TreeSet<UTF8String> flags = new TreeSet<>();
    for (int i = 0; ofAdapter != null && i < ofAdapter.numElements(); i++) {
      if (!ofAdapter.isNullAt(i)) {
        flags.add(ofAdapter.getUTF8String(i).copy());
      }
    }
    add(flags, disagrees, Ingestion.COUNTRY_DISAGREES);
    add(flags, isEditionLater, Ingestion.EDITION_AFTER_SNAPSHOT);
    add(flags, bytes >= Ingestion.IMPLAUSIBLE_BYTES, "implausible_size");
    add(flags, bytes < 0, "size_below_zero");
    add(flags, isSpecialPurpose, "special_purpose_address");
    return new GenericArrayData(flags.toArray());
  }

  private static void add(TreeSet<UTF8String> flags, boolean applies, String flag) {
    if (applies) {
      flags.add(UTF8String.fromString(flag));
    }
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }
}

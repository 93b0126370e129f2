package org.exposureatlas.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Whole number that a text states; see {@link RawValues#whole}. */
public final class WholeNumberFunction extends RecordFunction<Long> {

  static final String NAME = "whole_number";

  private static final long serialVersionUID = 1L;
  private static final int MAX_PLAIN_DIGITS = 18;
  private static final int MAX_DIGITS = 32;
  private static final int DECIMALS = 6;

  WholeNumberFunction() {
    super(NAME, DataTypes.LongType, DataTypes.StringType);
  }

  /** Called by Spark; null for no text, and for any that is no such number. */
  public static Long invoke(UTF8String text) {
    UTF8String trimmed = TrimmedFunction.invoke(text);
    return trimmed == null ? null : number(trimmed);
  }

  private static Long number(UTF8String text) {
    int length = text.numBytes();
    if (length > MAX_PLAIN_DIGITS) {
      return byForm(text);
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.getByte(i) - '0';
      if (digit < 0 || digit > 9) {
        return byForm(text);
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /** Signs, fractions and exponents; what is finer than a millionth does not count. */
  private static Long byForm(UTF8String text) {
    try {
      BigDecimal value = new BigDecimal(text.toString().trim());
      long integerDigits = (long) value.precision() - value.scale();
      if (value.signum() == 0 || integerDigits < -DECIMALS) {
        return 0L;
      }
      if (integerDigits > MAX_DIGITS) {
        return null;
      }
      return value.setScale(DECIMALS, RoundingMode.HALF_UP).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null; // a fraction, beyond 64 bits, or no number
    }
  }
}

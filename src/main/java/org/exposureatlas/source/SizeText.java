package org.exposureatlas.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes that a server or scanner wrote for people to read. */
final class SizeText {

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?)\\s?([KMGTPE]?)(?:i?B)?");
  private static final String PREFIXES = "KMGTPE";
  private static final int MAX_LENGTH = 40;

  private SizeText() {}

  /** Bytes of a text such as {@code 780.16K} or {@code 85 TB}, powers of 1024; null: another. */
  static Long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return null;
    }
    int power = size.group(2).isEmpty() ? 0 : PREFIXES.indexOf(size.group(2)) + 1;
    return times(size.group(1), 1L << 10 * power);
  }

  /** A decimal number times {@code unit}, rounded; null: no number, or beyond 64 bits. */
  static Long times(String number, long unit) {
    if (number.length() > MAX_LENGTH) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(number);
      return value.precision() - (long) value.scale() > MAX_LENGTH
          ? null
          : whole(value.multiply(BigDecimal.valueOf(unit)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Long whole(BigDecimal value) {
    BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
    return rounded.toBigInteger().bitLength() < Long.SIZE ? rounded.longValue() : null;
  }

  /** The sum, or the largest number where that is beyond 64 bits; of no negative numbers. */
  static long sum(Iterable<Long> sizes) {
    long sum = 0;
    for (long size : sizes) {
      sum = sum > Long.MAX_VALUE - Math.max(size, 0) ? Long.MAX_VALUE : sum + Math.max(size, 0);
    }
    return sum;
  }
}

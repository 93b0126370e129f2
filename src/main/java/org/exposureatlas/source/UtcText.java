package org.exposureatlas.source;

/**
 * The usual forms of RFC 3339, in UTC or with an offset in hours and minutes: {@code
 * 2022-07-21T03:14:15.123456789Z}, {@code 2022-07-21T05:14:15.123456+02:00}.
 */
final class UtcText {

  /** The result for every text of another form, valid or not. */
  static final long OTHER = Long.MIN_VALUE;

  /** Characters of a time without a fraction and without a zone. */
  private static final int LENGTH = "2022-07-21T03:14:15".length();

  private static final int OFFSET_LENGTH = "+02:00".length();

  /** Spark reads an offset of up to 18:00; what is not below is left to it. */
  private static final int MAX_OFFSET_HOURS = 18;

  private static final int MAX_FRACTION = 9;
  private static final int MICRO_DIGITS = 6;
  private static final int NO_OFFSET = Integer.MIN_VALUE;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private UtcText() {}

  /** Microseconds since 1970-01-01T00:00Z, what is finer cut off; {@link #OTHER}: not this form. */
  static long micros(byte[] text) {
    boolean isUtc = text[text.length - 1] == 'Z';
    int last = text.length - (isUtc ? 1 : OFFSET_LENGTH);
    if (last < LENGTH || !hasMarks(text)) {
      return OTHER;
    }
    int offset = isUtc ? 0 : offsetMinutes(text, last);
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int fraction = last == LENGTH ? 0 : fraction(text, last);
    if ((year | month | day | hour | minute | second | fraction) < 0
        || offset == NO_OFFSET
        || month < 1
        || month > 12
        || day < 1
        || day > daysOf(month, year)
        || hour > 23
        || minute > 59
        || second > 59) {
      return OTHER;
    }
    long minutes = 1_440L * epochDay(year, month, day) + 60L * hour + minute - offset;
    return 1_000_000L * (60 * minutes + second) + fraction;
  }

  /** Minutes that local time is ahead of UTC. */
  private static int offsetMinutes(byte[] text, int sign) {
    int hours = number(text, sign + 1, sign + 3);
    int minutes = number(text, sign + 4, sign + 6);
    if (text[sign] != '+' && text[sign] != '-'
        || text[sign + 3] != ':'
        || (hours | minutes) < 0
        || hours >= MAX_OFFSET_HOURS
        || minutes > 59) {
      return NO_OFFSET;
    }
    int ahead = 60 * hours + minutes;
    return text[sign] == '+' ? ahead : -ahead;
  }

  private static boolean hasMarks(byte[] text) {
    return text[4] == '-'
        && text[7] == '-'
        && text[10] == 'T'
        && text[13] == ':'
        && text[16] == ':';
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /** Negative when not all of it are digits. */
  private static int number(byte[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      value = 10 * value + text[i] - '0';
    }
    return value;
  }

  /** Microseconds behind the seconds; negative when what stands there is no fraction. */
  private static int fraction(byte[] text, int last) {
    int first = LENGTH + 1;
    if (text[first - 1] != '.' || last == first || last - first > MAX_FRACTION) {
      return -1;
    }
    int micros = 0;
    for (int i = first; i < last; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      micros = i - first < MICRO_DIGITS ? 10 * micros + text[i] - '0' : micros;
    }
    for (int digits = last - first; digits < MICRO_DIGITS; digits++) {
      micros *= 10;
    }
    return micros;
  }

  private static int daysOf(int month, int year) {
    boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && isLeap ? 29 : DAYS[month - 1];
  }

  /** Days since 1970-01-01, counted in years that begin in March. */
  private static long epochDay(int year, int month, int day) {
    int shifted = month > 2 ? year : year - 1;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - 400 * era;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return 146_097L * era + dayOfEra - 719_468;
  }
}

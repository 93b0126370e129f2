package org.exposureatlas.ndjson;

import java.util.Arrays;

/**
 * An earlier record that later ones are compared with. What is byte for byte the same from the
 * start of one member of an object to the start of another, or to the object's end, was looked into
 * once and need not be again: what was found there then is found now.
 */
final class Precedent {

  /** So many kinds of records have a precedent each. */
  static final int KINDS = 16;

  /** Where records that are not of one kind tend to differ: behind the first names and values. */
  private static final int KIND_AT = 40;

  private static final long MIXER = 0x9E37_79B9_7F4A_7C15L;

  /** A longer record is none. */
  private static final int MAX_BYTES = 1 << 14;

  /** After so many records unlike it another one takes its place. */
  private static final int MAX_MISSES = 8;

  private static final int LONGEST_PAUSE = 1 << 12;

  private final Outline outline = new Outline();
  private byte[] bytes = {};
  private int length;
  private int placedCount;
  private int[] placed = new int[64];

  private boolean isLearning;
  private boolean isTooLarge;
  private int open;
  private int from;
  private int to;
  private int different;
  private int skipped;
  private int misses;
  private int pause = 1;
  private int left;

  /** Kind of the record that begins in a place; a guess, and nothing but speed depends on it. */
  static int kind(byte[] records, int open) {
    int at = Math.min(open + KIND_AT, records.length - Long.BYTES);
    return at < 0 ? 0 : (int) (Words.at(records, at) * MIXER >>> 60);
  }

  /** A record begins; for want of a precedent it may become one. */
  void begin(int start) {
    open = start;
    skipped = 0;
    isLearning = length == 0 && left-- <= 0;
    isTooLarge = false;
    placedCount = isLearning ? 0 : placedCount;
  }

  /** Whether the record shall become the precedent. */
  boolean isLearning() {
    return isLearning;
  }

  /** Outline of the record as a whole; null: there is no precedent. */
  Outline outline() {
    return isLearning || length > 0 ? outline : null;
  }

  /** A member begins in this place; gives the outline of its value, should that be an object. */
  Outline add(Outline object, int number, int at) {
    isTooLarge |= object.isFull();
    return isTooLarge ? null : object.add(number, at - open);
  }

  /** Notes where the value of the member just read starts and ends. */
  void noteValue(Outline object, int start, int end) {
    if (!isTooLarge) {
      object.value(start - open, end - open);
    }
  }

  /**
   * Notes what was found in the member just read.
   *
   * @param node what is wanted of it; null: nothing
   */
  void notePlaced(Outline object, PathTrie node, JsonScanner found) {
    if (isTooLarge) {
      return;
    }
    int first = placedCount;
    for (int field : node == null ? new int[0] : node.fieldsBelow()) {
      if (placed.length == placedCount) {
        placed = Arrays.copyOf(placed, 2 * placedCount);
      }
      placed[placedCount++] = field;
      placed[placedCount++] = found.kind(field);
      placed[placedCount++] = found.start(field) - open;
      placed[placedCount++] = found.end(field) - open;
    }
    object.placed(first, placedCount);
  }

  /** An object ends before this place. */
  void end(Outline object, int at) {
    object.end(at - open);
  }

  /**
   * The record ends: it becomes the precedent, or tells how good the one is that there is.
   *
   * @param isCarrier whether it has records of its own, which have to be found anew in every record
   */
  void finish(byte[] record, int end, boolean isCarrier) {
    if (!isLearning) {
      judge(end - open);
    } else if (isCarrier || isTooLarge || end - open > MAX_BYTES) {
      rest();
    } else {
      length = end - open;
      bytes = bytes.length < length ? new byte[length] : bytes;
      System.arraycopy(record, open, bytes, 0, length);
    }
  }

  private void judge(int recordLength) {
    if (length == 0) {
      return;
    }
    if (skipped >= recordLength / 4) {
      misses = 0;
      pause = 1;
    } else if (++misses == MAX_MISSES) {
      length = 0;
      misses = 0;
      rest();
    }
  }

  /** Records that are not alike are left alone for longer and longer. */
  private void rest() {
    left = pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }

  /**
   * How many bytes from the start of a member on need not be looked into.
   *
   * @param object that has the member in the precedent
   * @param number the one the member is expected to have
   */
  int same(Outline object, int number, byte[] record, int at, int end) {
    from = object.member(number);
    to = from;
    if (from < 0) {
      return 0;
    }
    int start = object.start(from);
    int most = Math.min(object.start(object.count()) - start, end - at);
    int mismatch = Arrays.mismatch(bytes, start, start + most, record, at, at + most);
    different = start + (mismatch < 0 ? most : mismatch);
    while (to < object.count() && object.start(to + 1) <= different) {
      to++;
    }
    int same = object.start(to) - start;
    skipped += same;
    return same;
  }

  /** Gives the scanner what was found in the members that are the same, which begin at a place. */
  void placeInto(JsonScanner scanner, Outline object, int at) {
    int shift = at - object.start(from);
    for (int member = from; member < to; member++) {
      for (int i = object.firstPlaced(member); i < object.endPlaced(member); i += 4) {
        scanner.place(
            placed[i], (byte) placed[i + 1], placed[i + 2] + shift, placed[i + 3] + shift);
      }
    }
  }

  /** Whether all is the same to the end of the object. */
  boolean isAtEnd(Outline object) {
    return to == object.count();
  }

  /** Number that the member behind those that are the same is expected to have. */
  int nextNumber(Outline object) {
    return object.number(to);
  }

  /**
   * Where the member behind those that are the same has its value, when its name is the same, too,
   * and the value is a string or a number as it was; 0: it may be anything.
   *
   * @param at where that member starts
   */
  int scalar(Outline object, byte[] record, int at, int end) {
    if (to < 0 || different < object.value(to)) {
      return 0;
    }
    int value = at + object.value(to) - object.start(to);
    byte first = bytes[object.value(to)];
    boolean isAsItWas =
        first == '"'
            ? different > object.value(to)
            : isOfNumber(first) && value < end && isOfNumber(record[value]);
    return isAsItWas ? value : 0;
  }

  private static boolean isOfNumber(byte value) {
    return value >= '0' && value <= '9' || value == '-';
  }

  /** The first byte of that string that may differ, in the member that starts at a place. */
  int differentInString(Outline object, int at) {
    return at + Math.min(different, object.valueEnd(to) - 1) - object.start(to);
  }

  /** Gives the scanner that string or number instead of what was found in its member then. */
  void placeScalar(JsonScanner scanner, Outline object, int value, int end) {
    for (int i = object.firstPlaced(to); i < object.endPlaced(to); i += 4) {
      byte kind = (byte) placed[i + 1];
      int quote = kind == JsonScanner.STRING ? 1 : 0;
      scanner.place(placed[i], kind, value + quote, end - quote);
    }
  }

  /** Number that the member behind that string or number is expected to have. */
  int numberBehind(Outline object) {
    return object.number(to + 1);
  }
}
